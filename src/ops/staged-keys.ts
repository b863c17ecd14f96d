/** Private keys among what is about to be committed: once a commit has one, whoever gets a copy has it for good. */
import { resolve } from 'node:path';
import { fromLatin1 } from '../bytes/text.js';
import { holdsPrivateKey } from '../checks/check-secrets.js';
import { At1Error } from '../errors.js';
import { GitReader } from '../git/reader.js';
import { openRepository } from '../git/repository.js';
import { runGitIn } from '../git/run-git.js';
import { isOid } from '../git-format/oid.js';
import { type Finding, finding } from '../registry/finding.js';
import { defaultEnvironment, type Environment, repositoryOptions } from './environment.js';

export interface StagedKeysOptions {
  readonly dir: string;
  /** The index of the commit that is being made, where it is not the repository's own. */
  readonly indexFile?: string | undefined;
  readonly environment?: Partial<Environment> | undefined;
}

export interface StagedKeysResult {
  readonly ok: boolean;
  /** Files that were looked into. */
  readonly checked: number;
  readonly findings: readonly Finding[];
}

/** Keys are small; what is larger is no key, and may be a model. */
const SIZE_LIMIT = 1024 * 1024;

/** Asks git what is staged, because only git knows every form an index can have. Throws `capability/missing`, `git/*`. */
export async function stagedKeys(options: StagedKeysOptions): Promise<StagedKeysResult> {
  const environment = defaultEnvironment(options.environment);
  const repository = await openRepository(resolve(options.dir), repositoryOptions(environment));
  const program = { path: environment.git, environment: environment.variables };
  const args = ['diff', '--cached', '--raw', '-z', '--no-renames', '--no-abbrev', '--diff-filter=AMT', '--no-ext-diff'];
  const { code, stdout, stderr } = await runGitIn(program, repository, args, { indexFile: options.indexFile });
  if (code !== 0) {
    throw new At1Error('git/command-failed', { message: 'git cannot tell what is staged', facts: { stderr } });
  }
  const reader = new GitReader(repository);
  const findings: Finding[] = [];
  let checked = 0;
  try {
    for (const { path, oid } of parseRaw(stdout)) {
      const size = reader.blobSize(oid);
      if (size === undefined || size > SIZE_LIMIT) continue;
      checked++;
      if (!holdsPrivateKey(fromLatin1((await reader.read(oid)).bytes))) continue;
      const hint = `git restore --staged -- the file, and keep it elsewhere; if it is meant, such as a key for tests: git commit --no-verify`;
      findings.push(finding('error', 'key/exposed', path, 'a private key is about to be committed', hint));
    }
  } finally {
    reader.close();
  }
  return { ok: findings.length === 0, checked, findings };
}

/** `:100644 100644 <old> <new> M`, the path, each ended by a zero byte. */
function* parseRaw(text: string) {
  const fields = text.split('\0');
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [, mode = '', , oid = ''] = (fields[i] as string).split(' ');
    if (mode.startsWith('100') && isOid(oid)) yield { path: fields[i + 1] as string, oid };
  }
}
