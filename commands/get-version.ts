/** What `at1 get` and `at1 model download` share: a version's files on the disk. */
import { type GetRequest, type GetResult, get } from '../src/index.js';
import type { At1Command } from './base.js';
import { openRegistry } from './open.js';
import { formatBytes, plural } from './print.js';
import { following } from './progress.js';
import { noteStanding, shellWord, shortDigest, signedBy } from './version-text.js';

export async function getVersion(
  command: At1Command,
  request: Pick<GetRequest, 'ref' | 'out' | 'as' | 'force' | 'allowRevoked'> & { readonly at?: string | undefined },
): Promise<GetResult> {
  const { at, ...wanted } = request;
  const registry = await openRegistry(command, { at });
  const progress = command.progress(`get ${request.ref}`);
  const { cwd } = command.environment;
  const result = await get(registry, { ...wanted, cwd, onProgress: following(progress) });
  progress.done();
  noteStanding(command, result);
  const files = result.files === 1 ? '' : `${plural(result.files, 'file')}, `;
  command.log([
    `${command.paint.green('wrote')} ${result.path}`,
    `${result.ref}, ${files}${formatBytes(result.size)}, content ${shortDigest(result.content)}, signed by ${signedBy(result.signers)}`,
  ]);
  command.next(`at1 identify ${shellWord(result.path)}`);
  return result;
}
