/** Hooks of git that call at1: written where there is none, removed where they are ours to the letter, else left alone. */
import { join, resolve } from 'node:path';
import { equalBytes, utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { existsSync, realpathSync } from '../files/node-fs.js';
import { openRepository, type Repository } from '../git/repository.js';
import { runGitIn } from '../git/run-git.js';
import { removeFile, writeAtomic } from '../store/atomic.js';
import { readFileBounded } from '../store/read-file.js';
import { pathInside } from '../store/root.js';
import { defaultEnvironment, type Environment, repositoryOptions } from './environment.js';

export interface HookOptions {
  /** A folder in the repository. */
  readonly dir: string;
  readonly environment?: Partial<Environment> | undefined;
}

export interface HookFile {
  readonly name: 'pre-commit' | 'pre-push' | 'pre-receive';
  readonly path: string;
  /** `kept`: there is a hook that is not ours, or was changed. */
  readonly state: 'written' | 'present' | 'removed' | 'absent' | 'kept';
}

export interface HookResult {
  readonly hooks: readonly HookFile[];
}

const LIMIT = 1024 * 1024;

/** A bare repository gets the hook of a server, any other those of a person. Throws `git/unsupported`, `io/*`. */
export async function installHooks(options: HookOptions): Promise<HookResult> {
  return eachHook(options, async (name, path, found) => {
    if (found !== undefined) return found;
    try {
      await writeAtomic(path, utf8(script(name)), { mode: 0o777, exclusive: true, parents: true });
      return 'written';
    } catch (error) {
      // Somebody was quicker; theirs stays.
      if (error instanceof At1Error && error.code === 'output/exists') return 'kept';
      throw error;
    }
  });
}

export async function uninstallHooks(options: HookOptions): Promise<HookResult> {
  return eachHook(options, async (_name, path, found) => {
    if (found === undefined) return 'absent';
    if (found === 'kept') return 'kept';
    await removeFile(path);
    return 'removed';
  });
}

type Found = 'present' | 'kept' | undefined;

async function eachHook(
  options: HookOptions,
  work: (name: HookFile['name'], path: string, found: Found) => Promise<HookFile['state']>,
): Promise<HookResult> {
  const environment = defaultEnvironment(options.environment);
  const repository = await openRepository(resolve(options.dir), repositoryOptions(environment));
  const { bare, commonDir } = repository;
  const names: readonly HookFile['name'][] = bare ? ['pre-receive'] : ['pre-commit', 'pre-push'];
  const other = await hooksFolder(repository);
  if (other !== join(commonDir, 'hooks')) {
    throw new At1Error('git/unsupported', {
      message: `git takes the hooks of this repository from ${other}`,
      hint: `call ${names.map((name) => `at1 hook ${name}`).join(' and ')} in the hooks that are there`,
      facts: { path: other },
    });
  }
  const hooks: HookFile[] = [];
  for (const name of names) {
    const path = await pathInside(commonDir, `hooks/${name}`);
    const bytes = await readFileBounded(path, LIMIT);
    const found = bytes === undefined ? undefined : equalBytes(bytes, utf8(script(name))) ? 'present' : 'kept';
    hooks.push({ name, path, state: await work(name, path, found) });
  }
  return { hooks };
}

/** Where git takes hooks from: it may be told so in files and variables that only it knows. */
async function hooksFolder(repository: Repository): Promise<string> {
  const { git, gitDir, workTree } = repository;
  if (git === undefined) throw new At1Error('capability/missing', { message: 'no git program is known' });
  const { code, stdout, stderr } = await runGitIn(git, repository, ['rev-parse', '--git-path', 'hooks']);
  if (code !== 0) {
    throw new At1Error('git/unsupported', { message: `git does not say where hooks belong: ${stderr.trim()}` });
  }
  const folder = resolve(workTree ?? gitDir, stdout.replace(/\r?\n$/, ''));
  // Through a link or not: it is the folder that counts.
  return existsSync(folder) ? realpathSync(folder) : folder;
}

/** A hook that finds no at1 refuses: a check that is silently left out is worse than none. */
function script(name: HookFile['name']): string {
  return [
    '#!/bin/sh',
    '# Written by `at1 hook install`, and removed by `at1 hook uninstall` as long as nobody changes it.',
    'if ! command -v at1 > /dev/null 2>&1; then',
    `  echo 'at1 is not on the PATH, so nobody judged this (hook ${name})' >&2`,
    '  exit 1',
    'fi',
    '# git tells which repository this is about.',
    'unset AT1_REGISTRY',
    `exec at1 hook ${name}`,
    '',
  ].join('\n');
}
