/** What people ask of a policy, made into edits of its text: principals and their keys, rules, bars, revoked keys. */
import { At1Error } from '../errors.js';
import type { Oid } from '../git-format/oid.js';
import { type LoadedPolicy, loadPolicyBlob, refuseWeakKey } from '../history/load-policy.js';
import { readMainline } from '../history/mainline.js';
import type { RegistryState } from '../history/registry-state.js';
import { isPrincipalName, parseLaneName, parsePrincipalName } from '../manifest/name.js';
import { addingBar, describeBar, removingBars, revokingKeys } from '../registry/edit-bars.js';
import { demandingObjects } from '../registry/edit-gate.js';
import { addingPrincipal, removingPrincipal, rotatingKey } from '../registry/edit-principals.js';
import { addingRule, parseRequiredEvidence, placeOf, removingRule } from '../registry/edit-rules.js';
import { parseBound } from '../registry/metric-bound.js';
import type { ObjectCheck } from '../registry/policy.js';
import { formatPublicKey, keyIdOf, type PublicKey, parseKeyId, parsePublicKey } from '../signing/public-key.js';
import { changePolicy, type PolicyChange, type PolicyOptions } from './change-policy.js';
import type { LoadedState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { resolveMoment } from './resolve-moment.js';

export interface AddPrincipalRequest {
  readonly name: string;
  /** `ssh-ed25519 AAAA… comment`. */
  readonly key: string;
  /** Default `owner`. */
  readonly role?: string | undefined;
  readonly printedName?: string | undefined;
}

export interface AddPrincipalResult extends Omit<PolicyChange, 'what' | 'warnings'> {
  readonly principal: string;
  readonly role: string;
  /** How many rules name the role; with none it lets nobody do anything. */
  readonly rules: number;
  readonly key: string;
}

/**
 * Throws `key/*`, `policy/principal-exists`, `policy/denied`, `policy/invalid`, `worktree/differs` over an edit of the
 * file, `git/unsupported` in a bare repository.
 */
export async function addPrincipal(
  registry: Registry,
  request: AddPrincipalRequest,
  options: PolicyOptions = {},
): Promise<AddPrincipalResult> {
  const name = parsePrincipalName(request.name);
  const role = parseLaneName(request.role ?? 'owner');
  const key = strongKey(registry, request.key, name);
  const { printedName } = request;
  const edit = addingPrincipal({ name, key: formatPublicKey(key), role, printedName });
  const { change, next } = await changePolicy(registry, () => ({ edit, what: `add ${name} to ${role}` }), options);
  const { what: _what, warnings: _warnings, ...rest } = change;
  return {
    principal: name,
    role,
    rules: next.policy.rules.filter((rule) => rule.role === role).length,
    key: keyIdOf(key.raw, registry.engines),
    ...rest,
  };
}

/** Throws as `addPrincipal` does, and `usage/name` for somebody the policy does not know. */
export async function removePrincipal(
  registry: Registry,
  principal: string,
  options: PolicyOptions = {},
): Promise<PolicyChange> {
  const name = parsePrincipalName(principal);
  const plan = { edit: removingPrincipal(name), what: `remove ${name}` };
  return (await changePolicy(registry, () => plan, options)).change;
}

export interface RotateKeyRequest {
  readonly principal: string;
  /** `ssh-ed25519 AAAA… comment`. */
  readonly key: string;
  /** Keep the keys there are. */
  readonly add?: boolean | undefined;
}

/** Gives a principal another key. Throws as `removePrincipal` does. */
export async function rotateKey(
  registry: Registry,
  request: RotateKeyRequest,
  options: PolicyOptions = {},
): Promise<PolicyChange> {
  const name = parsePrincipalName(request.principal);
  const add = request.add === true;
  const key = strongKey(registry, request.key, name);
  const edit = rotatingKey({ name, key: formatPublicKey(key), add });
  const id = keyIdOf(key.raw, registry.engines);
  const plan = { edit, what: add ? `add the key ${id} to ${name}` : `${id} is the key of ${name}` };
  return (await changePolicy(registry, () => plan, options)).change;
}

function strongKey(registry: Registry, text: string, principal: string): PublicKey {
  const key = parsePublicKey(text.trim());
  refuseWeakKey(key, `principal '${principal}'`, registry.engines);
  return key;
}

export interface AddRuleRequest {
  readonly artifacts: readonly string[];
  readonly actions: readonly string[];
  readonly role: string;
  /** Default 1. */
  readonly threshold?: number | undefined;
  readonly separateAuthor?: boolean | undefined;
  /** `TYPE`, `TYPE:ROLE`, `TYPE:ROLE:MAX_AGE_DAYS`. */
  readonly evidence?: readonly string[] | undefined;
  /** `auc >= 0.9`. */
  readonly metrics?: readonly string[] | undefined;
  readonly licenses?: readonly string[] | undefined;
  readonly refusePickle?: boolean | undefined;
  readonly completeLineage?: boolean | undefined;
  /** Its number, from 1; default: in front of the first rule that would leave nothing to it. */
  readonly at?: number | undefined;
  /** Who is in the role, where that is new. */
  readonly members?: readonly string[] | undefined;
}

/** Throws as `addPrincipal` does, and `policy/exists`, `usage/*` for what is no rule. */
export async function addRule(
  registry: Registry,
  request: AddRuleRequest,
  options: PolicyOptions = {},
): Promise<PolicyChange> {
  const { artifacts, actions, threshold = 1, at } = request;
  if (artifacts.length === 0 || actions.length === 0) {
    throw new At1Error('usage/invalid', {
      message: 'a rule is for artifacts and actions',
      hint: "say both, such as --artifacts 'model/**' --actions promote:production",
    });
  }
  const role = parseLaneName(request.role);
  const rule = {
    artifacts,
    actions,
    role,
    threshold,
    separateAuthor: request.separateAuthor === true,
    evidence: (request.evidence ?? []).map(parseRequiredEvidence),
    metrics: request.metrics ?? [],
    licenses: request.licenses ?? [],
    refusesPickle: request.refusePickle === true,
    completeLineage: request.completeLineage === true,
    at,
    members: (request.members ?? []).map(parsePrincipalName),
  };
  const edit = addingRule(rule);
  const { change } = await changePolicy(
    registry,
    ({ policy }) => {
      const number = placeOf(policy.policy, rule) + 1;
      return {
        edit,
        what: `add rule ${number}: ${threshold} of ${role} for ${actions.join(', ')} of ${artifacts.join(', ')}`,
      };
    },
    options,
  );
  return change;
}

/** `number` from 1. Throws as `addPrincipal` does, and `usage/invalid` where there is no such rule. */
export async function removeRule(
  registry: Registry,
  number: number,
  options: PolicyOptions = {},
): Promise<PolicyChange> {
  const plan = { edit: removingRule(number), what: `remove rule ${number}` };
  return (await changePolicy(registry, () => plan, options)).change;
}

export interface PolicyBarRequest {
  /** A pattern such as `model/fraud-detector`, or the name of an artifact without its kind. */
  readonly artifact: string;
  /** Default `production`. */
  readonly stage?: string | undefined;
  /** `auc >= 0.9`; where bars are removed all of the stage without it. */
  readonly metric?: string | undefined;
  readonly remove?: boolean | undefined;
}

/** Sets a bar before a stage, or takes it away. Throws as `addRule` does, `usage/reference` for a name of two kinds. */
export async function changeBar(
  registry: Registry,
  request: PolicyBarRequest,
  options: PolicyOptions = {},
): Promise<PolicyChange> {
  const { metric, remove = false } = request;
  const stage = parseLaneName(request.stage ?? 'production');
  if (metric !== undefined) parseBound(metric);
  const { change } = await changePolicy(
    registry,
    ({ state }) => {
      const artifact = patternOf(state, request.artifact);
      if (remove)
        return {
          edit: removingBars({ artifact, stage, metric }),
          what: `remove the bar of ${artifact} before ${stage}`,
        };
      if (metric === undefined) {
        throw new At1Error('usage/invalid', {
          message: 'a bar is about a metric',
          hint: "say which: --metric 'auc >= 0.9'",
        });
      }
      const bar = { artifacts: [artifact], stage, bound: parseBound(metric) };
      return { edit: addingBar({ artifact, stage, metric }), what: `set the bar of ${describeBar(bar)}` };
    },
    options,
  );
  return change;
}

/** What every gate must do with objects at least. Throws as `addRule` does. */
export async function demandOfGates(
  registry: Registry,
  objects: ObjectCheck,
  options: PolicyOptions = {},
): Promise<PolicyChange> {
  const what = objects === 'skip' ? 'let gates skip objects' : `every gate looks at objects: ${objects}`;
  const plan = { edit: demandingObjects(objects), what };
  return (await changePolicy(registry, () => plan, options)).change;
}

/** A name without its kind is that of the artifact that has it. */
function patternOf({ versions }: RegistryState, artifact: string): string {
  if (artifact.includes('/') || artifact.includes('*')) return artifact;
  const kinds = new Set([...versions.values()].filter(({ name }) => name === artifact).map(({ kind }) => kind));
  const [kind] = kinds;
  if (kind !== undefined && kinds.size === 1) return `${kind}/${artifact}`;
  throw new At1Error('usage/reference', {
    message: `${kinds.size === 0 ? 'no artifact is' : 'artifacts of several kinds are'} called ${artifact.slice(0, 80)}`,
    hint: `write it with its kind: model/${artifact.slice(0, 80)}`,
  });
}

export interface RevokeKeyRequest {
  /** A principal, for all its keys; or a key: its text, or its id `SHA256:…`. */
  readonly who: string;
  /** The last commit by which what it signed counts; on the mainline. */
  readonly cutoff: string;
  readonly reason: string;
}

/** Throws as `removePrincipal` does, `key/not-found`, `artifact/not-found` for the commit, `usage/invalid`. */
export async function revokeKey(
  registry: Registry,
  { who, cutoff, reason }: RevokeKeyRequest,
  options: PolicyOptions = {},
): Promise<PolicyChange> {
  if (reason.trim() === '' || /\p{Cc}/u.test(reason)) {
    throw new At1Error('usage/invalid', {
      message: 'the reason is one line of text',
      hint: 'such as --reason "laptop stolen"',
    });
  }
  const { change } = await changePolicy(
    registry,
    async (loaded, now) => {
      const keys = await keysOf(now, loaded, who);
      const commit = await cutoffCommit(now, cutoff);
      const ids = keys.map((key) => keyIdOf(key.raw, now.engines)).join(', ');
      return {
        edit: revokingKeys({ keys: keys.map(formatPublicKey), cutoff: commit, reason }),
        what: `revoke ${ids} after ${commit.slice(0, 12)}`,
      };
    },
    options,
  );
  return change;
}

/** Also keys of former policies: what they signed may still count. */
async function keysOf(registry: Registry, { state, policy }: LoadedState, who: string): Promise<readonly PublicKey[]> {
  const text = who.trim();
  const keys = isPrincipalName(text) ? policy.keys.get(text) : undefined;
  if (keys !== undefined) return keys;
  if (text.includes(' ')) return [parsePublicKey(text)];
  const id = text.startsWith('SHA256:') ? parseKeyId(text) : undefined;
  for (const known of id === undefined ? [] : await everyPolicy(registry, state)) {
    const key = [...known.keys.values()].flat().find(({ raw }) => keyIdOf(raw, registry.engines) === id);
    if (key !== undefined) return [key];
  }
  throw new At1Error('key/not-found', {
    message: `no policy of this registry knows a person or a key '${text.slice(0, 80)}'`,
    hint: "name a principal, a key id (SHA256:…), or the key itself ('ssh-ed25519 AAAA...')",
  });
}

async function everyPolicy({ reader, engines }: Registry, { policies }: RegistryState): Promise<LoadedPolicy[]> {
  const found: LoadedPolicy[] = [];
  for (const { blob } of policies.toReversed()) found.push(await loadPolicyBlob(reader, blob, engines));
  return found;
}

/** By its id first: a tag may be called like anything. Dates are no commits: whoever has a stolen key chooses the dates. */
async function cutoffCommit(registry: Registry, text: string): Promise<Oid> {
  const { reader, refs, repository, head, config } = registry;
  const shown = text.slice(0, 80);
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(text)) {
    throw new At1Error('usage/invalid', {
      message: 'a cutoff is a commit, not a date',
      hint: 'git log finds the commit',
    });
  }
  const isHex = /^[0-9a-f]{7,40}$/.test(text);
  const named = isHex ? undefined : await resolveMoment(text, head, reader, refs, repository);
  const mainlines: (readonly Oid[])[] = [];
  for (const tip of new Set([head, refs.resolve(`refs/heads/${config.branch}`) ?? head])) {
    mainlines.push((await readMainline(reader, tip, { shallow: repository.shallow })).commits);
  }
  const found = (mainlines[0] ?? []).filter((oid) => (named === undefined ? oid.startsWith(text) : oid === named));
  const [commit] = found;
  if (commit !== undefined && found.length === 1 && mainlines.every((commits) => commits.includes(commit)))
    return commit;
  throw new At1Error('usage/invalid', {
    message: `'${shown}' is not one commit of the mainline of ${config.branch}`,
    hint: `choose one that git log --first-parent ${config.branch} shows`,
  });
}
