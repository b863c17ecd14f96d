/** Events and evidence in registries made by hand: what an honest writer signs, and whatever an attacker says instead. */
import { digestOf, formatDigest } from '../../src/digest/digest.js';
import type { Oid } from '../../src/git-format/oid.js';
import type { FoldResult } from '../../src/history/fold.js';
import type { EventRow, EvidenceRow } from '../../src/history/registry-state.js';
import { readManifest, writeEvent, writeEvidence } from '../../src/manifest/documents.js';
import type { EventDocument, EvidenceDocument } from '../../src/manifest/generated/types.js';
import {
  eventPath,
  evidencePath,
  manifestPath,
  POLICY_PATH,
  signaturePathOf,
} from '../../src/manifest/layout-of-registry.js';
import { type LaneName, parseKind, parseName, parsePrincipalName } from '../../src/manifest/name.js';
import { parseReference } from '../../src/manifest/reference.js';
import { ana, type Changes, type HistoryBuilder, type Key, type NewFile, REGISTRY } from './registry-fixture.js';

export interface EventOptions {
  readonly lane?: string | undefined;
  readonly from?: string | undefined;
  /** Who signs; default the actor alone. */
  readonly keys?: readonly Key[] | undefined;
  readonly seq?: number | undefined;
  /** What the event says instead. */
  readonly edit?: ((honest: EventDocument) => EventDocument) | undefined;
}

const LANES: Readonly<Record<string, string>> = {
  deprecate: 'lifecycle',
  yank: 'lifecycle',
  revoke: 'lifecycle',
  restore: 'lifecycle',
};

/** The files of an event about a version, as somebody writes it who sees this commit. */
export async function eventFiles(
  b: HistoryBuilder,
  after: Oid,
  action: EventDocument['action'],
  ref: string,
  options: EventOptions = {},
): Promise<Record<string, NewFile>> {
  const { kind, name, selector } = parseReference(ref);
  if (kind === undefined || selector.kind !== 'exact') throw new Error(`not a version: ${ref}`);
  const lane = (options.lane ?? LANES[action] ?? 'staging') as LaneName;
  const manifest = b.bytesAt(after, manifestPath(kind, name, selector.version));
  const folder = eventPath(kind, name, lane, 1).slice(0, -'/0001.toml'.length);
  const seq =
    options.seq ?? Object.keys(b.filesBelow(after, folder)).filter((path) => path.endsWith('.toml')).length + 1;
  const before = eventPath(kind, name, lane, seq - 1);
  const [actor = ana] = options.keys ?? [];
  const honest: EventDocument = {
    registry: REGISTRY,
    kind: parseKind(kind),
    name: parseName(name),
    lane,
    seq,
    ...(seq === 1 ? {} : { previous: formatDigest(digestOf(b.engines.sha256(b.bytesAt(after, before)))) }),
    action,
    version: selector.version,
    manifest: formatDigest(digestOf(b.engines.sha256(manifest))),
    content: formatDigest(readManifest(manifest, b.engines).content),
    policy: formatDigest(digestOf(b.engines.sha256(b.bytesAt(after, POLICY_PATH)))),
    ...(action === 'promote' || action === 'rollback' ? { from: options.from ?? 'development' } : {}),
    actor: actor.name,
    printed: actor.name,
    created: '2026-03-05T00:00:00Z',
    meaning: 'approval',
  };
  const bytes = writeEvent(options.edit?.(honest) ?? honest);
  const path = eventPath(kind, name, lane, seq);
  return { [path]: bytes, ...(await signatures(b, path, 'at1-event', bytes, options.keys ?? [ana])) };
}

async function signatures(
  b: HistoryBuilder,
  path: string,
  namespace: 'at1-event' | 'at1-evidence',
  bytes: Uint8Array,
  keys: readonly Key[],
): Promise<Record<string, NewFile>> {
  const files: Record<string, NewFile> = {};
  for (const key of keys)
    files[signaturePathOf(path, parsePrincipalName(key.name))] = await b.sign(key, namespace, bytes);
  return files;
}

/** More signatures under an event or evidence that is there. */
export function signedToo(b: HistoryBuilder, after: Oid, path: string, keys: readonly Key[]): Promise<Changes> {
  const namespace = path.startsWith('evidence/') ? 'at1-evidence' : 'at1-event';
  return signatures(b, path, namespace, b.bytesAt(after, path), keys);
}

let made = 0;

/** The files of a piece of evidence about a version. */
export async function evidenceFiles(
  b: HistoryBuilder,
  after: Oid,
  ref: string,
  said: Partial<EvidenceDocument> = {},
  keys: readonly Key[] = [ana],
): Promise<Record<string, NewFile>> {
  const { kind, name, selector } = parseReference(ref);
  if (kind === undefined || selector.kind !== 'exact') throw new Error(`not a version: ${ref}`);
  const { content } = readManifest(b.bytesAt(after, manifestPath(kind, name, selector.version)), b.engines);
  const id = said.id ?? `01JZ00000000000000000${String(made++).padStart(5, '0')}`;
  const [actor = ana] = keys;
  const bytes = writeEvidence({
    registry: REGISTRY,
    id,
    content: formatDigest(content),
    policy: formatDigest(digestOf(b.engines.sha256(b.bytesAt(after, POLICY_PATH)))),
    type: 'eval',
    actor: actor.name,
    printed: actor.name,
    created: '2026-03-04T12:00:00Z',
    meaning: 'review',
    ...said,
  });
  const path = evidencePath(content, id);
  return { [path]: bytes, ...(await signatures(b, path, 'at1-evidence', bytes, keys)) };
}

export function eventOf({ state }: FoldResult, path: string): EventRow {
  const row = state.events.get(path);
  if (row === undefined) throw new Error(`no event ${path}`);
  return row;
}

export function onlyEvidence({ state }: FoldResult): EvidenceRow {
  const [row, ...more] = state.evidence.values();
  if (row === undefined || more.length > 0) throw new Error(`${state.evidence.size} pieces of evidence`);
  return row;
}

/** What took effect, in order: `production 1.0.0`. */
export function effects({ state }: FoldResult): string[] {
  const rows = [...state.events.values()].filter(({ order }) => order !== null);
  rows.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return rows.map(({ lane, action, version }) => `${lane}${lane === 'lifecycle' ? ` ${action}` : ''} ${version}`);
}
