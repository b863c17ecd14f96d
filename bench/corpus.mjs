// The files the benchmarks run on: real ones from `scripts/fetch-samples.mjs`, and made ones that are the same on
// every machine. Each names what it is and where it comes from, so that a row of results can be repeated.
import { open, rename, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fetchSamples, SAMPLES } from '../scripts/fetch-samples.mjs';

const TENSORS = 16;

/**
 * @param {string} folder kept between runs
 * @param {{ onProgress?: (text: string) => void, megabytes?: number, samples?: boolean, made?: string[] }} [options]
 *   `megabytes`: size of each made file, default 64; `samples`: fetch the real files, default true; `made`: names of the
 *   made files that are wanted, default all
 * @returns {Promise<{ name: string, path: string, size: number, origin: string }[]>}
 */
export async function makeCorpus(folder, { onProgress = () => {}, megabytes = 64, samples = true, made: wanted } = {}) {
  const corpus = [];
  if (samples) {
    const paths = await fetchSamples(folder, { onProgress });
    for (const [key, { as, from, size }] of Object.entries(SAMPLES)) {
      corpus.push({ name: as, path: paths[key], size, origin: `${from.name}@${from.version} (${from.license})` });
    }
  }
  const root = resolve(folder);
  const bytes = megabytes * 1024 * 1024;
  const made = [
    ['random', 'random.bin', 'seeded random bytes', (path) => writeRandom(path, bytes)],
    ['weights', 'weights-1.safetensors', 'seeded normal float32 tensors', (path) => writeWeights(path, bytes, [])],
    [
      'weights, fine-tuned',
      'weights-2.safetensors',
      'the same, 2 of 16 tensors changed',
      (path) => writeWeights(path, bytes, [3, 11]),
    ],
  ];
  for (const [name, file, origin, write] of made) {
    if (wanted !== undefined && !wanted.includes(name)) continue;
    const path = join(root, `${megabytes}m-${file}`);
    if ((await stat(path).catch(() => undefined)) === undefined) {
      onProgress(`making ${file} (${megabytes} MiB)`);
      await write(path);
    }
    corpus.push({ name, path, size: (await stat(path)).size, origin });
  }
  return corpus;
}

async function writeRandom(path, bytes) {
  await writeParts(
    path,
    (function* () {
      const next = generator(1);
      for (let left = bytes; left > 0; left -= 1 << 20) {
        const words = new Uint32Array(Math.min(left, 1 << 20) / 4);
        for (let i = 0; i < words.length; i++) words[i] = next();
        yield new Uint8Array(words.buffer);
      }
    })(),
  );
}

/** A genuine safetensors file; a tensor named in `changed` has other values than in the first version. */
async function writeWeights(path, bytes, changed) {
  const perTensor = Math.floor(bytes / TENSORS / 4);
  const header = {};
  for (let i = 0; i < TENSORS; i++) {
    const offsets = [i * perTensor * 4, (i + 1) * perTensor * 4];
    header[`layer.${i}.weight`] = { dtype: 'F32', shape: [perTensor], data_offsets: offsets };
  }
  const text = JSON.stringify(header);
  const json = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8, ' '));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  await writeParts(
    path,
    (function* () {
      yield length;
      yield json;
      for (let i = 0; i < TENSORS; i++) yield normalTensor(perTensor, changed.includes(i) ? 1000 + i : i);
    })(),
  );
}

function normalTensor(count, seed) {
  const next = generator(seed + 2);
  const view = new DataView(new ArrayBuffer(count * 4));
  for (let i = 0; i < count; i++) {
    // A sum of uniform numbers is near enough to normal, and unlike log and cos it is the same on every machine.
    let sum = -2 * 4294967296;
    for (let n = 0; n < 4; n++) sum += next();
    view.setFloat32(i * 4, (sum / 4294967296) * 0.035, true);
  }
  return new Uint8Array(view.buffer);
}

/** mulberry32: unsigned 32-bit numbers, the same everywhere for the same seed. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return (z ^ (z >>> 14)) >>> 0;
  };
}

/** Complete before it has its name: an interrupted run must not leave a short file for the next one. */
async function writeParts(path, parts) {
  const file = await open(`${path}.part`, 'w');
  try {
    for (const part of parts) await file.writeFile(part);
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}
