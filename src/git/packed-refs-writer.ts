/** Rewrites `packed-refs` under `packed-refs.lock`: removes names, or adds many new ones with one sync. */

import { join } from 'node:path';
import { compareText, utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { readFile } from '../files/read-whole.js';
import { systemCode } from '../files/system-error.js';
import type { Oid } from '../git-format/oid.js';
import { LockFile, type LockOptions } from './lock-file.js';
import { PACKED_REFS_HINT, type PackedRef, type PackedRefs, parsePackedRefs } from './packed-refs.js';

/** A ref to add. */
export interface NewPackedRef {
  readonly name: string;
  readonly oid: Oid;
  /** What an annotated tag points to. */
  readonly peeled: Oid | undefined;
}

const HEADER = '# pack-refs with: peeled fully-peeled sorted ';

/** Read anew at each call: under a lock, what somebody else wrote a moment ago counts. */
export async function readPackedRefs(commonDir: string): Promise<PackedRefs> {
  return parsePackedRefs(await textOf(join(commonDir, 'packed-refs')));
}

/**
 * The locks of the refs themselves must be held by the caller. Throws `git/ref-invalid` where the file holds lines that
 * are no refs: writing it again would lose them.
 */
export async function rewritePackedRefs(
  commonDir: string,
  change: { readonly remove?: Iterable<string>; readonly add?: Iterable<NewPackedRef> },
  options: LockOptions,
): Promise<void> {
  const lock = await LockFile.acquire(join(commonDir, 'packed-refs'), { ...options, commonDir });
  try {
    const { header, refs: found, problems } = await readPackedRefs(commonDir);
    const refs = new Map(found);
    let changed = false;
    for (const name of change.remove ?? []) changed = refs.delete(name) || changed;
    for (const { name, oid, peeled } of change.add ?? []) {
      refs.set(name, { oid, peeled });
      changed = true;
    }
    if (!changed) return;
    refuseProblems(problems);
    await lock.write([utf8(formatPackedRefs(header, refs, found.size === 0))]);
    await lock.commit();
  } finally {
    await lock.release();
  }
}

function refuseProblems(problems: PackedRefs['problems']): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new At1Error('git/ref-invalid', {
    message: `${first.problem}: ${first.name}`,
    facts: { name: first.name, problem: first.problem, count: problems.length },
    hint: PACKED_REFS_HINT,
  });
}

function formatPackedRefs(header: string | undefined, refs: ReadonlyMap<string, PackedRef>, empty: boolean): string {
  // A file without a header does not say which of its refs are tags; a new one holds what we know of.
  const promise = header ?? (empty ? HEADER : '# pack-refs with:');
  const lines = [promise.includes(' sorted') ? promise : `${promise.trimEnd()} sorted `];
  for (const [name, { oid, peeled }] of [...refs].sort(([a], [b]) => compareText(a, b))) {
    lines.push(`${oid} ${name}`);
    if (peeled !== undefined && peeled !== 'none') lines.push(`^${peeled}`);
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
