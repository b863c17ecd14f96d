/**
 * The policy a registry begins with: one that names its owner alone, or one that somebody wrote. Whoever begins has to be
 * enough for it, because the first commit has one signature. docs/format/history.md section 3, rule 1.
 */
import { resolve } from 'node:path';
import { utf8 } from '../bytes/text.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { configOutside, openRepository, type Repository } from '../git/repository.js';
import { type LoadedPolicy, loadPolicy } from '../history/load-policy.js';
import { DEFAULT_KEY, generateKey } from '../keys/key-store.js';
import { readPolicy } from '../manifest/documents.js';
import { type PrincipalName, parsePrincipalName } from '../manifest/name.js';
import { parseRegistryId, type RegistryId } from '../manifest/registry-id.js';
import { writeBasic } from '../manifest/toml-writer.js';
import { createNativeEngines } from '../native/engines.js';
import { initialPolicy } from '../registry/initial-policy.js';
import { lintPolicy } from '../registry/lint-policy.js';
import { decide, parsePolicy } from '../registry/policy.js';
import { setTop } from '../registry/policy-text.js';
import { formatPublicKey, keyIdOf } from '../signing/public-key.js';
import { defaultEnvironment, type Environment, repositoryOptions } from './environment.js';
import type { InitOptions } from './init.js';
import { openRegistry } from './open-registry.js';
import { type OpenSigner, openAnySigner, openPrincipalSigner } from './open-signer.js';

interface Surroundings {
  readonly environment: Environment;
  readonly repository: Pick<Repository, 'config'>;
  readonly engines: Engines;
}

interface OwnerKey {
  readonly opened: OpenSigner;
  readonly created: boolean;
}

export interface FirstPolicy {
  readonly loaded: LoadedPolicy;
  /** Who signs it. */
  readonly principal: PrincipalName;
  readonly key: OwnerKey;
}

/** Throws `key/*`; for a policy that was given what reading it throws, `signature/unknown-key`, `policy/*`. */
export async function firstPolicy(options: InitOptions, around: Surroundings, id: RegistryId): Promise<FirstPolicy> {
  if (options.policy !== undefined) return givenPolicy(options.policy, around, id);
  const key = await ownerKey(around);
  const principal = principalName(options, around);
  const text = policyOf(around, id, principal, key.opened);
  return { loaded: loadPolicy(utf8(text), around.engines), principal, key };
}

function policyOf(
  { repository }: Surroundings,
  registry: RegistryId,
  principal: PrincipalName,
  { signer }: OpenSigner,
): string {
  const key = formatPublicKey(signer.publicKey);
  return initialPolicy({ registry, principal, key, printedName: repository.config.get('user.name') });
}

/** With the identity of the new registry in it, so that nothing signed for one registry can be said of another. */
async function givenPolicy(
  given: string,
  { environment, repository, engines }: Surroundings,
  id: RegistryId,
): Promise<FirstPolicy> {
  const first = withHint(() => parsePolicy(utf8(given)));
  if (first.version !== 1) {
    throw new At1Error('policy/invalid', {
      message: `a registry begins with policy 1, and this is ${first.version}`,
      hint: 'set version = 1 and take previous out',
    });
  }
  const loaded = loadPolicy(utf8(withIdentity(given, id)), engines);
  const wrong = lintPolicy(loaded.policy).find(({ severity }) => severity === 'error');
  if (wrong !== undefined) {
    throw new At1Error('policy/invalid', { message: wrong.message, hint: wrong.hint ?? undefined });
  }
  const opened = await openPrincipalSigner(environment, repository.config, engines, loaded);
  const { principal } = opened;
  const decision = decide(loaded.policy, 'policy', undefined, new Set([principal]));
  if (decision.kind === 'allowed') return { loaded, principal, key: { opened, created: false } };
  const needs = decision.have > 0 ? `it takes ${decision.needs} of ${decision.role}` : `${principal} may not`;
  throw new At1Error('policy/denied', {
    message: `${principal} alone cannot begin with this policy: ${needs} to change it, and the first commit has one signature`,
    hint: `let one of those who may be enough at first, and raise it afterwards: at1 policy rule --artifacts '*' --actions policy --role ${decision.role ?? 'ROLE'} --threshold 2`,
  });
}

/** Whoever writes a first policy should not have to know its form by heart. */
function withHint<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof At1Error) || error.hint !== undefined) throw error;
    const { code, message, facts } = error;
    throw new At1Error(code, { message, facts, hint: 'at1 policy init prints one to begin with', cause: error });
  }
}

/** A line that is written in a way in which only TOML finds it would be there twice then. */
function withIdentity(given: string, id: RegistryId): string {
  const lines = given.split('\n');
  setTop(lines, 'registry', writeBasic(id));
  const text = lines.join('\n');
  try {
    readPolicy(utf8(text));
    return text;
  } catch (cause) {
    throw new At1Error('policy/invalid', {
      message: 'the line with the identity of the registry was not found',
      hint: 'write it as at1 policy init does: registry = "…", on a line of its own',
      cause,
    });
  }
}

export interface DraftPolicyOptions extends Omit<InitOptions, 'branch' | 'policy'> {}

export interface DraftPolicy {
  /** What `init` would begin with, but for the identity of the registry. */
  readonly policy: string;
  readonly principal: string;
  readonly key: { readonly id: string; readonly source: string };
}

/** No registry has it: what `init` draws takes its place. */
const NO_REGISTRY = parseRegistryId('00000000000000000000000000');

/** Writes nothing, makes no key. Throws `policy/exists` in a registry, and `key/*`. */
export async function draftPolicy(options: DraftPolicyOptions): Promise<DraftPolicy> {
  const environment = defaultEnvironment(options.environment);
  const dir = resolve(options.dir);
  await refuseRegistry(dir, environment);
  const engines = await createNativeEngines();
  const repository = await configAt(dir, environment);
  const opened = await openAnySigner(environment, repository.config, engines);
  const around = { environment, repository, engines };
  const principal = principalName(options, around);
  const lines = policyOf(around, NO_REGISTRY, principal, opened).split('\n');
  setTop(
    lines,
    'registry',
    `${writeBasic(NO_REGISTRY)}  # at1 init --policy writes the identity of the new registry here`,
  );
  const key = { id: keyIdOf(opened.signer.publicKey.raw, engines), source: opened.source };
  return { policy: lines.join('\n'), principal, key };
}

async function refuseRegistry(dir: string, environment: Environment): Promise<void> {
  try {
    await openRegistry({ dir, environment });
    throw new At1Error('policy/exists', {
      message: `the registry in ${dir} has had a policy since its first commit`,
      hint: 'at1 policy show; at1 policy rule and add-principal change it',
    });
  } catch (error) {
    const none = error instanceof At1Error && /^registry\/(?:not-found|empty-history)$/.test(error.code);
    if (!none) throw error;
  }
}

async function configAt(dir: string, environment: Environment): Promise<Pick<Repository, 'config'>> {
  const options = repositoryOptions(environment);
  try {
    return await openRepository(dir, options);
  } catch (error) {
    if (!(error instanceof At1Error) || error.code !== 'git/not-a-repository') throw error;
    return { config: configOutside(options) };
  }
}

async function ownerKey({ environment, repository, engines }: Surroundings): Promise<OwnerKey> {
  try {
    return { opened: await openAnySigner(environment, repository.config, engines), created: false };
  } catch (error) {
    if (!(error instanceof At1Error) || error.code !== 'key/none') throw error;
  }
  await generateKey(environment.configDir, { name: DEFAULT_KEY, comment: 'at1' });
  return { opened: await openAnySigner(environment, repository.config, engines), created: true };
}

/** `Ana López <ana.lopez@example.org>` becomes `ana.lopez`; without any identity the owner is `owner`. */
function principalName(
  { principal, userName }: Pick<InitOptions, 'principal' | 'userName'>,
  { environment, repository }: Pick<Surroundings, 'environment' | 'repository'>,
): PrincipalName {
  if (principal !== undefined) return parsePrincipalName(principal);
  const email = environment.authorEmail ?? repository.config.get('user.email');
  for (const candidate of [email?.split('@')[0], userName]) {
    const plain = (candidate ?? '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9._-]/g, '')
      .replaceAll(/^[._-]+|[._-]+$/g, '');
    try {
      if (plain !== '') return parsePrincipalName(plain);
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
    }
  }
  return parsePrincipalName('owner');
}
