/** Makes an empty repository as `git init` does, without hooks and samples. HEAD comes last: before it, it is none. */

import { join, resolve } from 'node:path';
import { utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { createExclusive, discard, removeIfThere, replaceFile } from '../files/durable-file.js';
import { ioError } from '../files/io-error.js';
import { chmodSync, mkdir, statSync } from '../files/node-fs.js';
import { isValidBranchName } from '../git-format/ref-name.js';
import { type OpenOptions, openRepository, type Repository } from './repository.js';

const FOLDERS = ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'info'];

/**
 * The repository in `dir` (made if needed) with an unborn `branch`. One that is there already is opened unchanged,
 * as `git init` does. Throws `usage/name`, `git/unsupported`, `io/…`.
 */
export async function initRepository(dir: string, branch: string, options: OpenOptions = {}): Promise<Repository> {
  if (!isValidBranchName(branch)) {
    throw new At1Error('usage/name', { message: `not a branch name: '${branch}'`, facts: { branch } });
  }
  const gitDir = join(resolve(dir), '.git');
  if (!isThere(join(gitDir, 'HEAD'))) {
    try {
      for (const folder of FOLDERS) await mkdir(join(gitDir, folder), { recursive: true });
    } catch (error) {
      throw ioError('write', gitDir, error);
    }
    await replaceFile(join(gitDir, 'config'), utf8(await configText(gitDir)));
    await replaceFile(join(gitDir, 'HEAD'), utf8(`ref: refs/heads/${branch}\n`));
  }
  return await openRepository(dir, options);
}

/** What git finds out about the file system at `git init`, it trusts for ever. */
async function configText(gitDir: string): Promise<string> {
  const probe = join(gitDir, 'config.probe');
  await removeIfThere(probe);
  try {
    await (await createExclusive(probe, 0o644)).close();
    const lines = [
      '[core]',
      'repositoryformatversion = 0',
      `filemode = ${keepsModes(probe)}`,
      'bare = false',
      'logallrefupdates = true',
    ];
    if (isThere(join(gitDir, 'CONFIG.PROBE'))) lines.push('ignorecase = true');
    return `${lines.join('\n\t')}\n`;
  } catch (error) {
    throw ioError('write', probe, error);
  } finally {
    await discard(probe);
  }
}

function keepsModes(path: string): boolean {
  const before = statSync(path).mode;
  chmodSync(path, before ^ 0o100);
  return ((statSync(path).mode ^ before) & 0o100) !== 0;
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
