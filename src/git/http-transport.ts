/** Push and fetch over http(s) without a git binary: the one place that uses isomorphic-git, which is loaded when needed. */
import { join } from 'node:path';
import { At1Error } from '../errors.js';
import { guardedFs } from './guarded-fs.js';
import { Refs } from './refs.js';
import type { Repository } from './repository.js';
import type { PushedRef, TransportOptions } from './transport.js';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Asked when the server wants to know who we are; undefined gives up. */
export type HttpAuth = (url: string) => Promise<Credentials | undefined>;

interface Remote {
  readonly url: string;
  /** Undefined where a bare URL was given. */
  readonly name: string | undefined;
}

export async function httpPush(
  repository: Repository,
  refs: readonly string[],
  options: TransportOptions,
): Promise<PushedRef[]> {
  const remote = findRemote(repository, options.remote, 'pushurl');
  const { git, common } = await load(repository, remote, options);
  const known = await guarded(options.remote, () =>
    git.listServerRefs({
      http: common.http,
      url: remote.url,
      onAuth: common.onAuth,
      onAuthFailure: cancelled,
      protocolVersion: 1,
      forPush: true,
    }),
  );
  const before = new Map(known.map(({ ref, oid }) => [ref, oid]));
  const local = new Refs(repository);
  const pushed: PushedRef[] = [];
  // The branch first: tags must not arrive before what they point to has landed.
  for (const ref of [...refs].sort((a, b) => Number(a.startsWith('refs/tags/')) - Number(b.startsWith('refs/tags/')))) {
    const oid = local.resolve(ref);
    if (oid === undefined) throw new At1Error('git/ref-invalid', { message: `there is no ${ref}`, facts: { ref } });
    if (before.get(ref) === oid) {
      pushed.push({ ref, status: 'up-to-date' });
      continue;
    }
    const result = await guarded(options.remote, () =>
      git.push({
        ...common,
        ref,
        remoteRef: ref,
        force: false,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      }),
    );
    const error = result.refs[ref]?.error ?? result.error;
    if (!result.ok || result.refs[ref]?.ok === false) throw refusal(options.remote, ref, error ?? 'no reason given');
    pushed.push({ ref, status: before.has(ref) ? 'updated' : 'new' });
  }
  return pushed;
}

export async function httpFetch(repository: Repository, options: TransportOptions): Promise<void> {
  const remote = findRemote(repository, options.remote, 'url');
  const { git, common } = await load(repository, remote, options);
  await guarded(options.remote, () => git.fetch({ ...common, tags: true, singleBranch: false }));
}

export async function httpRemoteTags(repository: Repository, options: TransportOptions): Promise<string[]> {
  const remote = findRemote(repository, options.remote, 'url');
  const { git, common } = await load(repository, remote, options);
  const { http, url, onAuth, onAuthFailure } = common;
  const known = await guarded(options.remote, () =>
    git.listServerRefs({ http, url, onAuth, onAuthFailure, protocolVersion: 1 }),
  );
  return known.map(({ ref }) => ref).filter((ref) => ref.startsWith('refs/tags/') && !ref.endsWith('^{}'));
}

async function load(repository: Repository, remote: Remote, options: TransportOptions) {
  const [{ default: git }, { default: http }] = await Promise.all([
    import('isomorphic-git'),
    import('isomorphic-git/http/node'),
  ]);
  const onAuth = async (url: string) => (await options.auth?.(url)) ?? { cancel: true };
  const common = {
    fs: guardedFs(repository.commonDir),
    http,
    gitdir: repository.commonDir,
    // isomorphic-git looks for a work tree only to find the git folder, which is given.
    dir: repository.workTree ?? join(repository.commonDir, '..'),
    url: remote.url,
    ...(remote.name === undefined ? {} : { remote: remote.name }),
    onAuth,
    onAuthFailure: cancelled,
  };
  return { git, common };
}

function cancelled() {
  return { cancel: true };
}

function findRemote(repository: Repository, given: string, key: 'url' | 'pushurl'): Remote {
  const { config } = repository;
  const configured =
    (key === 'pushurl' ? config.get(`remote.${given}.pushurl`) : undefined) ?? config.get(`remote.${given}.url`);
  const url = configured ?? given;
  if (/^https?:\/\//i.test(url)) return { url, name: configured === undefined ? undefined : given };
  throw new At1Error('capability/missing', {
    message: `without the git binary only http(s) remotes can be reached, not ${given}`,
    facts: { remote: given },
    hint: 'install git, or give the remote an https URL',
  });
}

async function guarded<T>(remote: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof At1Error) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'PushRejectedError') throw outdated(remote, error);
    const result = code === 'GitPushError' ? pushErrors(error) : undefined;
    if (result !== undefined && isOutdated(result)) throw outdated(remote, error);
    throw new At1Error('remote/failed', {
      message: `the remote could not be reached or refused: ${code}`,
      facts: { remote, reason: code, status: statusOf(error), ...(result === undefined ? {} : { rejected: [result] }) },
      hint:
        code === 'UserCanceledError' ? 'give a user name and a password or token' : 'check the address and the network',
      cause: error,
    });
  }
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('statusCode' in data)) return null;
  return typeof data.statusCode === 'number' ? data.statusCode : null;
}

function pushErrors(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isOutdated(text: string): boolean {
  return /fetch first|non-fast-forward|failed to update ref|cannot lock ref|incorrect old value|already exists/.test(
    text,
  );
}

function refusal(remote: string, ref: string, why: string): At1Error {
  if (isOutdated(why)) return outdated(remote, undefined);
  return new At1Error('remote/failed', {
    message: `the remote refused ${ref}`,
    facts: { remote, rejected: [`${ref}: ${why}`] },
  });
}

function outdated(remote: string, cause: unknown): At1Error {
  return new At1Error('remote/outdated', {
    message: 'the remote has changes that are not here',
    facts: { remote },
    hint: 'get them first: `at1 pull`',
    cause,
  });
}
