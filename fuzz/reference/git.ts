/** What the real git makes of many inputs at once: objects as loose files, then one process about all of them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { hashObject, type ObjectType, type Oid } from '../../src/git-format/oid.js';
import { git, runGit } from '../../test/helpers/git.js';
import { folder } from '../targets/folder.js';
import { sha1 } from '../targets/inputs.js';

/** An empty bare repository of this name. */
export function emptyRepository(name: string): string {
  const path = folder(name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  git(path, ['init', '-q', '--bare', '--template=', path]);
  return path;
}

/** Whatever they hold; their names in order. */
export function storeObjects(repository: string, type: ObjectType, inputs: readonly Uint8Array[]): Oid[] {
  return inputs.map((input) => {
    const oid = hashObject(type, input, sha1);
    mkdirSync(join(repository, 'objects', oid.slice(0, 2)), { recursive: true });
    const bytes = Buffer.concat([Buffer.from(`${type} ${input.length}\0`), input]);
    writeFileSync(join(repository, 'objects', oid.slice(0, 2), oid.slice(2)), deflateSync(bytes, { level: 1 }));
    return oid;
  });
}

/** What `git fsck --strict` calls each object that it finds wrong in itself; missing neighbours do not count. */
export function fsckProblems(repository: string): ReadonlyMap<string, readonly string[]> {
  const { stderr, stdout } = runGit(repository, ['fsck', '--strict', '--no-dangling', '--no-progress', '--no-reflogs']);
  const problems = new Map<string, string[]>();
  const add = (oid: string, problem: string): void => void problems.set(oid, [...(problems.get(oid) ?? []), problem]);
  for (const line of `${stderr}\n${new TextDecoder().decode(stdout)}`.split('\n')) {
    const named = /^(?:error|warning) in (?:commit|tag|tree) ([0-9a-f]{40}): (\w+):/.exec(line);
    const broken = /^error: ([0-9a-f]{40}): (?:object could not be parsed|object corrupt or missing)/.exec(line);
    // An object named both as a tree and as a commit is trouble between objects, not in one.
    const context =
      /^error: bad (?:parent|tree|tag pointer|tag pointer to) .* in (?:commit |tag )?([0-9a-f]{40})$/.exec(line);
    if (context !== null) add(context[1] as string, BETWEEN_OBJECTS);
    else if (named !== null) add(named[1] as string, named[2] as string);
    else if (broken !== null) add(broken[1] as string, 'unparsable');
  }
  return problems;
}

/** No problem of the object itself; git reads it no further then. */
export const BETWEEN_OBJECTS = 'between objects';

/**
 * The records that one command prints for each of its subjects. A subject that makes git give up is undefined: it is
 * found by halves.
 */
export function recordsOf<T>(
  subjects: readonly T[],
  ask: (subjects: readonly T[]) => readonly string[][] | undefined,
): (readonly string[] | undefined)[] {
  if (subjects.length === 0) return [];
  const records = ask(subjects);
  if (records !== undefined && records.length === subjects.length) return [...records];
  if (subjects.length === 1) return [undefined];
  const half = subjects.length >> 1;
  return [...recordsOf(subjects.slice(0, half), ask), ...recordsOf(subjects.slice(half), ask)];
}

/** NUL-separated fields in groups of `size`; undefined where git failed or printed something else. */
export function groups(bytes: Uint8Array, size: number): string[][] | undefined {
  const fields = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\0');
  if (fields.pop() !== '' || fields.length % size !== 0) return undefined;
  return Array.from({ length: fields.length / size }, (_, i) => fields.slice(i * size, (i + 1) * size));
}
