/** Chooses the kernel: WebAssembly where the host has it with SIMD, else TypeScript. Loaded on first use, not at start-up. */
import type { Kernel } from '../engines.js';

let loaded: Promise<Kernel> | undefined;

/** One for the process: its memory is as good for everyone. */
export function loadKernel(): Promise<Kernel> {
  loaded ??= chooseKernel();
  return loaded;
}

async function chooseKernel(): Promise<Kernel> {
  try {
    return await loadWasmKernel();
  } catch {
    return (await import('./script-kernel.js')).scriptKernel;
  }
}

/** Throws where the host cannot run it. */
export async function loadWasmKernel(): Promise<Kernel> {
  const { instantiateKernel } = await import('./wasm-kernel.js');
  const { KERNEL_WASM } = await import('./generated/kernel-wasm.js');
  return instantiateKernel(Uint8Array.from(atob(KERNEL_WASM), (letter) => letter.charCodeAt(0)));
}
