/**
 * Registries made by hand, commit by commit, in memory or on the disk: everything an honest writer does, and everything
 * an attacker could do instead. Fixed clock, keys from seeds, equal object ids in every run.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { allowedSignersOf } from '../../src/checks/check-allowed-signers.js';
import { blake3Of, digestOf, formatDigest } from '../../src/digest/digest.js';
import type { Engines } from '../../src/engines.js';
import { At1Error } from '../../src/errors.js';
import { formatCommit, signCommit } from '../../src/git-format/commit.js';
import {
  type GitObject,
  hashObject,
  type ObjectReader,
  type ObjectType,
  type Oid,
  objectHeader,
} from '../../src/git-format/oid.js';
import { formatTag, signTag } from '../../src/git-format/tag.js';
import { formatTree, type TreeEntry, type TreeMode } from '../../src/git-format/tree.js';
import { type FoldResult, foldHistory } from '../../src/history/fold.js';
import type { HistorySource } from '../../src/history/folding.js';
import { loadPolicy } from '../../src/history/load-policy.js';
import { versionTagMessage } from '../../src/history/message.js';
import type { RegistryState, VersionRow } from '../../src/history/registry-state.js';
import { writeKeyFile } from '../../src/keys/key-file.js';
import { privateKeyFromSeed, signerOf } from '../../src/keys/seed.js';
import { type Manifest, writeConfig, writeManifest, writePolicy } from '../../src/manifest/documents.js';
import type { PolicyDocument } from '../../src/manifest/generated/types.js';
import {
  ALLOWED_SIGNERS_PATH,
  CONFIG_PATH,
  manifestPath,
  objectPath,
  POLICY_PATH,
  signaturePathOf,
} from '../../src/manifest/layout-of-registry.js';
import { parseKind, parseName, parsePrincipalName } from '../../src/manifest/name.js';
import { parseReference } from '../../src/manifest/reference.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { parseRelPath } from '../../src/manifest/rel-path.js';
import { parseVersion } from '../../src/manifest/version.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { withAttributes } from '../../src/ops/git-attributes.js';
import { encodeSegment } from '../../src/packing/segment.js';
import { formatPublicKey } from '../../src/signing/public-key.js';
import { type Namespace, type Signer, signMessage } from '../../src/signing/sshsig.js';
import { git } from './git.js';

export const REGISTRY = parseRegistryId('01JZ0000000000000000000000');
export const OTHER_REGISTRY = parseRegistryId('01JZ0000000000000000000001');
/** After all that fixtures say of their own time: nothing is signed after the commit that brings it. */
export const BEGAN = 1_772_700_000;

export interface Key {
  readonly name: string;
  readonly seed: Uint8Array;
  readonly signer: Signer;
  /** As a policy lists it. */
  readonly line: string;
}

/** The same name and number give the same key in every run. */
export function keyOf(name: string, number = 0): Key {
  const seed = new Uint8Array(32).fill(number).map((byte, i) => byte + (name.charCodeAt(i % name.length) ^ i));
  const key = privateKeyFromSeed(seed, name);
  return { name, seed, signer: signerOf(key), line: formatPublicKey(key.publicKey) };
}

export const ana = keyOf('ana');
export const bo = keyOf('bo');
export const carol = keyOf('carol');
/** Has a key like everybody, and stands in no policy. */
export const eve = keyOf('eve');

/** What a file of a tree becomes: bytes, an object that is there, or nothing. */
export type NewFile = Uint8Array | string | { readonly mode: TreeMode; readonly bytes: Uint8Array | string } | null;
export type Changes = Readonly<Record<string, NewFile>>;

interface File {
  readonly mode: TreeMode;
  readonly oid: Oid;
}

export interface CommitOptions {
  /** Whose files the changes are made to; default the first parent. */
  readonly onto?: Oid | undefined;
  /** Who signs; default ana, null for nobody. */
  readonly key?: Key | null | undefined;
  readonly message?: string | undefined;
  /** A finished signature block instead of one that is made. */
  readonly armor?: string | undefined;
}

export class HistoryBuilder implements ObjectReader {
  readonly engines: Engines;
  readonly prefix: string;
  readonly objects = new Map<Oid, GitObject>();
  readonly shallow = new Set<Oid>();
  readonly #files = new Map<Oid, ReadonlyMap<string, File>>();
  #seconds = BEGAN;

  private constructor(engines: Engines, prefix: string) {
    this.engines = engines;
    this.prefix = prefix;
  }

  static async make(prefix = ''): Promise<HistoryBuilder> {
    return new HistoryBuilder(await createNativeEngines(), prefix);
  }

  get source(): HistorySource {
    return { reader: this, engines: this.engines, prefix: this.prefix, shallow: this.shallow };
  }

  fold(tip: Oid, from?: RegistryState): Promise<FoldResult> {
    return foldHistory(this.source, tip, { from });
  }

  async read(oid: Oid): Promise<GitObject> {
    const object = this.objects.get(oid);
    if (object === undefined) throw new At1Error('git/object-missing', { message: `no object ${oid}` });
    if (hashObject(object.type, object.bytes, this.engines.sha1) !== oid)
      throw new At1Error('git/invalid-object', { message: `object ${oid} is damaged`, facts: { damaged: true } });
    return object;
  }

  put(type: ObjectType, bytes: Uint8Array): Oid {
    const oid = hashObject(type, bytes, this.engines.sha1);
    this.objects.set(oid, { type, bytes });
    return oid;
  }

  /** Flips one bit of a stored object. */
  damage(oid: Oid): void {
    const object = this.objects.get(oid);
    if (object === undefined) throw new Error(`no object ${oid}`);
    const bytes = object.bytes.slice();
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 0x10;
    this.objects.set(oid, { ...object, bytes });
  }

  async commit(parents: readonly Oid[], changes: Changes, options: CommitOptions = {}): Promise<Oid> {
    const onto = options.onto ?? parents[0];
    const files = new Map(onto === undefined ? [] : this.#files.get(onto));
    for (const [path, file] of Object.entries(changes)) {
      const full = this.prefix === '' ? path : `${this.prefix}/${path}`;
      if (file === null) files.delete(full);
      else {
        const plain = typeof file === 'string' || file instanceof Uint8Array;
        const { mode, bytes } = plain ? { mode: '100644' as const, bytes: file } : file;
        files.set(full, { mode, oid: this.put('blob', typeof bytes === 'string' ? utf8(bytes) : bytes) });
      }
    }
    const author = { name: 'Test', email: 'test@example.org', seconds: this.#seconds++, timezone: '+0000' };
    const message = options.message ?? 'a change\n';
    const bytes = formatCommit({ tree: this.#tree(files), parents, author, committer: author, message });
    const key = options.key === undefined ? ana : options.key;
    const armor = options.armor ?? (key === null ? undefined : await this.sign(key, 'git', bytes));
    const oid = this.put('commit', armor === undefined ? bytes : signCommit(bytes, armor));
    this.#files.set(oid, files);
    return oid;
  }

  /** The git object of a file at a commit. */
  fileAt(commit: Oid, path: string): Oid {
    const file = this.#files.get(commit)?.get(this.prefix === '' ? path : `${this.prefix}/${path}`);
    if (file === undefined) throw new Error(`no ${path} at ${commit}`);
    return file.oid;
  }

  bytesAt(commit: Oid, path: string): Uint8Array {
    return this.objects.get(this.fileAt(commit, path))?.bytes as Uint8Array;
  }

  /** Every file of the registry below a folder ('' for all) as it is at a commit, for copying it elsewhere. */
  filesBelow(commit: Oid, folder: string): Record<string, Uint8Array> {
    const found: Record<string, Uint8Array> = {};
    const top = this.prefix === '' ? '' : `${this.prefix}/`;
    for (const full of this.#files.get(commit)?.keys() ?? []) {
      const path = full.slice(top.length);
      if (full.startsWith(top) && (folder === '' || path.startsWith(`${folder}/`)))
        found[path] = this.bytesAt(commit, path);
    }
    return found;
  }

  async tag(row: VersionRow, options: Partial<TagOptions> = {}): Promise<Oid> {
    const name = options.name ?? `${row.kind}/${row.name}@v${row.version}`;
    const tagger = { name: 'Test', email: 'test@example.org', seconds: row.tagTime, timezone: '+0000' };
    const message = options.message ?? versionTagMessage(REGISTRY, row);
    const unsigned = formatTag({ object: options.object ?? row.commit, type: 'commit', name, tagger, message });
    const key = options.key === undefined ? ana : options.key;
    return this.put('tag', key === null ? unsigned : signTag(unsigned, await this.sign(key, 'git', unsigned)));
  }

  sign(key: Key, namespace: Namespace, message: Uint8Array): Promise<string> {
    return signMessage(key.signer, namespace, message, this.engines);
  }

  #tree(files: ReadonlyMap<string, File>): Oid {
    const entries: TreeEntry[] = [];
    const folders = new Map<string, Map<string, File>>();
    for (const [path, file] of files) {
      const slash = path.indexOf('/');
      if (slash < 0) entries.push({ mode: file.mode, name: path, oid: file.oid });
      else {
        const folder = folders.get(path.slice(0, slash)) ?? new Map<string, File>();
        folders.set(path.slice(0, slash), folder.set(path.slice(slash + 1), file));
      }
    }
    for (const [name, inside] of folders) entries.push({ mode: '40000', name, oid: this.#tree(inside) });
    return this.put('tree', formatTree(entries));
  }

  /** A repository on the disk with these objects, `main` at the tip, checked out. */
  writeTo(dir: string, tip: Oid, tags: Readonly<Record<string, Oid>> = {}): void {
    mkdirSync(dir, { recursive: true });
    git(dir, ['init', '--quiet', '--initial-branch=main']);
    this.writeObjects(join(dir, '.git'));
    for (const [name, oid] of Object.entries({ 'heads/main': tip, ...tagRefs(tags) })) {
      const path = join(dir, '.git', 'refs', ...name.split('/'));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${oid}\n`);
    }
    git(dir, ['reset', '--quiet', '--hard']);
  }

  writeObjects(gitDir: string): void {
    for (const [oid, { type, bytes }] of this.objects) {
      const path = join(gitDir, 'objects', oid.slice(0, 2), oid.slice(2));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, deflateSync(concatBytes([objectHeader(type, bytes.length), bytes]), { level: 1 }));
    }
  }

  // What an honest writer puts into a commit.

  /** at1.toml, first policy, signature, allowed_signers. */
  async genesis(owner: Key = ana, policy: PolicyChange = {}, registry = REGISTRY): Promise<Changes> {
    return {
      [CONFIG_PATH]: writeConfig({ format: 1, id: registry, branch: 'main', storage: 'git' }),
      '.gitattributes': withAttributes(''),
      ...(await this.policy(1, undefined, [owner], { principals: [owner], registry, ...policy })),
    };
  }

  /** A policy that follows the one at a commit, or the first one. */
  async policy(
    version: number,
    after: Oid | undefined,
    signers: readonly Key[],
    change: PolicyChange,
  ): Promise<Record<string, NewFile>> {
    const principals = change.principals ?? [ana];
    const owners = change.owners ?? principals;
    const previous = after === undefined ? undefined : digestOf(this.engines.sha256(this.bytesAt(after, POLICY_PATH)));
    const document: PolicyDocument = {
      registry: change.registry ?? REGISTRY,
      version,
      ...(version === 1 || previous === undefined ? {} : { previous: change.previous ?? formatDigest(previous) }),
      principals: Object.fromEntries(
        principals.map(({ name }) => [name, { keys: principals.filter((key) => key.name === name).map(keyLine) }]),
      ),
      roles: change.roles ?? { owner: [...new Set(owners.map(({ name }) => name))] },
      rules: change.rules ?? [{ artifacts: ['*'], actions: ['*'], role: 'owner', threshold: change.threshold ?? 1 }],
      ...(change.bars === undefined ? {} : { bars: change.bars }),
      ...(change.revoked === undefined ? {} : { revoked: change.revoked }),
    };
    const bytes = writePolicy(document);
    const signatures: Record<string, NewFile> = {};
    // Signatures are over one version of the file: those of the version before go with it.
    const old = after === undefined ? {} : this.filesBelow(after, '.at1/policy/policy.sig');
    for (const path of Object.keys(old)) signatures[path] = null;
    for (const key of signers) {
      signatures[signaturePathOf(POLICY_PATH, parsePrincipalName(key.name))] = await this.sign(
        key,
        'at1-policy',
        bytes,
      );
    }
    let allowed: Record<string, NewFile> = {};
    try {
      allowed = { [ALLOWED_SIGNERS_PATH]: allowedSignersOf(loadPolicy(bytes, this.engines)) };
    } catch (error) {
      // A policy that must be refused has no such file.
      if (!(error instanceof At1Error)) throw error;
    }
    return { [POLICY_PATH]: bytes, ...signatures, ...allowed };
  }

  /** Manifest, signature and object of a version that is one small file. */
  async version(ref: string, options: VersionOptions = {}): Promise<Record<string, NewFile>> {
    const { path, manifest, objects } = await this.manifest(ref, options);
    const files: Record<string, NewFile> = { [path]: manifest, ...objects };
    for (const key of options.keys ?? [ana]) {
      const name = parsePrincipalName(options.filedUnder ?? key.name);
      files[signaturePathOf(path, name)] = await this.sign(key, options.namespace ?? 'at1-manifest', manifest);
    }
    return files;
  }

  async manifest(
    ref: string,
    options: VersionOptions = {},
  ): Promise<{ path: string; manifest: Uint8Array; objects: Record<string, Uint8Array> }> {
    const { kind, name, selector } = parseReference(ref);
    if (kind === undefined || selector.kind !== 'exact') throw new Error(`not a version: ${ref}`);
    const data = utf8(options.content ?? `content of ${ref}\n`);
    const { object, container, original } = await encodeSegment(data, 'balanced', this.engines);
    const segment = { size: data.length, sha256: original, object, stored: container.length };
    const honest: Manifest = {
      registry: options.registry ?? REGISTRY,
      kind: parseKind(kind),
      name: parseName(name),
      version: parseVersion(selector.version),
      created: '2026-03-04T05:06:07Z',
      content: original,
      form: 'file',
      size: data.length,
      files: [
        {
          path: parseRelPath('model.bin'),
          size: data.length,
          sha256: original,
          blake3: blake3Of(this.engines.blake3(data)),
          segments: [segment],
        },
      ],
    };
    const manifest = writeManifest(options.edit?.(honest) ?? honest, this.engines);
    return {
      path: manifestPath(honest.kind, honest.name, honest.version),
      manifest,
      objects: { [objectPath(object)]: container },
    };
  }
}

export interface TagOptions {
  readonly name: string;
  readonly message: string;
  readonly object: Oid;
  readonly key: Key | null;
}

export interface PolicyChange {
  readonly principals?: readonly Key[] | undefined;
  /** Members of the role `owner`, which may do everything; default all. */
  readonly owners?: readonly Key[] | undefined;
  readonly threshold?: number | undefined;
  readonly roles?: PolicyDocument['roles'] | undefined;
  readonly rules?: PolicyDocument['rules'] | undefined;
  readonly bars?: PolicyDocument['bars'] | undefined;
  readonly revoked?: PolicyDocument['revoked'] | undefined;
  readonly registry?: typeof REGISTRY | undefined;
  readonly previous?: string | undefined;
}

export interface VersionOptions {
  readonly content?: string | undefined;
  /** Who signs the manifest; default ana. */
  readonly keys?: readonly Key[] | undefined;
  readonly filedUnder?: string | undefined;
  readonly namespace?: Namespace | undefined;
  readonly registry?: typeof REGISTRY | undefined;
  /** What the manifest says instead. */
  readonly edit?: ((honest: Manifest) => Manifest) | undefined;
}

function keyLine({ line }: Key): string {
  return line;
}

function tagRefs(tags: Readonly<Record<string, Oid>>): Record<string, Oid> {
  return Object.fromEntries(Object.entries(tags).map(([name, oid]) => [`tags/${name}`, oid]));
}

/** A home with the key, for the library; nothing of the machine is seen. */
export async function environmentOf(home: string, key: Key, stateDir = join(home, 'state')) {
  mkdirSync(home, { recursive: true });
  const path = join(home, `key-of-${key.name}`);
  await writeKeyFile(path, privateKeyFromSeed(key.seed, key.name));
  return {
    home,
    configDir: join(home, 'config'),
    stateDir,
    signingKey: path,
    authorName: key.name,
    authorEmail: `${key.name}@example.org`,
    variables: {},
    now: () => new Date((BEGAN + 1_000_000) * 1000),
  };
}
