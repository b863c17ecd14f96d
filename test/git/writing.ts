/** What the tests of the writer share: a repository made by git, a writer with a fixed key, and git's opinion afterwards. */
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, sign as ed25519 } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitReader } from '../../src/git/reader.js';
import { Refs } from '../../src/git/refs.js';
import { type OpenOptions, openRepository } from '../../src/git/repository.js';
import { GitWriter, type GitWriterOptions } from '../../src/git/writer.js';
import type { Oid } from '../../src/git-format/oid.js';
import type { Person } from '../../src/git-format/person.js';
import { type Signer, signMessage } from '../../src/signing/sshsig.js';
import { gitEnvironment, git as runGit } from '../helpers/git.js';
import { signingEngines } from '../helpers/test-engines.js';

export const ANA: Person = { name: 'Ana Test', email: 'ana@example.org', seconds: 1_750_000_000, timezone: '+0000' };
export const encode = (text: string) => new TextEncoder().encode(text);
export const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** PKCS 8 of an Ed25519 seed of 32 bytes of 7: a key for tests only. */
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
  format: 'der',
  type: 'pkcs8',
});
const rawPublicKey = Uint8Array.from(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32));
const signer: Signer = {
  publicKey: { type: 'ssh-ed25519', raw: rawPublicKey, comment: 'test' },
  sign: async (data) => Uint8Array.from(ed25519(null, data, privateKey)),
};

export const sign = (payload: Uint8Array) => signMessage(signer, 'git', payload, signingEngines);

export function allowedSignersLine(): string {
  const wire = Buffer.concat([
    Buffer.from([0, 0, 0, 11]),
    Buffer.from('ssh-ed25519'),
    Buffer.from([0, 0, 0, 32]),
    rawPublicKey,
  ]);
  return `ana@example.org namespaces="git" ssh-ed25519 ${wire.toString('base64')}\n`;
}

export interface WritingFixture {
  readonly root: string;
  readonly writer: GitWriter;
  git(...args: string[]): string;
  head(): Oid | undefined;
  /** Writes into the work tree and commits. */
  commit(files: Record<string, string | null>, message?: string): Promise<{ commit: Oid; index: string }>;
  write(path: string, text: string): void;
  /** `fsck --strict` says nothing bad and every commit of ours verifies. */
  assertSound(): void;
}

export const withGit: OpenOptions = { git: 'git', environment: gitEnvironment() };

export function makeRepository(root: string): void {
  runGit(root, ['init', '-q', '.']);
  for (const [name, value] of [
    ['user.name', 'Test Person'],
    ['user.email', 'test@example.org'],
    ['gc.auto', '0'],
    ['gpg.format', 'ssh'],
    ['gpg.ssh.allowedSignersFile', join(root, '.git', 'allowed')],
  ]) {
    runGit(root, ['config', name as string, value as string]);
  }
  writeFileSync(join(root, '.git', 'allowed'), allowedSignersLine());
}

export async function openWriting(
  root: string,
  options: Partial<GitWriterOptions> & { open?: OpenOptions } = {},
): Promise<WritingFixture> {
  const repository = await openRepository(root, options.open ?? {});
  const reader = new GitReader(repository);
  const writer = new GitWriter(repository, { reader, who: () => ANA, lockWait: 500, ...options });
  const git = (...args: string[]) => runGit(root, args);
  const head = () => new Refs(repository).head().oid;
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  return {
    root,
    writer,
    git,
    head,
    write,
    async commit(files, message = 'register something') {
      const changes = new Map(
        Object.entries(files).map(([path, text]) => [path, text === null ? null : { bytes: encode(text) }]),
      );
      return await writer.commit({ changes, message, author: ANA, sign, expectedHead: head() });
    },
    assertSound() {
      assert.equal(git('fsck', '--strict', '--full', '--no-dangling'), '');
      assert.equal(git('log', '-1', '--format=%G?'), 'G');
    },
  };
}
