/** Chooses the kernel: WebAssembly where the host has it with SIMD, else TypeScript. Made on first use, not at start-up. */
import type { Kernel } from '../engines.js';
import { scriptKernel } from './script-kernel.js';
import { instantiateKernel } from './wasm-kernel.js';

let loaded: Promise<Kernel> | undefined;

/** One for the process: its memory is as good for everyone. */
export function loadKernel(): Promise<Kernel> {
  loaded ??= chooseKernel(loadWasmKernel);
  return loaded;
}

/** What `load` gives, or the twin in TypeScript. */
export async function chooseKernel(load: () => Promise<Kernel>): Promise<Kernel> {
  try {
    return await load();
  } catch {
    // No WebAssembly, none with SIMD, or a page whose policy forbids it: slower, and the same bytes.
    return scriptKernel;
  }
}

/** Throws where the host cannot run it. */
export async function loadWasmKernel(): Promise<Kernel> {
  const { KERNEL_WASM } = await import('./generated/kernel-wasm.js');
  return instantiateKernel(Uint8Array.from(atob(KERNEL_WASM), (letter) => letter.charCodeAt(0)));
}
