/** What an artifact most likely is, from its first bytes and its file name. A guess for `register`; never a proof. */
import { fromLatin1 } from '../bytes/text.js';

/** The kinds of artifact a file can look like. */
export type GuessedKind = 'model' | 'data' | 'recipe';

/** Bytes of a file's beginning that are looked at. */
export const HEAD_BYTES = 64;

const MODEL_ENDINGS = [
  '.onnx',
  '.safetensors',
  '.gguf',
  '.ggml',
  '.pt',
  '.pth',
  '.ckpt',
  '.h5',
  '.keras',
  '.tflite',
  '.pb',
  '.mlmodel',
  '.apr',
  '.joblib',
  '.pkl',
  '.bin',
];
const DATA_ENDINGS = [
  '.csv',
  '.tsv',
  '.json',
  '.jsonl',
  '.ndjson',
  '.parquet',
  '.arrow',
  '.feather',
  '.npy',
  '.npz',
  '.txt',
  '.ald',
  '.log',
  '.idx',
  '.avro',
  '.orc',
  '.sqlite',
];
const RECIPE_ENDINGS = ['.toml', '.yaml', '.yml'];

/** Undefined where nothing tells. */
export function guessKind(fileName: string, head: Uint8Array): GuessedKind | undefined {
  const magic = fromLatin1(head.subarray(0, 8));
  if (magic.startsWith('GGUF') || magic.startsWith('\x89HDF')) return 'model';
  if (magic.startsWith('PAR1') || magic.startsWith('ARROW1') || magic.startsWith('\x93NUMPY')) return 'data';
  // safetensors: a little-endian u64 header length, then a JSON object.
  if (head.length > 9 && head[6] === 0 && head[7] === 0 && head[8] === 0x7b) return 'model';
  const name = fileName.toLowerCase();
  const ends = (endings: readonly string[]) => endings.some((ending) => name.endsWith(ending));
  if (ends(MODEL_ENDINGS)) return 'model';
  if (ends(DATA_ENDINGS)) return 'data';
  if (ends(RECIPE_ENDINGS)) return 'recipe';
  return undefined;
}

/** A name in the registry's grammar made of a file name: lower case, other characters as `-`, without ending. */
export function suggestName(fileName: string): string {
  const stem =
    fileName.includes('.') && !fileName.startsWith('.') ? fileName.slice(0, fileName.lastIndexOf('.')) : fileName;
  let name = '';
  for (const c of stem.toLowerCase()) {
    const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain || c === '_') name += c;
    else if (!name.endsWith('-')) name += '-';
  }
  while (name.endsWith('-') || name.endsWith('_')) name = name.slice(0, -1);
  while (name.startsWith('-') || name.startsWith('_')) name = name.slice(1);
  return name;
}
