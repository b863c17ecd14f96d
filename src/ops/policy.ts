/** The policy in force as people look at it: who there is, what they may do, and what else is asked. */
import { formatDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import { formatBound } from '../registry/metric-bound.js';
import type { ObjectCheck } from '../registry/policy.js';
import { formatPublicKey, keyIdOf, parsePublicKey } from '../signing/public-key.js';
import { loadState } from './load-state.js';
import type { Registry } from './open-registry.js';

export interface PolicyResult {
  readonly registry: string;
  readonly version: number;
  readonly digest: string;
  readonly root: string;
  readonly principals: readonly {
    readonly name: string;
    readonly printed: string;
    readonly keys: readonly { readonly id: string; readonly key: string }[];
    readonly roles: readonly string[];
  }[];
  readonly rules: readonly {
    readonly artifacts: readonly string[];
    readonly actions: readonly string[];
    readonly role: string;
    readonly threshold: number;
    readonly separateAuthor: boolean;
    readonly evidence: readonly {
      readonly type: string;
      readonly role: string | null;
      readonly threshold: number;
      readonly maxAgeDays: number | null;
      readonly suite: string | null;
    }[];
    /** Such as `auc >= 0.9`. */
    readonly metrics: readonly string[];
    readonly regressions: readonly {
      readonly metric: string;
      readonly better: 'higher' | 'lower';
      readonly by: number;
    }[];
    readonly licenses: readonly string[];
    readonly refusesPickle: boolean;
    readonly completeLineage: boolean;
  }[];
  readonly bars: readonly { readonly artifacts: readonly string[]; readonly stage: string; readonly metric: string }[];
  readonly revoked: readonly {
    /** Null for a text that is no key. */
    readonly id: string | null;
    readonly key: string;
    readonly cutoff: string;
    readonly reason: string | null;
  }[];
  /** The least that a gate has to do. */
  readonly gate: { readonly objects: ObjectCheck };
}

export async function showPolicy(registry: Registry): Promise<PolicyResult> {
  const { state, policy } = await loadState(registry);
  const { registry: id, version, digest, ...says } = describePolicy(policy, registry.engines);
  return { registry: id, version, digest, root: `sha256:${state.root.policy}`, ...says };
}

/** All that a policy says, in the form in which it is shown and compared. */
export function describePolicy(loaded: LoadedPolicy, engines: Engines): Omit<PolicyResult, 'root'> {
  const { policy, keys } = loaded;
  return {
    registry: policy.registry,
    version: policy.version,
    digest: formatDigest(loaded.digest),
    principals: [...policy.principals.values()].map(({ name, printedName }) => ({
      name,
      printed: printedName,
      keys: (keys.get(name) ?? []).map((key) => ({
        id: keyIdOf(key.raw, engines),
        key: formatPublicKey(key),
      })),
      roles: [...policy.roles].filter(([, members]) => members.has(name)).map(([role]) => role),
    })),
    rules: policy.rules.map(({ evidence, metrics, ...rule }) => ({
      ...rule,
      evidence: evidence.map(({ type, role = null, threshold, maxAgeDays = null, suite }) => {
        return { type, role, threshold, maxAgeDays, suite: suite === undefined ? null : formatDigest(suite) };
      }),
      metrics: metrics.map(formatBound),
    })),
    bars: policy.bars.map(({ artifacts, stage, bound }) => ({ artifacts, stage, metric: formatBound(bound) })),
    revoked: policy.revoked.map(({ key, cutoff, reason = null }) => ({
      id: idOf(key, engines),
      key,
      cutoff,
      reason,
    })),
    gate: { objects: policy.gateObjects },
  };
}

/** Keys that are revoked are only compared, so a policy may hold one that is none. */
function idOf(text: string, engines: Engines): string | null {
  try {
    return keyIdOf(parsePublicKey(text).raw, engines);
  } catch (error) {
    if (error instanceof At1Error) return null;
    throw error;
  }
}
