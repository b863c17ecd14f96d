/**
 * Reads refs: HEAD, loose and packed, of the main or a linked working tree. A ref that cannot be read is reported by
 * itself and never hides the others. Loose files are looked at before `packed-refs`: the order git packs them in.
 */

import { join } from 'node:path';
import { compareText } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { type Dirent, lstatSync, readdirSync, readlinkSync } from '../files/node-fs.js';
import { readFileSync } from '../files/read-whole.js';
import { isOid, type Oid } from '../git-format/oid.js';
import { isValidRefName } from '../git-format/ref-name.js';
import { PACKED_REFS_HINT, type PackedRefs, packedRefsReader } from './packed-refs.js';
import { HEAD_HINT, type Repository } from './repository.js';

export interface Head {
  /** The branch HEAD stands for; undefined where it is detached. */
  readonly ref: string | undefined;
  /** Undefined where that branch has no commit yet. */
  readonly oid: Oid | undefined;
}

export interface RefEntry {
  readonly name: string;
  readonly oid: Oid;
  /** What an annotated tag leads to, or the same as `oid` where it is none; undefined where only the object tells. */
  readonly peeled: Oid | undefined;
}

export interface RefProblem {
  readonly name: string;
  readonly problem: string;
}

export interface Upstream {
  /** `origin`, or `.` for a branch of this repository. */
  readonly remote: string;
  /** Where its last known position is kept: `refs/remotes/origin/main`. */
  readonly ref: string;
  /** Its name on the remote: `refs/heads/main`. */
  readonly remoteRef: string;
}

/** As git does: a symbolic ref of a symbolic ref and so on, no further. */
const SYMBOLIC_DEPTH = 5;
const PER_WORKTREE = ['refs/bisect/', 'refs/worktree/', 'refs/rewritten/'];

type Value = { kind: 'oid'; oid: Oid; peeled: Oid | undefined } | { kind: 'symbolic'; target: string };

export class Refs {
  readonly #repository: Repository;
  readonly #packed: () => PackedRefs;

  constructor(repository: Repository) {
    this.#repository = repository;
    this.#packed = packedRefsReader(join(repository.commonDir, 'packed-refs'));
  }

  /** Throws `git/ref-invalid`; also for a branch that is not found where a damaged `packed-refs` may have held it. */
  head(): Head {
    const value = this.#value('HEAD');
    if (value === undefined) throw refInvalid('HEAD', 'is missing');
    if (value.kind === 'oid') return { ref: undefined, oid: value.oid };
    const end = this.#follow('HEAD');
    const [damage] = end.value === undefined ? this.packedProblems() : [];
    if (damage !== undefined) {
      throw new At1Error('git/ref-invalid', {
        message: `the ref '${end.name}' is not found, and ${damage.problem}`,
        facts: { name: end.name, problem: damage.problem },
        hint: PACKED_REFS_HINT,
      });
    }
    return { ref: end.name, oid: end.value?.oid };
  }

  /** The object a full name (or `HEAD`) stands for; undefined where there is none. Throws `git/ref-invalid`. */
  resolve(name: string): Oid | undefined {
    if (!isReadableName(name)) throw refInvalid(name, 'is not a name git allows');
    return this.#follow(name).value?.oid;
  }

  /** The name a symbolic ref points to, one step; undefined for any other. */
  symbolicTarget(name: string): string | undefined {
    if (!isReadableName(name)) throw refInvalid(name, 'is not a name git allows');
    const value = this.#value(name);
    return value?.kind === 'symbolic' ? value.target : undefined;
  }

  /** The ref that is moved by whoever moves this one: the end of a chain of symbolic refs. Throws `git/ref-invalid`. */
  movedBy(name: string): string {
    return isReadableName(name) ? this.#follow(name).name : name;
  }

  /** Lines of `packed-refs` that are no refs: what stood there is missing from every list. */
  packedProblems(): readonly RefProblem[] {
    return this.#packed().problems;
  }

  /** Refs whose names begin with `prefix` (`refs/tags/`), by name. What `listAll` reports as problems is left out. */
  list(prefix = 'refs/'): readonly RefEntry[] {
    return this.listAll(prefix).refs;
  }

  listAll(prefix = 'refs/'): { readonly refs: readonly RefEntry[]; readonly problems: readonly RefProblem[] } {
    const problems: RefProblem[] = [];
    const loose = new Set<string>();
    for (const name of this.#looseNames(prefix)) {
      if (isValidRefName(name)) loose.add(name);
      else problems.push({ name, problem: 'is not a name git allows' });
    }
    const packed = this.#packed();
    const names = new Set(loose);
    for (const name of packed.refs.keys()) if (name.startsWith(prefix)) names.add(name);
    problems.push(...packed.problems.filter(({ name }) => name.startsWith(prefix) || !name.startsWith('refs/')));

    const refs: RefEntry[] = [];
    for (const name of [...names].sort(compareText)) {
      try {
        // A loose one may have been packed since: then what was packed before does not count.
        const { value } = this.#follow(name, loose.has(name) ? undefined : packed);
        if (value !== undefined) refs.push({ name, oid: value.oid, peeled: value.peeled });
        else if (this.#looseText(name) !== undefined)
          problems.push({ name, problem: 'points to a ref that is not there' });
      } catch (error) {
        if (!(error instanceof At1Error)) throw error;
        problems.push({ name, problem: String(error.facts.problem ?? error.message) });
      }
    }
    return { refs, problems };
  }

  /** Where a branch (`main`) is pushed to and compared with; undefined where nothing is configured. */
  upstreamOf(branch: string): Upstream | undefined {
    const { config } = this.#repository;
    const remote = config.get(`branch.${branch}.remote`);
    const remoteRef = config.get(`branch.${branch}.merge`);
    if (remote === undefined || remoteRef === undefined) return undefined;
    if (remote === '.') return { remote, ref: remoteRef, remoteRef };
    for (const spec of config.all(`remote.${remote}.fetch`)) {
      const ref = mapThrough(spec, remoteRef);
      if (ref !== undefined && isValidRefName(ref)) return { remote, ref, remoteRef };
    }
    return undefined;
  }

  /** The last name of a chain of symbolic refs, and its value if it has one. */
  #follow(name: string, packed?: PackedRefs): { name: string; value: (Value & { kind: 'oid' }) | undefined } {
    let current = name;
    for (let depth = 0; depth <= SYMBOLIC_DEPTH; depth++) {
      const value = this.#value(current, packed);
      if (value?.kind !== 'symbolic') return { name: current, value };
      current = value.target;
    }
    throw refInvalid(name, 'is a chain of symbolic refs without end');
  }

  #value(name: string, packed?: PackedRefs): Value | undefined {
    const text = this.#looseText(name);
    if (text === undefined) {
      const found = (packed ?? this.#packed()).refs.get(name);
      if (found === undefined) return undefined;
      return { kind: 'oid', oid: found.oid, peeled: found.peeled === 'none' ? found.oid : found.peeled };
    }
    if (text.startsWith('ref:')) {
      const target = text.slice('ref:'.length).trim();
      if (!isValidRefName(target)) throw refInvalid(name, `points to '${target}', which is not a name git allows`);
      return { kind: 'symbolic', target };
    }
    const oid = text.slice(0, 40);
    // git allows white space and then anything after the id (FETCH_HEAD has it).
    if (!isOid(oid) || !/^\s|^$/.test(text.slice(40, 41)))
      throw refInvalid(name, 'holds neither an object id nor a name');
    return { kind: 'oid', oid, peeled: undefined };
  }

  #looseText(name: string): string | undefined {
    const path = join(this.#folderOf(name), name);
    try {
      // Old gits make symbolic refs as links of the system (core.preferSymlinkRefs), and all of them read these.
      if (lstatSync(path).isSymbolicLink()) {
        const target = readlinkSync(path);
        if (target.startsWith('refs/') && isValidRefName(target)) return `ref: ${target}`;
      }
      return readFileSync(path, 'utf8');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
      throw refInvalid(name, `cannot be read: ${code}`, error);
    }
  }

  #folderOf(name: string): string {
    const own = !name.startsWith('refs/') || PER_WORKTREE.some((prefix) => name.startsWith(prefix));
    return own ? this.#repository.gitDir : this.#repository.commonDir;
  }

  /** Names of files, valid or not, below the folders `prefix` reaches. */
  *#looseNames(prefix: string): Generator<string> {
    const { gitDir, commonDir } = this.#repository;
    if (!prefix.startsWith('refs/') || !isValidRefName(`${prefix}x`))
      throw refInvalid(prefix, 'is not a prefix of refs');
    const folder = prefix.slice(0, prefix.lastIndexOf('/'));
    for (const root of new Set([commonDir, gitDir])) {
      for (const name of filesBelow(root, folder)) {
        if (name.startsWith(prefix) && this.#folderOf(name) === root) yield name;
      }
    }
  }
}

function* filesBelow(root: string, folder: string): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    throw error;
  }
  for (const entry of entries) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, name);
    // Locks are somebody's work in progress, not refs.
    else if (!name.endsWith('.lock')) yield name;
  }
}

/** `HEAD` and its like, or a full name. Anything else could lead out of the git folder. */
function isReadableName(name: string): boolean {
  return /^[A-Z][A-Z_]*$/.test(name) || (name.startsWith('refs/') && isValidRefName(name));
}

/** The right side of a refspec for a ref its left side names. */
function mapThrough(spec: string, ref: string): string | undefined {
  const colon = spec.indexOf(':');
  if (colon < 0 || spec.startsWith('^')) return undefined;
  const source = spec.slice(spec.startsWith('+') ? 1 : 0, colon);
  const target = spec.slice(colon + 1);
  const star = source.indexOf('*');
  if (star < 0) return source === ref ? target : undefined;
  const [head, tail] = [source.slice(0, star), source.slice(star + 1)];
  if (ref.length < head.length + tail.length || !ref.startsWith(head) || !ref.endsWith(tail)) return undefined;
  return target.replace('*', () => ref.slice(head.length, ref.length - tail.length));
}

function refInvalid(name: string, problem: string, cause?: unknown): At1Error {
  return new At1Error('git/ref-invalid', {
    message: `the ref '${name}' ${problem}`,
    facts: { name, problem },
    hint: name === 'HEAD' ? HEAD_HINT : undefined,
    cause,
  });
}
