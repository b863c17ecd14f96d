/** Both stand-alone decoders, given many inputs at once: one in this process, one in a single run of Python. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = join(import.meta.dirname, '..', '..');
export const PYTHON = join(ROOT, 'decoders', 'at1.py');
export const SCRIPT = join(ROOT, 'decoders', 'at1-decode.mjs');

export interface Job {
  /**
   * `flips`: every `step`-th bit of a container is flipped, beginning with bit `first`. `unsealed`: a container whose trailer
   * nobody looks at; only Python is asked.
   */
  readonly kind: 'unsealed' | 'container' | 'bundle' | 'zstd' | 'xz' | 'planes' | 'toml' | 'flips';
  readonly data: Uint8Array;
  readonly size?: number;
  readonly transform?: 'planes' | 'delta';
  readonly base?: Uint8Array;
  readonly first?: number;
  readonly step?: number;
}

/**
 * The SHA-256 of the output, or the code of the refusal. Of flips a letter each: `=` the same output, `-` refused, `!` other
 * bytes. Of a document its JSON with sorted keys.
 */
export type Answer = string;

interface Decoder {
  decodeContainer(data: Uint8Array): Uint8Array;
  decodeBundle(data: Uint8Array): { readonly name: string; readonly content: Uint8Array }[];
  zstdDecode(data: Uint8Array, limit: number): Uint8Array;
  xzDecode(data: Uint8Array, limit: number): Uint8Array;
  undoPlanes(data: Uint8Array, size: number, transform: string, base: Uint8Array | undefined): Uint8Array;
  readToml(data: Uint8Array, what: string): unknown;
  Fail: new (code: string, message: string) => Error & { readonly code: string };
}

const LIMIT = 2 ** 30;

export async function askBoth(jobs: readonly Job[]): Promise<{ readonly python: Answer[]; readonly script: Answer[] }> {
  return { python: askPython(jobs), script: await askScript(jobs) };
}

export async function askScript(jobs: readonly Job[]): Promise<Answer[]> {
  const decoder = (await import(pathToFileURL(SCRIPT).href)) as Decoder;
  return jobs.map((job) => answerOf(decoder, job));
}

function answerOf(decoder: Decoder, job: Job): Answer {
  try {
    return run(decoder, job);
  } catch (error) {
    if (error instanceof decoder.Fail) return error.code;
    throw error;
  }
}

function run(
  decoder: Decoder,
  { kind, data, size = LIMIT, transform = 'planes', base, first = 0, step = 1 }: Job,
): Answer {
  if (kind === 'container') return sha256(decoder.decodeContainer(data));
  if (kind === 'zstd') return sha256(decoder.zstdDecode(data, size));
  if (kind === 'xz') return sha256(decoder.xzDecode(data, size));
  if (kind === 'planes') return sha256(decoder.undoPlanes(data, size, transform, base));
  if (kind === 'toml') return sortedJson(decoder.readToml(data, 'document'));
  if (kind === 'bundle') {
    const files = decoder.decodeBundle(data).map(({ name, content }) => `${name} ${sha256(content)}\n`);
    return sha256(Buffer.from(files.join('')));
  }
  const wanted = sha256(decoder.decodeContainer(data));
  let marks = '';
  for (let bit = first; bit < 8 * data.length; bit += step) {
    const flipped = data.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    const answer = answerOf(decoder, { kind: 'container', data: flipped });
    marks += answer === wanted ? '=' : answer.includes('/') ? '-' : '!';
  }
  return marks;
}

/** Maps become objects; numbers keep their text apart from `1.0` and `1`, which JavaScript cannot tell apart. */
export function sortedJson(value: unknown): string {
  if (value instanceof Map) {
    const keys = [...value.keys()].sort() as string[];
    return `{${keys.map((key) => `${JSON.stringify(key)}:${sortedJson(value.get(key))}`).join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  return JSON.stringify(value);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const HARNESS = `
import base64, hashlib, json, os, sys
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(sys.argv[1]))
import at1

def digest(data):
    return hashlib.sha256(data).hexdigest()

def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value

def answer(job, data):
    try:
        return run(job, data)
    except at1.Fail as error:
        return error.code

def run(job, data):
    kind, size = job["kind"], job.get("size", 1 << 30)
    if kind == "container":
        return digest(at1.decode_container(data))
    if kind == "unsealed":
        check, at1.check_trailer = at1.check_trailer, lambda found, trailer: None
        try:
            return digest(at1.decode_container(data))
        finally:
            at1.check_trailer = check
    if kind == "zstd":
        return digest(at1.zstd_decode(data, size))
    if kind == "xz":
        return digest(at1.xz_decode(data, size))
    if kind == "planes":
        base = base64.b64decode(job["base"]) if "base" in job else None
        return digest(at1.undo_planes(data, size, job.get("transform", "planes"), base))
    if kind == "toml":
        return json.dumps(plain(at1.read_toml(data, "document")), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if kind == "bundle":
        files = ["%s %s\\n" % (name, digest(content)) for name, content in at1.decode_bundle(data)]
        return digest("".join(files).encode("utf-8"))
    wanted = digest(at1.decode_container(data))
    marks = []
    for bit in range(job.get("first", 0), 8 * len(data), job.get("step", 1)):
        flipped = bytearray(data)
        flipped[bit >> 3] ^= 1 << (bit & 7)
        found = answer({"kind": "container"}, bytes(flipped))
        marks.append("=" if found == wanted else "-" if "/" in found else "!")
    return "".join(marks)

for line in sys.stdin:
    job = json.loads(line)
    print(json.dumps(answer(job, base64.b64decode(job["data"]))))
`;

export function askPython(jobs: readonly Job[]): Answer[] {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const lines = jobs.map(({ data, base, ...rest }) =>
    JSON.stringify({ ...rest, data: base64(data), ...(base === undefined ? {} : { base: base64(base) }) }),
  );
  const input = lines.map((line) => `${line}\n`).join('');
  const { status, stdout, stderr } = spawnSync('python3', ['-c', HARNESS, PYTHON], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { PATH: process.env.PATH, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' },
  });
  assert.equal(status, 0, stderr);
  const answers = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as string);
  assert.equal(answers.length, jobs.length);
  return answers;
}

/** What both say to each; that they agree is asserted here. */
export async function agreed(jobs: readonly Job[], names: readonly string[] = []): Promise<Answer[]> {
  const { python, script } = await askBoth(jobs);
  for (const [i, answer] of python.entries()) assert.equal(script[i], answer, `the two differ: ${names[i] ?? i}`);
  return python;
}
