/** A made safetensors file of any size: tensors, normally distributed, no two alike; and the story that it goes through. */
import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegistry } from '../../src/index.js';
import { loadState } from '../../src/ops/load-state.js';
import { objectCopies } from '../../src/ops/object-copies.js';
import { manifestOf, segmentsOf } from '../../src/ops/read-version.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { operate, sha256OfFile } from './large-file.js';

/** `tensors` of `size` bytes each. */
async function writeWeights(path: string, tensors: number, size: number): Promise<void> {
  const entries = Array.from({ length: tensors }, (_, i) => [
    `layer.${i}`,
    { dtype: 'F32', shape: [size / 4], data_offsets: [i * size, (i + 1) * size] },
  ]);
  const header = JSON.stringify(Object.fromEntries(entries));
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(padded.length), true);
  const file = await open(path, 'w');
  await file.write(head);
  await file.write(padded);
  const weights = normalFloats(size / 4, 1);
  for (let i = 0; i < tensors; i++) {
    // The lowest bits of the mantissa, which are noise anyway.
    for (let at = 0; at < size; at += 4) weights[at] = ((weights[at] as number) + 1 + (i % 3)) & 255;
    await file.write(weights);
  }
  await file.close();
}

/** Each step in a process of its own, which may take no more memory than the limit of the design. */
export async function weightsStory(folder: string, tensors: number, tensorSize: number): Promise<void> {
  const path = join(folder, 'weights.safetensors');
  await writeWeights(path, tensors, tensorSize);
  await operate('init', folder);
  const ref = 'model/weights@1.0.0';
  const registered = await operate('register', folder, { ref, paths: [path] });
  const size = Number(registered.result.size);
  assert.ok(Number(registered.result.stored) < size / 1.1, 'weights are kept as planes');
  const verified = await operate('verify', folder);
  assert.deepEqual(verified.result.findings, []);
  await operate('get', folder, { ref, out: join(folder, 'out') });
  assert.equal(await sha256OfFile(join(folder, 'out')), await sha256OfFile(path));
  const name = `layer.${tensors - 1}`;
  const read = await operate('tensor', folder, { what: ref, name, out: join(folder, 'tensor') });
  const [found] = read.result.tensors as readonly { readonly sha256: string }[];
  assert.equal(found?.sha256, `sha256:${await sha256OfFile(join(folder, 'tensor'))}`);
  assert.ok((await shareOf(folder)) < 0.02, 'of all stored bytes one tensor and the header are less than a fiftieth');
}

/** Which part of the stored bytes are the objects of the first segment, the header, and of the last, a tensor. */
async function shareOf(folder: string): Promise<number> {
  const registry = await openRegistry({
    dir: join(folder, 'registry'),
    environment: { home: join(folder, 'home'), configDir: join(folder, 'config'), stateDir: join(folder, 'state') },
  });
  const [row] = [...(await loadState(registry)).state.versions.values()];
  assert.ok(row !== undefined);
  const [file] = (await manifestOf(registry, row)).files;
  assert.ok(file !== undefined);
  const { segments } = await segmentsOf(await objectCopies(registry), file);
  const stored = segments.reduce((sum, segment) => sum + segment.stored, 0);
  return ((segments[0]?.stored ?? stored) + (segments.at(-1)?.stored ?? stored)) / stored;
}
