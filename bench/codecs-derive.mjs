// How the files of the benchmark of codecs are derived from what the packages hold: bytes in, bytes out.
import { gunzipSync } from 'node:zlib';
import { readSafetensors, writeSafetensors } from './safetensors.mjs';

export async function joined(source, paths) {
  const parts = [];
  for (const path of paths) parts.push(await source.read(path));
  return Buffer.concat(parts);
}

export const gunzipped = (bytes) => gunzipSync(bytes);

/** The model is cut into files named by their digest; `resources.json` says which of them it is made of. */
export async function chunkedResource(source, name, count) {
  const resources = await source.json('dist/resources.json');
  return joined(
    source,
    resources[name].chunks.slice(0, count).map(({ hash }) => `dist/${hash}`),
  );
}

/** bfloat16 by truncation: of every little-endian float32 its upper two bytes. */
export function upperHalves(bytes) {
  const out = Buffer.alloc(bytes.length >> 1);
  for (let i = 0; i < out.length; i += 2) {
    out[i] = bytes[i * 2 + 2];
    out[i + 1] = bytes[i * 2 + 3];
  }
  return out;
}

const WIDTHS = { F32: 4, BF16: 2, U8: 1 };

/** As safetensors the tensors of a tfjs model that lie whole in `bytes`; the model says which are quantized to bytes. */
export function tfjsSafetensors(model, bytes, float = 'F32') {
  const tensors = [];
  let at = 0;
  for (const { name, shape, quantization } of model.weightsManifest.flatMap(({ weights }) => weights)) {
    const dtype = quantization?.dtype === 'uint8' ? 'U8' : float;
    const end = at + WIDTHS[dtype] * shape.reduce((product, length) => product * length, 1);
    if (end > bytes.length) break;
    tensors.push({ name, dtype, shape, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return writeSafetensors(tensors);
}

/** Symmetric and per tensor, the plainest way to make int8 of float32. */
export function int8Safetensors(file) {
  const tensors = readSafetensors(file).map(({ name, shape, bytes }) => {
    const numbers = Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
    const largest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0) || 1;
    const scaled = Int8Array.from(numbers, (number) => Math.round((number / largest) * 127));
    return { name, dtype: 'I8', shape, bytes: Buffer.from(scaled.buffer) };
  });
  return writeSafetensors(tensors);
}

export async function csvOfParquet(source, path, limit) {
  const { asyncBufferFromFile, parquetReadObjects } = await source.reader('hyparquet');
  const { compressors } = await source.reader('hyparquet-compressors');
  const file = await asyncBufferFromFile(source.path(path));
  const rows = await parquetReadObjects({ file, compressors, rowStart: 0, rowEnd: 400_000 });
  const columns = Object.keys(rows[0]);
  const lines = [columns.join(',')];
  for (const row of rows) lines.push(columns.map((column) => csvField(row[column])).join(','));
  const all = Buffer.from(`${lines.join('\n')}\n`);
  if (all.length < limit) throw new Error('too few rows were read');
  return all.subarray(0, all.subarray(0, limit).lastIndexOf(10) + 1);
}

function csvField(value) {
  if (value instanceof Date) return value.toISOString().slice(0, 19);
  return value === null || value === undefined ? '' : String(value);
}

export function endingAfterBrace(bytes) {
  return bytes.subarray(0, bytes.lastIndexOf(0x7d) + 1);
}

/** Spaced as by Python's json.dumps, whatever is not ASCII escaped. */
export function linesOfArray(elements) {
  const text = (value) =>
    JSON.stringify(value).replace(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  const line = (element) =>
    `{${Object.entries(element)
      .map(([key, value]) => `${text(key)}: ${text(value)}`)
      .join(', ')}}\n`;
  return Buffer.from(elements.map(line).join(''));
}

export async function mails(source, limit) {
  const paths = (await source.list('data')).filter((path) => path.endsWith('.json')).sort();
  const texts = [];
  let length = 0;
  for (const path of paths) {
    const { text } = await source.json(path);
    texts.push(text);
    length += text.length;
    if (length > limit) break;
  }
  return Buffer.from(texts.join('\n')).subarray(0, limit);
}
