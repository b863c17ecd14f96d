/** Operations of the library in processes of their own, which tell their peak memory. From source, or from the bundle where that is under test. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { inProcess } from '../helpers/run-cli.js';

const ROOT = join(import.meta.dirname, '..', '..');
/** The limit of the design for files of any size. */
export const MEMORY_LIMIT = 400 * 1024 * 1024;

export interface Told {
  /** Peak resident memory in bytes. */
  readonly rss: number;
  readonly result: Readonly<Record<string, unknown>>;
}

export async function operate(
  operation: 'init' | 'register' | 'get' | 'verify' | 'tensor',
  folder: string,
  request: object = {},
  options: object = {},
): Promise<Told> {
  const library = inProcess ? ['--import', 'tsx'] : [];
  const entry = join(ROOT, inProcess ? 'src/index.ts' : 'dist/index.js');
  const order = { operation, dir: join(folder, 'registry'), home: join(folder, 'home'), request, options };
  const argv = [...library, join(ROOT, 'bench', 'operation.mjs'), entry, JSON.stringify(order)];
  const child = spawn(process.execPath, argv, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) stdout += chunk;
  const told = JSON.parse(stdout) as Told;
  assert.ok(told.rss < MEMORY_LIMIT, `${operation} took ${Math.round(told.rss / 1024 ** 2)} MiB`);
  return told;
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}
