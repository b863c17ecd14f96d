/** Configuration, names of refs, packed refs and the index against the real git, a process for each case. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { At1Error } from '../../src/errors.js';
import { parseConfig } from '../../src/git/config.js';
import { nameOf, parseIndex } from '../../src/git/index-format.js';
import { parsePackedRefs } from '../../src/git/packed-refs.js';
import { isValidRefName } from '../../src/git-format/ref-name.js';
import { git, runGit } from '../../test/helpers/git.js';
import { emptyRepository } from '../reference/git.js';
import type { DifferentialTarget } from '../target.js';
import { folder } from './folder.js';
import {
  CONFIG_SEEDS,
  CONFIG_TOKENS,
  INDEX_SEEDS,
  INDEX_TOKENS,
  mendIndex,
  PACKED_REFS_SEEDS,
  PACKED_REFS_TOKENS,
} from './git-files.js';
import { bytesOf, textOf } from './inputs.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const GIT_FILE_DIFFERENTIALS: readonly DifferentialTarget[] = [
  one(
    'git-config-git',
    'git configuration against `git config --list`: same verdict, same entries',
    { seeds: CONFIG_SEEDS, tokens: CONFIG_TOKENS },
    configProblem,
  ),
  one(
    'ref-name-git',
    'names of refs against `git check-ref-format`: same verdict',
    {
      seeds: ['refs/heads/main', 'refs/tags/model/a@v1.0.0', 'a/b', 'refs/x.lock/y', 'a'].map(bytesOf),
      tokens: [
        '/',
        '.',
        '..',
        '@{',
        '@',
        '.lock',
        '~',
        '^',
        ':',
        '?',
        '*',
        '[',
        '\\',
        ' ',
        '\x7f',
        '-',
        'HEAD',
        'refs/',
        '\u0080',
      ],
    },
    refNameProblem,
  ),
  one(
    'packed-refs-git',
    'packed-refs against `git for-each-ref`: the same refs',
    { seeds: PACKED_REFS_SEEDS, tokens: PACKED_REFS_TOKENS },
    packedRefsProblem,
  ),
  one(
    'git-index-git',
    'the index against `git ls-files --stage`: the same entries',
    { seeds: INDEX_SEEDS, tokens: INDEX_TOKENS, mend: mendIndex },
    indexProblem,
  ),
];

function one(
  name: string,
  about: string,
  made: {
    readonly seeds: readonly Uint8Array[];
    readonly tokens: DifferentialTarget['tokens'] & object;
    readonly mend?: (input: Uint8Array) => Uint8Array;
  },
  problem: (input: Uint8Array) => string | undefined,
): DifferentialTarget {
  const { seeds, ...rest } = made;
  return {
    kind: 'differential',
    name,
    about,
    files: [],
    batch: 10,
    oneIn: 100,
    seeds: () => seeds,
    ...rest,
    compare: async (inputs) => inputs.map(problem),
  };
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

function configProblem(input: Uint8Array): string | undefined {
  const path = join(folder('config'), 'config');
  const text = decoder.decode(input);
  writeFileSync(path, input);
  const { status, stdout } = runGit(folder('config'), ['config', '--list', '-z', '-f', path]);
  const ours = attempt(() => parseConfig(text, 'test'));
  // Of a NUL git's own reader makes what it likes, and it takes a section without a name.
  if (ours === undefined) return status === 0 && !/\0|\[[ \t]+"/.test(text) ? 'git reads it, and we do not' : undefined;
  if (status !== 0) return 'git refuses it, and we do not';
  const entries = ours.map(({ name, value }) => (value === undefined ? `${name}\0` : `${name}\n${value}\0`));
  // Older versions of git make every tab in a value a space.
  const plain = (list: string): string => list.replaceAll(/[\t\r]/g, ' ');
  return plain(entries.join('')) === plain(decoder.decode(stdout)) ? undefined : 'git reads other entries';
}

function refNameProblem(input: Uint8Array): string | undefined {
  const name = textOf(input);
  // The command would take it for an option.
  if (name.startsWith('-')) return undefined;
  if (name.includes('\0') || /\p{Surrogate}/u.test(name))
    return isValidRefName(name) ? 'a name that cannot be' : undefined;
  const accepted = runGit(folder('config'), ['check-ref-format', name]).status === 0;
  return accepted === isValidRefName(name) ? undefined : `git ${accepted ? 'takes' : 'refuses'} it, and we do not`;
}

let repository: string | undefined;
let blob = '';

/** With one object: refs to others git does not list. */
function refsRepository(): string {
  if (repository === undefined) {
    repository = emptyRepository('refs');
    blob = git(repository, ['hash-object', '-w', '--stdin'], { input: 'x' });
  }
  return repository;
}

function packedRefsProblem(input: Uint8Array): string | undefined {
  const place = refsRepository();
  const bytes = bytesOf(textOf(input).replaceAll('1'.repeat(40), blob));
  writeFileSync(join(place, 'packed-refs'), bytes);
  const { status, stdout } = runGit(place, ['for-each-ref', '--format=%(refname) %(objectname)']);
  const { refs, problems } = parsePackedRefs(decoder.decode(bytes));
  // Where git gives up on the whole file, we give the refs of the good lines and name the others.
  // Notes that are not the header mean nothing to us.
  if (status !== 0) {
    const noted = /^#(?! pack-refs with:)/m.test(decoder.decode(bytes));
    return problems.length > 0 || noted ? undefined : 'git refuses it, and we see no problem';
  }
  const listed = decoder.decode(stdout).split('\n').slice(0, -1);
  for (const line of listed) {
    const name = line.slice(0, line.lastIndexOf(' '));
    // Names without a slash, or with a NUL: git reads something there, and we name the line as a problem.
    if (refs.get(name)?.oid !== line.slice(name.length + 1) && problems.length === 0)
      return 'git lists a ref that we do not have';
  }
  const names = new Set(listed.map((line) => line.slice(0, line.lastIndexOf(' '))));
  const unlisted = [...refs].find(([name, { oid }]) => oid === blob && !names.has(name));
  return unlisted === undefined ? undefined : 'we have a ref that git does not list';
}

function indexProblem(input: Uint8Array): string | undefined {
  const place = refsRepository();
  const path = join(folder('index'), 'index');
  writeFileSync(path, input);
  const { status, stdout } = runGit(place, ['ls-files', '--stage', '-z'], {
    env: { GIT_INDEX_FILE: path, GIT_WORK_TREE: folder('index') },
  });
  const index = attempt(() => parseIndex(input));
  // git checks order, modes and paths too: an index that it refuses is never ours to write.
  if (status !== 0 || index === undefined) return undefined;
  const ours = index.starts.slice(0, -1).map((start, i) => {
    const oid = Buffer.from(index.entries.subarray(start + 40, start + 60)).toString('hex');
    return `${oid} ${Buffer.from(nameOf(index, i)).toString('latin1')}`;
  });
  const theirs = Buffer.from(stdout)
    .toString('latin1')
    .split('\0')
    .slice(0, -1)
    .map((line) => line.replace(/^\d+ ([0-9a-f]{40}) \d\t/s, '$1 '));
  return ours.join('\0') === theirs.join('\0') ? undefined : 'git reads other entries';
}
