/** A policy edited by hand, signed with stock ssh-keygen, as somebody does who does not use our commands. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './ssh-keygen.js';

/** The private key file of a test person. */
export function opensshOf(home: string): string {
  const folder = join(home, 'config', 'keys');
  const name = readdirSync(folder).find((file) => !file.endsWith('.pub'));
  return join(folder, name ?? 'none');
}

/** Their public key, as a policy lists it. */
export function publicLineOf(home: string): string {
  return readFileSync(`${opensshOf(home)}.pub`, 'utf8').trim();
}

/** Replaces all signatures of the policy by one over the file as it is. */
export function signPolicy(registry: string, name: string, key: string): void {
  const folder = join(registry, '.at1', 'policy');
  const policy = join(folder, 'policy.toml');
  for (const file of readdirSync(join(folder, 'policy.sig'))) rmSync(join(folder, 'policy.sig', file));
  const done = runTool('ssh-keygen', ['-q', '-Y', 'sign', '-n', 'at1-policy', '-f', key, policy]);
  if (done.status !== 0) throw new Error(`ssh-keygen ended with ${done.status}`);
  renameSync(`${policy}.sig`, join(folder, 'policy.sig', `${name}.sig`));
}

/** A policy edited by hand: the next version, with this in its table `[gate]`. */
export function demandObjects(dir: string, objects: string): void {
  const path = join(dir, '.at1', 'policy', 'policy.toml');
  const before = readFileSync(path);
  const text = before.toString().replace(/\n\[gate\]\nobjects = "[a-z]+"\n/, '');
  const version = Number(/^version = ([0-9]+)/m.exec(text)?.[1]) + 1;
  const previous = `previous = "sha256:${createHash('sha256').update(before).digest('hex')}"`;
  const raised = text.replace(/^previous = .*\n/m, '').replace(/^version = .*$/m, `version = ${version}\n${previous}`);
  writeFileSync(path, `${raised}\n[gate]\nobjects = "${objects}"\n`);
}
