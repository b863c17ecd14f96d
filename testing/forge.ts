/**
 * An attacker's tools for one registry: commits of anything by anybody, documents signed by any key or by none, tags,
 * refs. It writes git objects of its own, so that nothing at1 or git would refuse to write is out of reach.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { utf8 } from '../src/bytes/text.js';
import { allowedSignersOf } from '../src/checks/check-allowed-signers.js';
import { type Digest, digestOf } from '../src/digest/digest.js';
import type { Engines } from '../src/engines.js';
import { At1Error } from '../src/errors.js';
import { formatCommit, signCommit } from '../src/git-format/commit.js';
import { isOid, type ObjectType, type Oid, parseOid } from '../src/git-format/oid.js';
import { formatTag, signTag } from '../src/git-format/tag.js';
import { loadPolicy } from '../src/history/load-policy.js';
import { type Manifest, readConfig, readManifest, readPolicy, writePolicy } from '../src/manifest/documents.js';
import type { PolicyDocument } from '../src/manifest/generated/types.js';
import {
  ALLOWED_SIGNERS_PATH,
  CONFIG_PATH,
  manifestPath,
  objectPath,
  POLICY_PATH,
  signaturePathOf,
} from '../src/manifest/layout-of-registry.js';
import { parseKind, parseName, parsePrincipalName } from '../src/manifest/name.js';
import { parseReference } from '../src/manifest/reference.js';
import type { RegistryId } from '../src/manifest/registry-id.js';
import { parseVersion } from '../src/manifest/version.js';
import { createNativeEngines } from '../src/native/engines.js';
import { type Namespace, signMessage } from '../src/signing/sshsig.js';
import type { HealthyCopy } from './healthy.js';
import type { Cast, TestKey } from './keys.js';
import { LooseObjects, type TreeFile } from './loose-objects.js';
import { runGit, runGitBytes } from './run-git.js';

/** What a file of the tree becomes: bytes, an entry of any mode, or nothing. */
export type NewFile = Uint8Array | string | TreeFile | null;
export type Changes = Readonly<Record<string, NewFile>>;

export interface CommitOptions {
  /** Default HEAD alone. */
  readonly parents?: readonly Oid[] | undefined;
  /** Who signs the commit; default nobody, as when a forge merges a pull request. */
  readonly key?: TestKey | undefined;
  /** A signature block instead of one that is made. */
  readonly armor?: string | undefined;
  readonly author?: { readonly name: string; readonly email: string } | undefined;
  readonly seconds?: number | undefined;
  readonly message?: string | undefined;
  /** A finished tree instead of the parent's with the changes. */
  readonly tree?: Oid | undefined;
  /** Which ref is moved; default `refs/heads/main`, which is checked out afterwards. Null moves none. */
  readonly ref?: string | null | undefined;
  /** False leaves the working tree as it is: for trees git cannot check out. */
  readonly checkout?: boolean | undefined;
}

export interface TagOptions {
  /** The name inside the tag object; default that of the ref. */
  readonly innerName?: string | undefined;
  readonly key?: TestKey | undefined;
  readonly message?: string | undefined;
  readonly seconds?: number | undefined;
  readonly type?: ObjectType | undefined;
}

/** Files of a commit, by its id: the commit that all attacks begin with is one. */
const listings = new Map<string, Map<string, TreeFile>>();

export class Forge {
  readonly dir: string;
  readonly home: string;
  /** The folder around everything; a file outside `dir` and `home` is out of bounds for at1. */
  readonly place: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly keys: Cast;
  readonly engines: Engines;
  readonly objects: LooseObjects;
  #seconds: number;

  private constructor(copy: HealthyCopy, engines: Engines) {
    this.dir = copy.dir;
    this.home = copy.home;
    this.place = copy.place;
    this.environment = copy.environment;
    this.keys = copy.keys;
    this.engines = engines;
    this.objects = new LooseObjects(join(copy.dir, '.git'), engines);
    // After what attacks say of their own time: it is a matter of its own where something is dated ahead.
    this.#seconds = Date.UTC(2026, 2, 7) / 1000;
  }

  static async open(copy: HealthyCopy): Promise<Forge> {
    return new Forge(copy, await createNativeEngines());
  }

  // Git.

  git(...args: string[]): string {
    return runGit(this.dir, this.environment, args);
  }

  head(ref = 'HEAD'): Oid {
    // Nearly every attack asks for the branch it is on, and a process for each would be most of its time.
    if (ref === 'HEAD' && this.text('.git/HEAD') === 'ref: refs/heads/main\n') {
      return parseOid(this.text('.git/refs/heads/main').trim());
    }
    return parseOid(this.git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`));
  }

  /** The ref is moved whatever it was, without a lock or a look. */
  setRef(name: string, oid: Oid): void {
    this.write(join('.git', ...name.split('/')), `${oid}\n`);
  }

  /** Every file of a commit by its path. */
  filesAt(commit: Oid | string = this.head()): Map<string, TreeFile> {
    const known = listings.get(commit);
    if (known !== undefined) return new Map(known);
    const lines = this.git('ls-tree', '-r', '-z', '--full-tree', commit).split('\0').filter(Boolean);
    const files = new Map(
      lines.map((line) => {
        const [facts = '', path = ''] = line.split('\t');
        const [mode = '', , oid = ''] = facts.split(' ');
        return [path, { mode: mode as TreeFile['mode'], oid: parseOid(oid) }] as const;
      }),
    );
    if (isOid(commit)) listings.set(commit, new Map(files));
    return files;
  }

  /** One commit; returns its id. */
  async commit(changes: Changes, options: CommitOptions = {}): Promise<Oid> {
    const parents = options.parents ?? [this.head()];
    const tree = options.tree ?? this.#changedTree(parents[0], changes);
    const who = options.author ?? { name: 'Forge', email: 'noreply@forge.example' };
    const person = { ...who, seconds: options.seconds ?? this.#tick(), timezone: '+0000' };
    const message = options.message ?? 'a change\n';
    const unsigned = formatCommit({ tree, parents, author: person, committer: person, message });
    const armor = options.armor ?? (options.key && (await this.sign(options.key, 'git', unsigned)));
    const oid = this.objects.put('commit', armor === undefined ? unsigned : signCommit(unsigned, armor));
    if (options.ref === null) return oid;
    this.setRef(options.ref ?? 'refs/heads/main', oid);
    if (options.ref === undefined && options.checkout !== false) this.git('reset', '--quiet', '--hard');
    return oid;
  }

  /** An annotated tag at a ref of this name; returns the tag object. */
  async tag(name: string, target: Oid, options: TagOptions = {}): Promise<Oid> {
    const tagger = { name: 'Forge', email: 'noreply@forge.example', timezone: '+0000' };
    const unsigned = formatTag({
      object: target,
      type: options.type ?? 'commit',
      name: options.innerName ?? name,
      tagger: { ...tagger, seconds: options.seconds ?? this.#tick() },
      message: options.message ?? `${name}\n`,
    });
    const { key } = options;
    const bytes = key === undefined ? unsigned : signTag(unsigned, await this.sign(key, 'git', unsigned));
    const oid = this.objects.put('tag', bytes);
    this.setRef(`refs/tags/${name}`, oid);
    return oid;
  }

  #tick(): number {
    this.#seconds += 60;
    return this.#seconds;
  }

  sign(key: TestKey, namespace: Namespace, message: Uint8Array): Promise<string> {
    return signMessage(key.signer, namespace, message, this.engines);
  }

  // Files of the working tree; nothing is committed.

  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  read(path: string): Uint8Array {
    return new Uint8Array(readFileSync(this.path(path)));
  }

  text(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  write(path: string, content: Uint8Array | string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  remove(path: string): void {
    rmSync(this.path(path), { recursive: true, force: true });
  }

  /** A file that is none of the registry's business; its absolute path. */
  outside(name: string, content: Uint8Array | string): string {
    const path = join(this.place, 'outside', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** The bytes a commit has at a path. */
  blob(path: string, commit = 'HEAD'): Uint8Array {
    return runGitBytes(this.dir, this.environment, ['cat-file', 'blob', `${commit}:${path}`]);
  }

  /** A program of the system, such as mkfifo. */
  run(program: string, ...args: string[]): void {
    execFileSync(program, args);
  }

  // Documents.

  registryId(): RegistryId {
    return readConfig(this.read(CONFIG_PATH)).id;
  }

  /** Path of a version's manifest. */
  manifestPath(ref: string): string {
    const { kind, name, selector } = parseReference(ref);
    if (kind === undefined || selector.kind !== 'exact') throw new Error(`not a version: ${ref}`);
    return manifestPath(parseKind(kind), parseName(name), parseVersion(selector.version));
  }

  manifest(ref: string): Manifest {
    return readManifest(this.read(this.manifestPath(ref)), this.engines);
  }

  /** Path of the one object of a version that is one small file. */
  objectPath(ref: string): string {
    const [file] = this.manifest(ref).files;
    const object = file?.layout?.object ?? file?.segments?.[0]?.object;
    if (object === undefined) throw new Error(`no object: ${ref}`);
    return objectPath(object);
  }

  /** The bytes of a version that is one stored file. */
  content(ref: string): Uint8Array {
    return this.read(this.objectPath(ref)).subarray(6, -36);
  }

  /** An object under its true name, as a change. */
  object(container: Uint8Array): { readonly digest: Digest; readonly changes: Changes } {
    const digest = digestOf(this.engines.sha256(container));
    return { digest, changes: { [objectPath(digest)]: container } };
  }

  /** A document and its signatures by these keys, as a change. Any bytes at any path ending in `.toml`. */
  async signed(
    path: string,
    content: Uint8Array | string,
    keys: readonly TestKey[] = [this.keys.ana],
    namespace: Namespace = 'at1-manifest',
  ): Promise<Record<string, NewFile>> {
    const bytes = typeof content === 'string' ? utf8(content) : content;
    const files: Record<string, NewFile> = { [path]: bytes };
    for (const key of keys) {
      files[signaturePathOf(path, parsePrincipalName(key.name))] = await this.sign(key, namespace, bytes);
    }
    return files;
  }

  /** The policy after the one of the working tree, signed and with its allowed_signers, as a change. */
  async policy(
    edit: (current: PolicyDocument) => PolicyDocument,
    signers: readonly TestKey[] = [this.keys.ana],
  ): Promise<Record<string, NewFile>> {
    const before = this.read(POLICY_PATH);
    const { document } = readPolicy(before);
    const previous = `sha256:${digestOf(this.engines.sha256(before))}`;
    const bytes = writePolicy(edit({ ...document, version: document.version + 1, previous }));
    const old = [...this.filesAt().keys()].filter((path) => path.startsWith('.at1/policy/policy.sig/'));
    return {
      ...Object.fromEntries(old.map((path) => [path, null])),
      ...(await this.signed(POLICY_PATH, bytes, signers, 'at1-policy')),
      ...this.#allowedSigners(bytes),
    };
  }

  #allowedSigners(policy: Uint8Array): Changes {
    try {
      return { [ALLOWED_SIGNERS_PATH]: allowedSignersOf(loadPolicy(policy, this.engines)) };
    } catch (error) {
      // A policy that must be refused has no such file.
      if (error instanceof At1Error) return {};
      throw error;
    }
  }

  #changedTree(parent: Oid | undefined, changes: Changes): Oid {
    const files = parent === undefined ? new Map<string, TreeFile>() : this.filesAt(parent);
    for (const [path, file] of Object.entries(changes)) {
      if (file === null) files.delete(path);
      else if (typeof file === 'object' && 'oid' in file) files.set(path, file);
      else {
        const bytes = typeof file === 'string' ? utf8(file) : file;
        files.set(path, { mode: '100644', oid: this.objects.put('blob', bytes) });
      }
    }
    return this.objects.tree(files);
  }
}
