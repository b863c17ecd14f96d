/** Objects made by the real git with a signing key: what our parsers are held against. Not a test. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashObject, type ObjectType, type Oid, parseOid } from '../../src/git-format/oid.js';
import { git, gitBytes, runGit } from '../helpers/git.js';

export function sha1(data: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha1').update(data).digest());
}

export function objectOf(dir: string, name: string): { oid: Oid; type: ObjectType; bytes: Uint8Array } {
  const oid = parseOid(git(dir, ['rev-parse', name]));
  const type = git(dir, ['cat-file', '-t', oid]) as ObjectType;
  return { oid, type, bytes: gitBytes(dir, ['cat-file', type, oid]) };
}

/** Trees in memory, by path and content. */
export function writeObject(dir: string, type: ObjectType, bytes: Uint8Array): Oid {
  const oid = parseOid(git(dir, ['hash-object', '-w', '--literally', '-t', type, '--stdin'], { input: bytes }));
  if (oid !== hashObject(type, bytes, sha1)) throw new Error('git and we disagree about a hash');
  return oid;
}

export interface SigningKey {
  readonly path: string;
  readonly allowed: string;
}

/** An Ed25519 key with git set up to sign with it. */
export function makeSigningKey(dir: string): SigningKey {
  const path = join(dir, 'signing-key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', path]);
  const allowed = join(dir, 'allowed');
  const publicKey = execFileSync('ssh-keygen', ['-y', '-f', path], { encoding: 'utf8' });
  writeFileSync(allowed, `test@example.org ${publicKey}`);
  return { path, allowed };
}

export function useSigningKey(repository: string, key: SigningKey): void {
  git(repository, ['config', 'gpg.format', 'ssh']);
  git(repository, ['config', 'user.signingkey', key.path]);
  git(repository, ['config', 'gpg.ssh.allowedSignersFile', key.allowed]);
}

/** Whether ssh-keygen finds the armor to be a signature of exactly these bytes. */
export function sshVerifies(key: SigningKey, armor: string, payload: Uint8Array, dir: string): boolean {
  const file = join(dir, 'armor.sig');
  writeFileSync(file, armor);
  try {
    execFileSync('ssh-keygen', ['-Y', 'verify', '-f', key.allowed, '-I', 'test@example.org', '-n', 'git', '-s', file], {
      input: payload,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    return true;
  } catch (error) {
    if (typeof (error as { status?: unknown }).status === 'number') return false;
    throw error;
  }
}

export function sshSign(key: SigningKey, payload: Uint8Array): string {
  return execFileSync('ssh-keygen', ['-Y', 'sign', '-q', '-n', 'git', '-f', key.path], {
    input: payload,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

export function gitAccepts(dir: string, command: 'verify-commit' | 'verify-tag', name: string): boolean {
  return runGit(dir, [command, name]).status === 0;
}
