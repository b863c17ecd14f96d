/** Rewrites `packed-refs` under `packed-refs.lock`: removes names, or adds many new ones with one sync. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText, utf8 } from '../bytes/text.js';
import { isOid, type Oid } from '../git-format/oid.js';
import { systemCode } from './durable-file.js';
import { LockFile, type LockOptions } from './lock-file.js';

export interface PackedRef {
  readonly name: string;
  readonly oid: Oid;
  /** What an annotated tag points to. */
  readonly peeled: Oid | undefined;
}

interface PackedRefs {
  readonly header: string;
  readonly refs: Map<string, PackedRef>;
}

const HEADER = '# pack-refs with: peeled fully-peeled sorted ';

export async function readPackedRefs(commonDir: string): Promise<PackedRefs> {
  const refs = new Map<string, PackedRef>();
  let header = HEADER;
  let last: PackedRef | undefined;
  for (const line of (await textOf(join(commonDir, 'packed-refs'))).split('\n')) {
    if (line.startsWith('#')) {
      header = line;
    } else if (line.startsWith('^') && last !== undefined) {
      const peeled = line.slice(1);
      if (isOid(peeled)) refs.set(last.name, { ...last, peeled });
    } else if (isOid(line.slice(0, 40)) && line[40] === ' ') {
      last = { name: line.slice(41), oid: line.slice(0, 40) as Oid, peeled: undefined };
      refs.set(last.name, last);
    }
  }
  return { header, refs };
}

/** The locks of the refs themselves must be held by the caller. */
export async function rewritePackedRefs(
  commonDir: string,
  change: { readonly remove?: Iterable<string>; readonly add?: Iterable<PackedRef> },
  options: LockOptions,
): Promise<void> {
  const lock = await LockFile.acquire(join(commonDir, 'packed-refs'), { ...options, commonDir });
  try {
    const { header, refs } = await readPackedRefs(commonDir);
    let changed = false;
    for (const name of change.remove ?? []) changed = refs.delete(name) || changed;
    for (const ref of change.add ?? []) {
      refs.set(ref.name, ref);
      changed = true;
    }
    if (!changed) return;
    await lock.write([utf8(formatPackedRefs(header, refs))]);
    await lock.commit();
  } finally {
    await lock.release();
  }
}

function formatPackedRefs(header: string, refs: ReadonlyMap<string, PackedRef>): string {
  const lines = [header.includes(' sorted') ? header : `${header.trimEnd()} sorted `];
  for (const { name, oid, peeled } of [...refs.values()].sort((a, b) => compareText(a.name, b.name))) {
    lines.push(`${oid} ${name}`);
    if (peeled !== undefined) lines.push(`^${peeled}`);
  }
  return `${lines.join('\n')}\n`;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}
