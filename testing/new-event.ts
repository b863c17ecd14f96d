/**
 * One more event or piece of evidence, honest but for what the attacker edits: its fields before it is written, or its
 * finished text. Signed after that, by whoever you name; `unsigned` edits what was signed already.
 */
import { digestOf, formatDigest } from '../src/digest/digest.js';
import type { Oid } from '../src/git-format/oid.js';
import { readManifest, writeEvent, writeEvidence } from '../src/manifest/documents.js';
import type { EventDocument, EvidenceDocument } from '../src/manifest/generated/types.js';
import { eventPath, evidencePath, POLICY_PATH, signaturePathOf } from '../src/manifest/layout-of-registry.js';
import { parseLaneName, parseName, parsePrincipalName } from '../src/manifest/name.js';
import { parseReference } from '../src/manifest/reference.js';
import type { Namespace } from '../src/signing/sshsig.js';
import type { Forge, NewFile } from './forge.js';
import type { TestKey } from './keys.js';

/** What the evidence in the healthy registry was measured against, and what its policy asks for. */
export const SUITE = `sha256:${'5'.repeat(64)}`;

interface Said<Document> {
  /** The commit on which it is made; default what is checked out. */
  readonly at?: Oid | undefined;
  /** Who signs; the first one is the actor. */
  readonly keys?: readonly TestKey[] | undefined;
  readonly edit?: ((honest: Document) => Document) | undefined;
  /** What the file says instead of the canonical text. */
  readonly text?: ((canonical: string) => string) | undefined;
  /** What becomes of the text after it was signed. */
  readonly unsigned?: ((signed: string) => string) | undefined;
  /** Where it lies; default where it belongs. */
  readonly path?: string | undefined;
  readonly namespace?: Namespace | undefined;
}

export interface NewEvent extends Said<EventDocument> {
  readonly lane?: string | undefined;
  /** Default development. */
  readonly from?: string | undefined;
  /** Default the next one in its lane. */
  readonly seq?: number | undefined;
}

const LIFECYCLE: ReadonlySet<string> = new Set(['deprecate', 'yank', 'revoke', 'restore']);

/** Event and signatures, as changes for a commit. */
export async function newEvent(
  forge: Forge,
  action: EventDocument['action'],
  ref: string,
  options: NewEvent = {},
): Promise<Record<string, NewFile>> {
  const { kind, name, selector } = parseReference(ref);
  if (kind === undefined || selector.kind !== 'exact') throw new Error(`not a version: ${ref}`);
  const { at, keys = [forge.keys.ana], from = 'development' } = options;
  const lane = parseLaneName(options.lane ?? (LIFECYCLE.has(action) ? 'lifecycle' : 'staging'));
  const folder = eventPath(kind, name, lane, 1).slice(0, -'0001.toml'.length);
  const there = [...forge.filesAt(at ?? forge.head()).keys()].filter((path) => path.startsWith(folder));
  const seq = options.seq ?? there.filter((path) => path.endsWith('.toml')).length + 1;
  const read = (path: string) => (at === undefined ? forge.read(path) : forge.blob(path, at));
  const sha256 = (bytes: Uint8Array) => formatDigest(digestOf(forge.engines.sha256(bytes)));
  const manifest = read(forge.manifestPath(ref));
  const actor = keys[0] ?? forge.keys.ana;
  const honest: EventDocument = {
    registry: forge.registryId(),
    kind,
    name: parseName(name),
    lane,
    seq,
    ...(seq === 1 ? {} : { previous: sha256(read(eventPath(kind, name, lane, seq - 1))) }),
    action,
    version: selector.version,
    manifest: sha256(manifest),
    content: formatDigest(readManifest(manifest, forge.engines).content),
    policy: sha256(read(POLICY_PATH)),
    ...(action === 'promote' || action === 'rollback' ? { from } : {}),
    actor: actor.name,
    printed: actor.name,
    created: '2026-03-06T00:00:00Z',
    meaning: 'approval',
  };
  return written(forge, eventPath(kind, name, lane, seq), writeEvent(options.edit?.(honest) ?? honest), 'at1-event', {
    ...options,
    keys,
  });
}

/** From staging to production, signed by as many as it takes. */
export function release(forge: Forge, ref: string, options: NewEvent = {}): Promise<Record<string, NewFile>> {
  const { ana, bo } = forge.keys;
  return newEvent(forge, 'promote', ref, { lane: 'production', from: 'staging', keys: [ana, bo], ...options });
}

let made = 0;

/** Evidence that an evaluation passed, by carol, as the policy asks for it. */
export async function newEvidence(
  forge: Forge,
  ref: string,
  options: Said<EvidenceDocument> = {},
): Promise<Record<string, NewFile>> {
  const { at, keys = [forge.keys.carol] } = options;
  const read = (path: string) => (at === undefined ? forge.read(path) : forge.blob(path, at));
  const { content } = readManifest(read(forge.manifestPath(ref)), forge.engines);
  const id = `01JZ00000000000000000${String(made++).padStart(5, '0')}`;
  const actor = keys[0] ?? forge.keys.carol;
  const honest: EvidenceDocument = {
    registry: forge.registryId(),
    id,
    content: formatDigest(content),
    policy: formatDigest(digestOf(forge.engines.sha256(read(POLICY_PATH)))),
    type: 'eval',
    result: 'pass',
    suite: SUITE,
    metrics: { accuracy: 0.91 },
    actor: actor.name,
    printed: actor.name,
    created: '2026-03-05T12:00:00Z',
    meaning: 'review',
  };
  const bytes = writeEvidence(options.edit?.(honest) ?? honest);
  return written(forge, evidencePath(content, id), bytes, 'at1-evidence', { ...options, keys });
}

async function written<T>(
  forge: Forge,
  place: string,
  bytes: Uint8Array,
  namespace: Namespace,
  options: Said<T>,
): Promise<Record<string, NewFile>> {
  const path = options.path ?? place;
  const text = options.text?.(new TextDecoder().decode(bytes)) ?? bytes;
  const files = await forge.signed(path, text, options.keys, options.namespace ?? namespace);
  if (options.unsigned === undefined) return files;
  const signed = typeof text === 'string' ? text : new TextDecoder().decode(text);
  const edited = options.unsigned(signed);
  if (edited === signed) throw new Error(`nothing was edited in ${path}`);
  return { ...files, [path]: edited };
}

/** More signatures under a document of a commit, as changes for another one. */
export async function signedToo(
  forge: Forge,
  path: string,
  keys: readonly TestKey[],
  { at, namespace = 'at1-event' }: { readonly at?: Oid; readonly namespace?: Namespace } = {},
): Promise<Record<string, NewFile>> {
  const bytes = at === undefined ? forge.read(path) : forge.blob(path, at);
  const files: Record<string, NewFile> = {};
  for (const key of keys) {
    files[signaturePathOf(path, parsePrincipalName(key.name))] = await forge.sign(key, namespace, bytes);
  }
  return files;
}
