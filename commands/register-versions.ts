/** What `at1 register` and `at1 model register` share: registering, and telling what came of it. */
import {
  At1Error,
  landsAtOnce,
  PUSH_WARNING,
  type RegisterOptions,
  type RegisterRequest,
  type RegisterResult,
  type Registry,
  registerAll,
} from '../src/index.js';
import type { At1Command } from './base.js';
import { stillNeeded } from './gate/words.js';
import { openRegistry } from './open.js';
import { formatBytes, plural } from './print.js';
import { following } from './progress.js';
import { type BatchLine, withLine } from './register-batch.js';
import { shortDigest } from './version-text.js';

export interface RegisterFlags extends Pick<RegisterOptions, 'message' | 'commit' | 'forceSize' | 'threads'> {
  readonly key?: string | undefined;
}

export async function registerVersions(
  command: At1Command,
  requests: readonly RegisterRequest[],
  flags: RegisterFlags = {},
): Promise<RegisterResult[]> {
  const registry = await openRegistry(command, { key: flags.key });
  const progress = command.progress('register');
  const results = await registerAll(registry, requests, { ...flags, onProgress: following(progress) });
  progress.done();
  for (const [index, result] of results.entries()) {
    if (!isNamed(requests[index]?.ref, result.ref)) command.log(`chosen: ${result.ref.replace('@', ' ')}`);
    command.log(lines(command, result));
    const { twin } = result;
    const stored = result.objects.some((object) => !object.reused);
    if (twin !== null && result.state === 'registered' && !stored)
      command.note(`these bytes are ${twin} already: nothing was stored twice`);
  }
  sayNext(command, registry, results);
  return results;
}

function isNamed(given: string | undefined, ref: string): boolean {
  return given?.replace(/^pacha:\/\//, '').replace(/:(?=\d)/, '@') === ref;
}

const WORDS = {
  registered: 'registered',
  unchanged: 'unchanged, registered before with the same bytes:',
  written: 'written, not committed:',
} as const;

function lines({ paint }: At1Command, result: RegisterResult): string[] {
  const { files, objects, size, stored, tag, commit, signer, waits } = result;
  const reused = objects.filter((object) => object.reused).length;
  const fresh = `${plural(objects.length - reused, 'new object')}${reused === 0 ? '' : `, ${reused} reused`}`;
  const held = result.state === 'unchanged' ? '' : `, stored in ${formatBytes(stored)} (${fresh})`;
  const where = commit === null ? '' : `, commit ${shortDigest(commit)}`;
  return [
    `${paint.green(WORDS[result.state])} ${paint.bold(result.ref)}`,
    `  ${plural(files.length, 'file')}, ${formatBytes(size)}${held}`,
    `  content ${shortDigest(result.content)}, signed by ${signer}${where}${tag === null ? '' : `, tag ${tag}`}`,
    ...(waits === null ? [] : [`  ${paint.yellow('waits')}, ${waits.have} of ${waits.needs}: ${stillNeeded(waits)}`]),
  ];
}

/** A version that is committed and has no tag waits for its remote, where there is one. */
function sayNext(command: At1Command, registry: Registry, results: readonly RegisterResult[]): void {
  const stored = results.reduce((sum, result) => sum + result.stored, 0);
  const unpushed = !landsAtOnce(registry) && results.some((result) => result.commit !== null && result.tag === null);
  const lacking = results.find(({ waits }) => waits !== null);
  if (unpushed && stored > 0) command.log(`the next push sends ${formatBytes(stored)} of new objects`);
  if (stored > PUSH_WARNING) {
    command.note(
      `${command.paint.yellow('warning:')} ${formatBytes(stored)} is a lot for one push: forges limit what they take`,
    );
  }
  const written = results.filter((result) => result.state === 'written').map(({ ref }) => ref.replace(/@.*/, ''));
  // From the registry's folder; whatever else is changed there stays out.
  if (written.length > 0) command.next(`git add objects ${written.join(' ')} && git commit`);
  else if (lacking !== undefined) {
    const branch = registry.refs.head().ref?.slice('refs/heads/'.length) ?? 'BRANCH';
    if (branch === registry.config.branch) command.next(`others sign with at1 approve ${lacking.manifest.path}`);
    else command.next(`git push -u origin ${branch}; others sign with at1 approve ${branch}`);
  } else command.next(unpushed ? 'at1 push' : `at1 show ${results[0]?.ref}`);
}

export async function registerBatch(
  command: At1Command,
  batch: readonly BatchLine[],
  flags: RegisterFlags & Pick<RegisterRequest, 'level' | 'from'>,
): Promise<RegisterResult[]> {
  const { level, from, ...options } = flags;
  try {
    return await registerVersions(
      command,
      batch.map(({ request }) => ({ ...request, level, from })),
      options,
    );
  } catch (error) {
    const at = error instanceof At1Error ? error.facts.request : undefined;
    throw withLine(error, typeof at === 'number' ? batch[at]?.line : undefined);
  }
}
