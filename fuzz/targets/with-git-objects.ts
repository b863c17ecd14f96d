/** Commits, tags and trees against the real git: what it refuses, and what it reads in what both accept. */

import { At1Error } from '../../src/errors.js';
import { type CommitObject, parseCommit } from '../../src/git-format/commit.js';
import type { ObjectType, Oid } from '../../src/git-format/oid.js';
import type { Person } from '../../src/git-format/person.js';
import { parseTag, type TagObject } from '../../src/git-format/tag.js';
import { encodeName, parseTree, type TreeEntry } from '../../src/git-format/tree.js';
import { runGit } from '../../test/helpers/git.js';
import { BETWEEN_OBJECTS, emptyRepository, fsckProblems, groups, recordsOf, storeObjects } from '../reference/git.js';
import type { DifferentialTarget } from '../target.js';
import { COMMIT_SEEDS, COMMIT_TOKENS, TAG_SEEDS, TAG_TOKENS, TREE_SEEDS, TREE_TOKENS } from './git-objects.js';

/**
 * What `git fsck --strict` finds wrong and we read all the same, as git's own commands do: foreign history holds every
 * mistake, and none of these changes who signed what. docs/fuzzing.md says so for users of the list.
 */
export const READ_ALL_THE_SAME: Readonly<Record<'commit' | 'tag' | 'tree', ReadonlySet<string>>> = {
  commit: new Set([
    'badDate',
    'badDateOverflow',
    'badEmail',
    'badName',
    'badTimezone',
    'missingEmail',
    'missingNameBeforeEmail',
    'missingSpaceBeforeDate',
    'missingSpaceBeforeEmail',
    'multipleAuthors',
    'nulInCommit',
    'zeroPaddedDate',
    'badGpgsig',
    'badHeaderContinuation',
    'missingAuthor',
    'missingCommitter',
  ]),
  tag: new Set([
    'badDate',
    'badDateOverflow',
    'badEmail',
    'badName',
    'badTimezone',
    'missingEmail',
    'missingNameBeforeEmail',
    'missingSpaceBeforeDate',
    'missingSpaceBeforeEmail',
    'zeroPaddedDate',
    'badTagName',
    'missingTaggerEntry',
    'extraHeaderEntry',
    'badGpgsig',
    'badHeaderContinuation',
    'nulInHeader',
    'unterminatedHeader',
  ]),
  tree: new Set([
    'hasDotgit',
    'nullSha1',
    'zeroPaddedFilemode',
    'gitmodulesSymlink',
    'gitattributesSymlink',
    'gitignoreSymlink',
    'mailmapSymlink',
    'largePathname',
    'badFilemode',
  ]),
};

export const GIT_OBJECT_DIFFERENTIALS: readonly DifferentialTarget[] = [
  {
    kind: 'differential',
    name: 'git-commit-git',
    about: 'commits against `git fsck --strict` and the fields of `git log`',
    files: [],
    batch: 200,
    oneIn: 20,
    seeds: () => COMMIT_SEEDS,
    tokens: COMMIT_TOKENS,
    compare: async (inputs) => compareObjects(inputs, 'commit', parseCommit, commitProblems),
  },
  {
    kind: 'differential',
    name: 'git-tag-git',
    about: 'tags against `git fsck --strict` and the fields of `git for-each-ref`',
    files: [],
    batch: 200,
    oneIn: 20,
    seeds: () => TAG_SEEDS,
    tokens: TAG_TOKENS,
    compare: async (inputs) => compareObjects(inputs, 'tag', parseTag, tagProblems),
  },
  {
    kind: 'differential',
    name: 'git-tree-git',
    about: 'trees against `git fsck --strict`, and the id that `git mktree` gives the same entries',
    files: [],
    batch: 200,
    oneIn: 20,
    seeds: () => TREE_SEEDS,
    tokens: TREE_TOKENS,
    compare: async (inputs) => compareObjects(inputs, 'tree', parseTree, treeProblems),
  },
];

interface Accepted<T> {
  readonly oid: Oid;
  readonly object: T;
  /** git finds nothing wrong with it. */
  readonly sound: boolean;
}

type Problems<T> = (repository: string, accepted: readonly Accepted<T>[]) => readonly (string | undefined)[];

function compareObjects<T>(
  inputs: readonly Uint8Array[],
  type: ObjectType & ('commit' | 'tag' | 'tree'),
  parse: (bytes: Uint8Array) => T,
  problems: Problems<T>,
): (string | undefined)[] {
  const repository = emptyRepository(`fuzz-${type}`);
  const names = storeObjects(repository, type, inputs);
  const refused = fsckProblems(repository);
  const out: (string | undefined)[] = inputs.map(() => undefined);
  const accepted: (Accepted<T> & { readonly at: number })[] = [];
  for (const [at, input] of inputs.entries()) {
    const oid = names[at] as Oid;
    const object = attempt(() => parse(input));
    const found = refused.get(oid) ?? [];
    if (object instanceof At1Error || found.includes(BETWEEN_OBJECTS)) continue;
    const undocumented = found.find((problem) => !READ_ALL_THE_SAME[type].has(problem));
    if (undocumented !== undefined) out[at] = `git calls it ${undocumented}, and we read it`;
    else accepted.push({ at, oid, object, sound: found.length === 0 });
  }
  const unique = accepted.filter(({ oid }, i) => accepted.findIndex((other) => other.oid === oid) === i);
  for (const [i, problem] of problems(repository, unique).entries()) {
    if (problem !== undefined) out[(unique[i] as { at: number }).at] = problem;
  }
  return out;
}

function attempt<T>(act: () => T): T | At1Error {
  try {
    return act();
  } catch (error) {
    if (error instanceof At1Error) return error;
    throw error;
  }
}

const LOG_FIELDS = ['%H', '%T', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%e', '%B'];

function commitProblems(repository: string, accepted: readonly Accepted<CommitObject>[]): (string | undefined)[] {
  const records = recordsOf(accepted, (some) => {
    const args = [
      '-c',
      'i18n.logOutputEncoding=UTF-8',
      'log',
      '--no-walk=unsorted',
      '--stdin',
      '-z',
      `--format=tformat:${LOG_FIELDS.join('%x00')}`,
    ];
    const { status, stdout } = runGit(repository, args, { input: some.map(({ oid }) => `${oid}\n`).join('') });
    return status === 0 ? groups(stdout, LOG_FIELDS.length) : undefined;
  });
  return accepted.map(({ oid, object, sound }, i) => {
    const record = records[i];
    if (record === undefined) return 'git log does not read it, and we do';
    const [name, tree, parents, an = '', ae = '', at = '', cn = '', ce = '', ct = '', encoding, message = ''] = record;
    if (name !== oid || tree !== object.tree || parents !== object.parents.join(' ')) return 'git log sees other links';
    // Other encodings are converted by other tables.
    if (encoding !== '') return undefined;
    // Where no empty line ends the header, older versions of git print what lies behind the object in memory.
    const ended = Buffer.from(object.payload).includes('\n\n');
    if (ended && message !== object.message.split('\0')[0]) return 'git log has another message';
    // Of a person's line that is wrong everybody shows something else.
    if (!sound) return undefined;
    if (!isSamePerson(object.author, [an, ae, at])) return `git log has another author`;
    return isSamePerson(object.committer, [cn, ce, ct]) ? undefined : 'git log has another committer';
  });
}

function isSamePerson(person: Person, [name, email, seconds]: readonly [string, string, string]): boolean {
  // A time that git cannot split off, or of sixteen digits, which are no exact number, is no time at all.
  const expected = seconds === '' || seconds.length > 15 ? '0' : seconds;
  return person.name === name && person.email === email && String(person.seconds) === expected;
}

const TAG_FIELDS = ['%(objectname)', '%(object)', '%(type)', '%(tag)', '%(contents:signature)'];

function tagProblems(repository: string, accepted: readonly Accepted<TagObject>[]): (string | undefined)[] {
  const records = recordsOf(accepted, (some) => {
    for (const [i, { oid }] of some.entries()) {
      if (runGit(repository, ['update-ref', `refs/fuzz/${String(i).padStart(4, '0')}`, oid]).status !== 0)
        return undefined;
    }
    const { status, stdout } = runGit(repository, [
      'for-each-ref',
      `--format=${TAG_FIELDS.join('%00')}%00`,
      'refs/fuzz',
    ]);
    for (const i of some.keys()) runGit(repository, ['update-ref', '-d', `refs/fuzz/${String(i).padStart(4, '0')}`]);
    const text = Buffer.from(stdout).toString('latin1').replaceAll(/\0\n/g, '\0');
    return status === 0 ? groups(Buffer.from(text, 'latin1'), TAG_FIELDS.length) : undefined;
  });
  return accepted.map(({ oid, object }, i) => {
    const record = records[i];
    if (record === undefined) return undefined;
    const [name, target, type, tag, signature] = record;
    if (name !== oid || target !== object.object || type !== object.type || tag !== object.name)
      return 'git for-each-ref has other fields';
    // git's own formatting ends at a NUL, wherever it stands.
    if (object.payload.includes(0) || object.signature?.armor.includes('\0') === true) return undefined;
    return (object.signature?.armor ?? '') === signature ? undefined : 'git for-each-ref has another signature';
  });
}

function treeProblems(repository: string, accepted: readonly Accepted<readonly TreeEntry[]>[]): (string | undefined)[] {
  const plain = accepted.filter(
    ({ object }) => object.length > 0 && object.every(({ rawMode }) => rawMode === undefined),
  );
  const types = { '40000': 'tree', '160000': 'commit' } as Readonly<Record<string, string>>;
  const input = plain.flatMap(({ object }) => [
    ...object.flatMap(({ mode, oid, name }) => [
      Buffer.from(`${mode} ${types[mode] ?? 'blob'} ${oid}\t`),
      encodeName(name),
      Uint8Array.of(0),
    ]),
    Uint8Array.of(0),
  ]);
  const { status, stdout, stderr } = runGit(repository, ['mktree', '--missing', '--batch', '-z'], {
    input: Buffer.concat(input),
  });
  const made = new TextDecoder().decode(stdout).split('\n').slice(0, -1);
  const problems = new Map(
    plain.map(({ oid }, i) => [
      oid,
      made[i] === oid ? undefined : `git mktree makes another tree (${status} ${stderr.slice(0, 60)})`,
    ]),
  );
  return accepted.map(({ oid }) => problems.get(oid));
}
