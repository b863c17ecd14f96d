/** Which key signs: the one that is named, else the first that the policy lists, else the first there is. */
import { toHex } from '../bytes/text.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import type { GitConfig } from '../git/config.js';
import type { Person } from '../git-format/person.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import { chooseSigner, findSigners } from '../keys/find-signer.js';
import type { PrincipalName } from '../manifest/name.js';
import { formatPublicKey } from '../signing/public-key.js';
import { type Namespace, type Signer, signMessage } from '../signing/sshsig.js';
import type { Environment } from './environment.js';

export interface OpenSigner {
  readonly signer: Signer;
  /** Where the key was found, for messages. */
  readonly source: string;
  sign(namespace: Namespace, message: Uint8Array): Promise<string>;
}

export interface PrincipalSigner extends OpenSigner {
  readonly principal: PrincipalName;
}

/** Any usable key; throws `key/none` where there is none at all. */
export async function openAnySigner(
  environment: Environment,
  config: GitConfig,
  engines: Engines,
  isListed: (raw: Uint8Array) => boolean = () => false,
  isBest: (raw: Uint8Array) => boolean = isListed,
): Promise<OpenSigner> {
  const candidates = findSigners({
    explicit: environment.signingKey,
    gitSigningKey: config.get('user.signingkey'),
    gitFormat: config.get('gpg.format'),
    configDir: environment.configDir,
    agentSocket: environment.agentSocket,
    homeDir: environment.home,
    passphrase: environment.passphrase,
    onProblem: (problem, source) => {
      if (source === 'git') environment.onUnusableKey?.(problem);
    },
  });
  const chosen = await chooseSigner(candidates, isListed, isBest);
  const signer = await chosen.open();
  return {
    signer,
    source: chosen.place,
    sign: (namespace, message) => signMessage(signer, namespace, message, engines),
  };
}

/**
 * A key of somebody in the policy, one that is best where there is a choice. Throws `key/none`, or
 * `signature/unknown-key` with the command to ask for.
 */
export async function openPrincipalSigner(
  environment: Environment,
  config: GitConfig,
  engines: Engines,
  policy: Pick<LoadedPolicy, 'owners' | 'policy' | 'revoked'>,
  isBest?: (raw: Uint8Array) => boolean,
): Promise<PrincipalSigner> {
  // What a revoked key signs from now on counts for nothing.
  const ownerOf = (raw: Uint8Array) => (policy.revoked.has(toHex(raw)) ? undefined : policy.owners.get(toHex(raw)));
  const found = await openAnySigner(environment, config, engines, (raw) => ownerOf(raw) !== undefined, isBest);
  const principal = ownerOf(found.signer.publicKey.raw);
  if (principal === undefined) {
    throw new At1Error('signature/unknown-key', {
      message: `the policy does not list your key (${found.source})`,
      hint: `ask somebody it lists to run: at1 policy add-principal NAME '${formatPublicKey(found.signer.publicKey)}'`,
      facts: { listed: [...policy.policy.principals.keys()] },
    });
  }
  return { ...found, principal };
}

/** Author and committer of what we write: the user's git identity, else the principal's name. */
export function personOf(environment: Environment, config: GitConfig, principal: string): Person {
  return {
    name: environment.authorName ?? config.get('user.name') ?? principal,
    email: environment.authorEmail ?? config.get('user.email') ?? `${principal}@at1.invalid`,
    seconds: Math.floor(environment.now().getTime() / 1000),
    timezone: '+0000',
  };
}
