/**
 * `attest`: signed evidence about a content digest, whether it is registered or not: what was measured, scanned or
 * decided, by whom and against what.
 */
import { basename, resolve } from 'node:path';
import { ulid } from 'ulid';
import { compareText, utf8 } from '../bytes/text.js';
import { type Digest, formatDigest, parseDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { existsSync } from '../files/node-fs.js';
import { attestMessage } from '../history/message.js';
import { writeEvidence } from '../manifest/documents.js';
import type { EvidenceDocument, EvidenceFile } from '../manifest/generated/types.js';
import { evidencePath, signaturePathOf } from '../manifest/layout-of-registry.js';
import { parseLaneName } from '../manifest/name.js';
import { parseReference } from '../manifest/reference.js';
import { parseRelPath } from '../manifest/rel-path.js';
import { formatTimestamp } from '../manifest/timestamp.js';
import { scanInput } from '../store/scan-input.js';
import { commitChanges } from './commit-changes.js';
import { evidenceAbout, type ShownEvidence } from './evidence-about.js';
import { contentOf } from './hash-input.js';
import { loadState } from './load-state.js';
import { onNewestHead } from './on-newest-head.js';
import type { Registry } from './open-registry.js';
import { openPrincipalSigner, personOf } from './open-signer.js';
import { parseExpiry } from './prepare-events.js';
import { refuseReadOnly } from './refuse-read-only.js';
import { refuseUnreadablePolicy } from './refuse-unreadable.js';
import { withRegistryLock } from './registry-lock.js';
import { resolveVersion } from './resolve-version.js';
import { loadTrustedState } from './trusted-state.js';

export interface AttestRequest {
  /** A version, `sha256:…`, or a path: what it is about. */
  readonly what: string;
  /** `eval`, `scan`, `approval`, or another word. */
  readonly type: string;
  readonly result?: 'pass' | 'fail' | undefined;
  readonly metrics?: Readonly<Record<string, number>> | undefined;
  /** A version, `sha256:…` or a path: what it was measured against. */
  readonly suite?: string | undefined;
  /** Reports whose digests go into it. */
  readonly files?: readonly string[] | undefined;
  readonly expires?: string | undefined;
  readonly reason?: string | undefined;
  readonly meaning?: EvidenceDocument['meaning'] | undefined;
  /** For paths. */
  readonly cwd?: string | undefined;
}

export interface AttestResult {
  readonly path: string;
  readonly content: string;
  readonly type: string;
  readonly by: string;
  /** Versions that have this content by now. */
  readonly versions: readonly string[];
  readonly commit: string;
}

/** Throws `artifact/*`, `usage/*`, `key/*`, `signature/unknown-key`, `io/*`, `git/*`. */
export async function attest(registry: Registry, request: AttestRequest): Promise<AttestResult> {
  refuseReadOnly(registry);
  const cwd = request.cwd ?? '.';
  const type = parseLaneName(request.type);
  const expires = parseExpiry(request.expires);
  const content = await digestMeant(registry, request.what, cwd);
  const suite = request.suite === undefined ? undefined : await digestMeant(registry, request.suite, cwd);
  const files = await filesOf(request.files ?? [], cwd, registry);
  return withRegistryLock(registry, () =>
    onNewestHead(registry, (now) => attestOnce(now, { ...request, type, expires, content, suite, files })),
  );
}

interface Said extends Omit<AttestRequest, 'suite' | 'files'> {
  readonly content: Digest;
  readonly suite: Digest | undefined;
  readonly files: readonly EvidenceFile[];
}

async function attestOnce(registry: Registry, said: Said): Promise<AttestResult> {
  const { state, policy } = await loadState(registry);
  refuseUnreadablePolicy(state);
  const { environment, repository, engines } = registry;
  const signer = await openPrincipalSigner(environment, repository.config, engines, policy);
  const now = environment.now();
  const { content, suite, files, metrics = {}, result, expires, reason, type } = said;
  const document = {
    registry: state.registry,
    content: formatDigest(content),
    policy: formatDigest(policy.digest),
    type,
    ...(result === undefined ? {} : { result }),
    ...(suite === undefined ? {} : { suite: formatDigest(suite) }),
    ...(Object.keys(metrics).length === 0 ? {} : { metrics }),
    ...(files.length === 0 ? {} : { files }),
    actor: signer.principal,
    printed: policy.policy.principals.get(signer.principal)?.printedName ?? signer.principal,
    created: formatTimestamp(Math.floor(now.getTime() / 1000)),
    ...(expires === undefined ? {} : { expires }),
    meaning: said.meaning ?? (type === 'approval' ? ('approval' as const) : ('review' as const)),
    ...(reason === undefined ? {} : { reason }),
  };
  const id = idOf(document, now, engines);
  const bytes = writeEvidence({ ...document, id });
  const path = evidencePath(content, id);
  const versions = [...state.versions.values()].filter((row) => row.content === content);
  const names = versions.map((row) => `${row.kind}/${row.name}@${row.version}`);
  const { commit } = await commitChanges(registry, {
    files: new Map([
      [path, bytes],
      [signaturePathOf(path, signer.principal), utf8(await signer.sign('at1-evidence', bytes))],
    ]),
    objects: [],
    message: attestMessage(type, names[0] ?? formatDigest(content), formatDigest(content)),
    author: personOf(environment, repository.config, signer.principal),
    signer,
  });
  return { path, content: formatDigest(content), type, by: signer.principal, versions: names, commit };
}

/** A ULID whose random part is the digest of what is said: a run that was stopped and given again writes the same file. */
function idOf(said: object, now: Date, { sha256 }: Pick<Engines, 'sha256'>): string {
  const digest = sha256(utf8(JSON.stringify(said)));
  let at = 0;
  return ulid(now.getTime(), () => (digest[at++ % digest.length] ?? 0) / 256);
}

/** `sha256:…` is a digest, a reference that resolves its content, and what is a file or folder that of its bytes. */
async function digestMeant(registry: Registry, what: string, cwd: string): Promise<Digest> {
  if (what.startsWith('sha256:')) return parseDigest(what);
  try {
    const { kind, name } = parseReference(what);
    const { state, now } = await loadTrustedState(registry);
    const known = [...state.versions.values()].some((row) => row.name === name && (kind ?? row.kind) === row.kind);
    if (known || !existsSync(resolve(cwd, what))) return resolveVersion(state, what, { now }).row.content;
  } catch (error) {
    if (!(error instanceof At1Error) || !error.code.startsWith('usage/')) throw error;
  }
  return contentOf(await scanInput([what], { cwd }), registry.engines);
}

async function filesOf(paths: readonly string[], cwd: string, registry: Registry): Promise<EvidenceFile[]> {
  const files: EvidenceFile[] = [];
  for (const path of paths) {
    const input = await scanInput([path], { cwd });
    const [file] = input.files;
    if (input.form !== 'file' || file === undefined) {
      throw new At1Error('usage/path', { message: `${path} is not a file`, hint: 'name reports one by one' });
    }
    const sha256 = await contentOf(input, registry.engines);
    files.push({ path: parseRelPath(basename(path)), size: file.size, sha256 });
  }
  files.sort((a, b) => compareText(a.path, b.path));
  const twice = files.find((file, i) => files[i + 1]?.path === file.path);
  if (twice === undefined) return files;
  throw new At1Error('usage/path', { message: `two reports are called ${twice.path}`, hint: 'rename one of them' });
}

export interface EvidenceResult {
  readonly content: string;
  readonly versions: readonly string[];
  readonly evidence: readonly ShownEvidence[];
}

/** What is known about a version, a digest or a path; `type` keeps only that kind. */
export async function listEvidence(
  registry: Registry,
  request: { readonly what: string; readonly type?: string | undefined; readonly cwd?: string | undefined },
): Promise<EvidenceResult> {
  const { state } = await loadTrustedState(registry);
  const content = await digestMeant(registry, request.what, request.cwd ?? '.');
  const versions = [...state.versions.values()].filter((row) => row.content === content);
  const evidence = evidenceAbout(state, content).filter(
    ({ type }) => request.type === undefined || type === request.type,
  );
  return {
    content: formatDigest(content),
    versions: versions.map((row) => `${row.kind}/${row.name}@${row.version}`),
    evidence,
  };
}
