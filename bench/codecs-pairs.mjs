// Pairs of a base and its next version, for the benchmark of deltas: P1 to P3 from real training (make-checkpoints.py),
// P4 to P6 made here from files of the corpus. Kept in the folder `pairs` of the corpus.
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../scripts/npm-cache.mjs';
import { fetchPackage, writeWhole } from './codecs-corpus.mjs';
import { upperHalves } from './codecs-derive.mjs';
import { PACKAGES } from './codecs-table.mjs';
import { findTensors } from './find-tensors.mjs';
import { readSafetensors, writeSafetensors } from './safetensors.mjs';

/** `reported`: size of the new version over what is stored of it, measured before by planes of integer differences. */
export const PAIRS = [
  { name: 'p1', what: 'next epoch', reported: 1.598, extension: 'safetensors' },
  { name: 'p2', what: '20 small steps', reported: 2.115, extension: 'safetensors' },
  { name: 'p3', what: 'head only', reported: 281, extension: 'safetensors' },
  { name: 'p4', what: '10% of tensors, 37 bytes in front', reported: 28.4, extension: 'onnx' },
  { name: 'p5', what: 'all weights by 1e-4', reported: 2.598, extension: 'safetensors' },
  { name: 'p6', what: 'p5 as bf16', reported: 126.1, extension: 'safetensors' },
];

/**
 * @param {string} corpus folder with the files of codecs-table.mjs
 * @param {{ onProgress?: (text: string) => void, only?: (name: string) => boolean }} [options]
 */
export async function makePairs(corpus, { onProgress = () => {}, only = () => true } = {}) {
  const folder = join(corpus, 'pairs');
  await mkdir(folder, { recursive: true });
  const makers = { p1: trained, p2: trained, p3: trained, p4: someTensors, p5: allWeights, p6: allWeights };
  const pairs = [];
  const skipped = [];
  for (const { name, what, reported, extension } of PAIRS.filter((pair) => only(pair.name))) {
    const [base, next] = ['base', 'new'].map((side) => join(folder, `${name}-${side}.${extension}`));
    try {
      if (!(await exists(base)) || !(await exists(next))) {
        onProgress(`making ${name}`);
        await makers[name](corpus, folder, onProgress);
      }
      pairs.push({ name, what, reported, base, next, size: (await stat(next)).size });
    } catch (error) {
      skipped.push({ name, reason: error.message });
      onProgress(`SKIPPED ${name}: ${error.message}`);
    }
  }
  return { pairs, skipped };
}

/** All three at once, in some ten minutes on one core. */
async function trained(corpus, folder, onProgress) {
  const python = await pythonWith(corpus, 'numpy', ['numpy'], onProgress);
  const data = join(await fetchPackage(corpus, PACKAGES.fashion, onProgress), 'usr/share/datasets/fashion-mnist');
  const inputs = ['images-idx3', 'labels-idx1'].map((part) => join(data, `train-${part}-ubyte.gz`));
  onProgress('training, which takes minutes');
  run(python, [join(import.meta.dirname, 'make-checkpoints.py'), ...inputs, folder], corpus);
}

/** The python of a virtual environment in the cache that has these packages. */
export async function pythonWith(corpus, name, packages, onProgress = () => {}) {
  const target = join(corpus, 'packages', `python-${name}`);
  const python = join(target, 'bin', 'python');
  if (await exists(join(target, 'complete'))) return python;
  onProgress(`installing ${packages.join(' and ')} with pip`);
  // In place: an environment cannot be renamed. What an interrupted run left is begun anew.
  await rm(target, { recursive: true, force: true });
  run('python3', ['-m', 'venv', target], corpus);
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], corpus);
  await writeWhole(join(target, 'complete'), '');
  return python;
}

/** Four of the 42 large tensors of a model (739,200 bytes) times 1 + 1e-3 N(0, 1), and a field of 37 bytes in front. */
async function someTensors(corpus, folder) {
  const base = await readFile(join(corpus, 'ppocr-rec.onnx'));
  const changed = Buffer.from(base);
  const large = findTensors('x.onnx', base).filter(({ dtype, bytes }) => dtype === 'F32' && bytes.length >= 2400);
  const normal = normals(4);
  for (const { offset, bytes } of [2, 6, 17, 26].map((index) => large[index])) {
    multiply(changed.subarray(offset, offset + bytes.length), 1e-3, normal);
  }
  // Field 6 of the model, its description, with 35 letters: still a model that everything can read.
  const front = Buffer.from(`\x32\x23${'moved by a description of 35 letters'.slice(0, 35)}`, 'latin1');
  await writePair(folder, 'p4', 'onnx', base, Buffer.concat([front, changed]));
}

/** Every weight times 1 + 1e-4 N(0, 1); and both sides of that as bfloat16. */
async function allWeights(corpus, folder) {
  const base = readSafetensors(await readFile(join(corpus, 'esrgan-thick-x4.safetensors')));
  const normal = normals(5);
  const next = base.map((tensor) => {
    const bytes = Buffer.from(tensor.bytes);
    multiply(bytes, 1e-4, normal);
    return { ...tensor, bytes };
  });
  await writePair(folder, 'p5', 'safetensors', writeSafetensors(base), writeSafetensors(next));
  const halved = (tensors) =>
    writeSafetensors(tensors.map((tensor) => ({ ...tensor, dtype: 'BF16', bytes: upperHalves(tensor.bytes) })));
  await writePair(folder, 'p6', 'safetensors', halved(base), halved(next));
}

function multiply(bytes, share, normal) {
  for (let i = 0; i + 4 <= bytes.length; i += 4) bytes.writeFloatLE(bytes.readFloatLE(i) * (1 + share * normal()), i);
}

/** A sum of twelve uniform numbers is near enough to normal, and unlike log and cos it is the same on every machine. */
function normals(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum;
  };
}

async function writePair(folder, name, extension, base, next) {
  await writeWhole(join(folder, `${name}-base.${extension}`), base);
  await writeWhole(join(folder, `${name}-new.${extension}`), next);
}

async function exists(path) {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
