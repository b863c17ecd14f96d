/**
 * A registry with a long history in under a minute: every manifest, commit and tag signed, all of it equal for equal
 * options. Written object by object into one pack, because ten thousand `register` calls would take an hour.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { utf8 } from '../src/bytes/text.js';
import { allowedSignersOf } from '../src/checks/check-allowed-signers.js';
import { blake3Of, type Digest, digestOf, formatDigest } from '../src/digest/digest.js';
import type { Engines } from '../src/engines.js';
import { initRepository } from '../src/git/init-repository.js';
import { formatCommit, signCommit } from '../src/git-format/commit.js';
import type { Oid } from '../src/git-format/oid.js';
import { formatTag, signTag } from '../src/git-format/tag.js';
import { loadPolicy } from '../src/history/load-policy.js';
import {
  eventMessage,
  eventTagMessage,
  initMessage,
  registerMessage,
  versionTagMessage,
} from '../src/history/message.js';
import type { EventRow, VersionRow } from '../src/history/registry-state.js';
import { formatEventTag, formatVersionTag } from '../src/history/tag-name.js';
import { importKey } from '../src/keys/key-store.js';
import { formatKeyText } from '../src/keys/key-text.js';
import { privateKeyFromSeed, signerOf } from '../src/keys/seed.js';
import { writeConfig, writeEvent, writeManifest } from '../src/manifest/documents.js';
import type { EventDocument } from '../src/manifest/generated/types.js';
import { eventPath, signaturePathOf } from '../src/manifest/layout-of-registry.js';
import { type LaneName, parseKind, parseName, parsePrincipalName } from '../src/manifest/name.js';
import { parseRegistryId } from '../src/manifest/registry-id.js';
import { parseRelPath } from '../src/manifest/rel-path.js';
import { formatTimestamp } from '../src/manifest/timestamp.js';
import { parseVersion } from '../src/manifest/version.js';
import { createNativeEngines } from '../src/native/engines.js';
import { withAttributes } from '../src/ops/git-attributes.js';
import { encodeSegment } from '../src/packing/segment.js';
import { initialPolicy } from '../src/registry/initial-policy.js';
import { formatPublicKey } from '../src/signing/public-key.js';
import { formatArmor, type Namespace, signedData } from '../src/signing/sshsig.js';
import { GrowingPack, GrowingTree } from './growing-pack.js';

export interface FixtureOptions {
  /** The work tree; made. */
  readonly dir: string;
  /** Folder for the key that signed everything, as `config/keys/`; made. */
  readonly home: string;
  readonly artifacts: number;
  /** Versions of each. */
  readonly versions: number;
  /** Promotions of the newest version, one for each of so many artifacts. Default 0. */
  readonly promotions?: number;
  /** Other numbers give another registry. Default 1. */
  readonly seed?: number;
}

const KINDS = ['model', 'data', 'recipe'] as const;
const OWNER = parsePrincipalName('bench');
const BEGAN = 1_750_000_000;
const ID = parseRegistryId('01JZ0000000000000000000000');

/** Artifacts are registered in turn, so that neighbours in history are never of one artifact. Returns the head. */
export async function makeFixture(options: FixtureOptions): Promise<Oid> {
  const engines = await createNativeEngines();
  const { dir } = options;
  const repository = await initRepository(dir, 'main');
  const sign = await signerFor(options, engines);
  const pack = new GrowingPack();
  const history = new History(pack, sign.git);
  const folders = new Folders(pack);
  const policy = await startRegistry(folders, sign, engines);
  await history.commit(folders.root.store(pack), initMessage(ID));
  const newest: Landed[] = [];
  for (let n = 0; n < options.artifacts * options.versions; n++) {
    const kind = parseKind(KINDS[n % KINDS.length] as string);
    const name = parseName(`artifact-${String(n % options.artifacts).padStart(5, '0')}`);
    const version = parseVersion(`1.0.${Math.floor(n / options.artifacts)}`);
    const data = utf8(`${options.seed ?? 1} ${kind}/${name}@${version}\n`);
    const segment = await encodeSegment(data, 'balanced', engines);
    folders.addObject(segment.object, pack.add('blob', segment.container));
    const file = {
      path: parseRelPath('data.txt'),
      size: data.length,
      sha256: segment.original,
      blake3: blake3Of(engines.blake3(data)),
    };
    const stored = { size: data.length, sha256: segment.original, object: segment.object };
    const manifest = writeManifest(
      {
        registry: ID,
        kind,
        name,
        version,
        created: formatTimestamp(history.seconds),
        content: segment.original,
        form: 'file',
        size: data.length,
        files: [{ ...file, segments: [{ ...stored, stored: segment.container.length }] }],
      },
      engines,
    );
    const signature = utf8(await sign.document('at1-manifest', manifest));
    folders.addVersion({ kind, name, version, manifest, signature });
    const row = { kind, name, version, manifest: digestOf(engines.sha256(manifest)), content: segment.original };
    const reference = `${kind}/${name}@${version}`;
    const [content, digest] = [formatDigest(row.content), formatDigest(row.manifest)];
    const root = folders.root.store(pack);
    await history.commit(root, registerMessage([{ reference, content, manifest: digest }], undefined));
    const tag = formatVersionTag({ prefix: '', kind, name, version });
    await history.tag(tag, versionTagMessage(ID, row as VersionRow));
    newest[n % options.artifacts] = { ...row, commit: history.head };
  }
  for (const landed of newest.slice(0, options.promotions ?? 0)) {
    await promote(landed, { engines, folders, history, pack, policy, sign });
  }
  pack.write(join(repository.commonDir, 'objects', 'pack'));
  history.writeRefs(repository.commonDir);
  checkOut(dir);
  return history.head;
}

type Landed = Pick<VersionRow, 'kind' | 'name' | 'version' | 'manifest' | 'content' | 'commit'>;

interface Making {
  readonly engines: Engines;
  readonly folders: Folders;
  readonly history: History;
  readonly pack: GrowingPack;
  /** Its digest. */
  readonly policy: Digest;
  readonly sign: Signing;
}

/** To staging, in a commit of its own, with its tag. */
async function promote(landed: Landed, { engines, folders, history, pack, policy, sign }: Making): Promise<void> {
  const { kind, name, version } = landed;
  const lane = 'staging' as LaneName;
  const event: EventDocument = {
    registry: ID,
    kind,
    name,
    lane,
    seq: 1,
    action: 'promote',
    version,
    manifest: formatDigest(landed.manifest),
    content: formatDigest(landed.content),
    policy: formatDigest(policy),
    from: 'development',
    actor: OWNER,
    printed: OWNER,
    created: formatTimestamp(history.seconds),
    meaning: 'approval',
  };
  const bytes = writeEvent(event);
  const path = eventPath(kind, name, lane, 1);
  folders.addFile(path, bytes);
  folders.addFile(signaturePathOf(path, OWNER), utf8(await sign.document('at1-event', bytes)));
  const digest = digestOf(engines.sha256(bytes));
  const reference = `${kind}/${name}@${version}`;
  const recorded = { action: event.action, lane, reference, digest: formatDigest(digest) };
  await history.commit(folders.root.store(pack), eventMessage([recorded], null));
  const mark = `#${lane}`;
  const message = eventTagMessage(ID, { digest } as EventRow, landed as VersionRow, mark);
  await history.tag(formatEventTag({ prefix: '', kind, name, mark, number: 1 }), message, landed.commit);
}

/** The registry's folders, and what their parents are told when one of them changed. */
class Folders {
  readonly root = new GrowingTree();
  readonly #pack: GrowingPack;
  readonly #trees = new Map<string, GrowingTree>();

  constructor(pack: GrowingPack) {
    this.#pack = pack;
  }

  addFile(path: string, bytes: Uint8Array): void {
    this.#add(path.split('/'), this.#pack.add('blob', bytes));
  }

  addObject(digest: string, blob: Oid): void {
    this.#add(['objects', digest.slice(0, 2), `${digest}.at1`], blob);
  }

  addVersion(version: { kind: string; name: string; version: string; manifest: Uint8Array; signature: Uint8Array }) {
    const folder = [version.kind, version.name];
    const signatures = new GrowingTree().set('100644', `${OWNER}.sig`, this.#pack.add('blob', version.signature));
    const tree = this.#tree(folder);
    tree.set('100644', `${version.version}.toml`, this.#pack.add('blob', version.manifest));
    tree.set('40000', `${version.version}.sig`, signatures.store(this.#pack));
    this.#store(folder);
  }

  #add(parts: readonly string[], blob: Oid): void {
    const name = parts.at(-1) as string;
    const folder = parts.slice(0, -1);
    this.#tree(folder).set('100644', name, blob);
    this.#store(folder);
  }

  #tree(folder: readonly string[]): GrowingTree {
    if (folder.length === 0) return this.root;
    const key = folder.join('/');
    const tree = this.#trees.get(key) ?? new GrowingTree();
    this.#trees.set(key, tree);
    return tree;
  }

  /** From the folder up to the root, which is stored with the commit. */
  #store(folder: readonly string[]): void {
    for (let depth = folder.length; depth > 0; depth--) {
      const oid = this.#tree(folder.slice(0, depth)).store(this.#pack);
      this.#tree(folder.slice(0, depth - 1)).set('40000', folder[depth - 1] as string, oid);
    }
  }
}

/** Commits and tags in a row, a second apart. */
class History {
  readonly #pack: GrowingPack;
  readonly #sign: (payload: Uint8Array) => Promise<string>;
  readonly #tags: { readonly name: string; readonly oid: Oid; readonly commit: Oid }[] = [];
  #head: Oid | undefined;
  seconds = BEGAN;

  constructor(pack: GrowingPack, sign: (payload: Uint8Array) => Promise<string>) {
    this.#pack = pack;
    this.#sign = sign;
  }

  get head(): Oid {
    if (this.#head === undefined) throw new RangeError('no commit yet');
    return this.#head;
  }

  async commit(tree: Oid, message: string): Promise<void> {
    const author = this.#person();
    const parents = this.#head === undefined ? [] : [this.#head];
    const unsigned = formatCommit({ tree, parents, author, committer: author, message });
    this.#head = this.#pack.add('commit', signCommit(unsigned, await this.#sign(unsigned)));
    this.seconds++;
  }

  async tag(name: string, message: string, commit = this.head): Promise<void> {
    const unsigned = formatTag({ object: commit, type: 'commit', name, tagger: this.#person(), message });
    this.#tags.push({ name, commit, oid: this.#pack.add('tag', signTag(unsigned, await this.#sign(unsigned))) });
  }

  writeRefs(gitDir: string): void {
    const tags = this.#tags.sort((a, b) => (a.name < b.name ? -1 : 1));
    const lines = tags.map(({ name, oid, commit }) => `${oid} refs/tags/${name}\n^${commit}\n`);
    writeFileSync(
      join(gitDir, 'packed-refs'),
      `# pack-refs with: peeled fully-peeled sorted \n${this.head} refs/heads/main\n${lines.join('')}`,
    );
  }

  #person() {
    return { name: 'Bench', email: 'bench@example.org', seconds: this.seconds, timezone: '+0000' };
  }
}

interface Signing {
  readonly publicKey: string;
  readonly git: (payload: Uint8Array) => Promise<string>;
  readonly document: (namespace: Namespace, bytes: Uint8Array) => Promise<string>;
}

async function signerFor({ home, seed }: FixtureOptions, engines: Engines): Promise<Signing> {
  const key = privateKeyFromSeed(
    createHash('sha256')
      .update(`bench key ${seed ?? 1}`)
      .digest(),
    'bench',
  );
  const signer = signerOf(key);
  await importKey(join(home, 'config'), { name: 'id_ed25519', text: formatKeyText(key) });
  const document = async (namespace: Namespace, bytes: Uint8Array) =>
    formatArmor({
      publicKey: key.publicKey.raw,
      namespace,
      hashAlgorithm: 'sha512',
      signature: await signer.sign(signedData(namespace, bytes, engines)),
    });
  return { publicKey: formatPublicKey(key.publicKey), git: (payload) => document('git', payload), document };
}

async function startRegistry(folders: Folders, sign: Signing, engines: Engines): Promise<Digest> {
  const policy = utf8(initialPolicy({ registry: ID, principal: OWNER, key: sign.publicKey }));
  const files: readonly (readonly [path: string, bytes: Uint8Array])[] = [
    ['.at1/.gitignore', utf8('cache/\n')],
    ['.at1/allowed_signers', allowedSignersOf(loadPolicy(policy, engines))],
    ['.at1/policy/policy.sig/bench.sig', utf8(await sign.document('at1-policy', policy))],
    ['.at1/policy/policy.toml', policy],
    ['.gitattributes', utf8(withAttributes(''))],
    ['at1.toml', writeConfig({ format: 1, id: ID, branch: 'main', storage: 'git' })],
  ];
  for (const [path, bytes] of files) folders.addFile(path, bytes);
  return digestOf(engines.sha256(policy));
}

/** Work tree and index as git itself makes them. */
function checkOut(dir: string): void {
  mkdirSync(dir, { recursive: true });
  const done = spawnSync('git', ['reset', '--quiet', '--hard', 'HEAD'], { cwd: dir, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`git reset ended with ${done.status}: ${done.stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [dir, home, artifacts = '1000', versions = '10', promotions = '0'] = process.argv.slice(2);
  if (dir === undefined || home === undefined)
    throw new Error('usage: bench/fixture.ts DIR HOME [ARTIFACTS VERSIONS PROMOTIONS]');
  const numbers = { artifacts: Number(artifacts), versions: Number(versions), promotions: Number(promotions) };
  const head = await makeFixture({ dir, home, ...numbers });
  process.stdout.write(`${head}\n`);
}
