/** Signatures, public keys and allowed_signers against ssh-keygen, a process for each case. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { At1Error } from '../../src/errors.js';
import { signerFromSeed } from '../../src/keys/seed.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { formatAllowedSigners } from '../../src/signing/allowed-signers.js';
import { keyIdOf, parsePublicKey } from '../../src/signing/public-key.js';
import { formatArmor, parseArmor, signMessage, verifyMessage } from '../../src/signing/sshsig.js';
import type { DifferentialTarget } from '../target.js';
import { folder } from './folder.js';
import { bytesOf, textOf } from './inputs.js';
import { MESSAGE, SIGNATURE_SEEDS, SIGNATURE_TOKENS, SIGNING_TARGETS, TEST_SEED } from './signing.js';

const native = await createNativeEngines();
const signer = signerFromSeed(TEST_SEED, 'test key');
const signature = bytesOf(await signMessage(signer, 'git', MESSAGE, native));

export const OPENSSH_DIFFERENTIALS: readonly DifferentialTarget[] = [
  {
    kind: 'differential',
    name: 'sshsig-openssh',
    about:
      'signatures against `ssh-keygen -Y check-novalidate`: good here is good there; good there is good here, or weak, or another spelling',
    files: [],
    batch: 10,
    oneIn: 100,
    seeds: () => SIGNATURE_SEEDS,
    tokens: SIGNATURE_TOKENS,
    mend: twin('sshsig').mend as NonNullable<DifferentialTarget['mend']>,
    compare: async (inputs) => inputs.map(signatureProblem),
  },
  {
    kind: 'differential',
    name: 'public-key-openssh',
    about: 'public keys against `ssh-keygen -l`: what we read it reads, under the same key id',
    files: [],
    batch: 10,
    oneIn: 100,
    seeds: twin('public-key').seeds,
    tokens: twin('public-key').tokens as NonNullable<DifferentialTarget['tokens']>,
    compare: async (inputs) => inputs.map(keyProblem),
  },
  {
    kind: 'differential',
    name: 'allowed-signers-openssh',
    about: 'allowed_signers that we write against `ssh-keygen -Y find-principals`: it finds the name that was meant',
    files: [],
    batch: 10,
    oneIn: 100,
    seeds: twin('allowed-signers').seeds,
    tokens: twin('allowed-signers').tokens as NonNullable<DifferentialTarget['tokens']>,
    maxLength: 256,
    compare: async (inputs) => inputs.map(principalProblem),
  },
];

function twin(name: string): (typeof SIGNING_TARGETS)[number] {
  const found = SIGNING_TARGETS.find((target) => target.name === name);
  if (found === undefined) throw new RangeError(`no target ${name}`);
  return found;
}

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder('openssh'), name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

/** With a file as input: ssh-keygen may end before it has read any, which a pipe would call an error. */
function sshKeygen(args: readonly string[], input: Uint8Array = MESSAGE): { status: number | null; stdout: string } {
  const handle = openSync(file('input', input), 'r');
  try {
    return spawnSync('ssh-keygen', args, { stdio: [handle, 'pipe', 'ignore'], encoding: 'utf8' });
  } finally {
    closeSync(handle);
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

function signatureProblem(input: Uint8Array): string | undefined {
  const text = textOf(input);
  const path = file('sig', bytesOf(text));
  const theirs = sshKeygen(['-Y', 'check-novalidate', '-n', 'git', '-s', path]).status === 0;
  const ours = verifyMessage(text, 'git', MESSAGE, native);
  if (ours.kind === 'good') return theirs ? undefined : 'ssh-keygen refuses it, and we do not';
  if (!theirs || ours.code === 'key/weak') return undefined;
  const parsed = attempt(() => parseArmor(text));
  // One signature, one spelling: ssh-keygen takes others too.
  return parsed !== undefined && formatArmor(parsed) === text
    ? `ssh-keygen calls it good, and we ${ours.code}`
    : undefined;
}

function keyProblem(input: Uint8Array): string | undefined {
  const text = textOf(input).split('\n')[0] as string;
  const key = attempt(() => parsePublicKey(text));
  if (key === undefined || text.includes('\0')) return undefined;
  const { status, stdout } = sshKeygen(['-l', '-f', file('key.pub', `${text}\n`)]);
  if (status !== 0) return 'ssh-keygen does not read it, and we do';
  return stdout.split(' ')[1] === keyIdOf(key.raw, native) ? undefined : 'ssh-keygen has another key id';
}

function principalProblem(input: Uint8Array): string | undefined {
  const name = textOf(input);
  const allowed = attempt(() => formatAllowedSigners([{ name, keys: [signer.publicKey] }]));
  if (allowed === undefined) return undefined;
  const args = ['-Y', 'find-principals', '-s', file('good.sig', signature), '-f', file('allowed', allowed)];
  const { status, stdout } = sshKeygen(args);
  return status === 0 && stdout === `${name}\n` ? undefined : 'ssh-keygen finds another principal or none';
}
