/** The policy in force as people look at it: who there is, what they may do, and what else is asked. */
import { formatDigest } from '../digest/digest.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import { formatPublicKey, keyIdOf } from '../signing/public-key.js';
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
  }[];
}

export async function showPolicy(registry: Registry): Promise<PolicyResult> {
  const { state, policy } = await loadState(registry);
  return describe(policy, `sha256:${state.root.policy}`, registry);
}

function describe(loaded: LoadedPolicy, root: string, registry: Registry): PolicyResult {
  const { policy, keys } = loaded;
  return {
    registry: policy.registry,
    version: policy.version,
    digest: formatDigest(loaded.digest),
    root,
    principals: [...policy.principals.values()].map(({ name, printedName }) => ({
      name,
      printed: printedName,
      keys: (keys.get(name) ?? []).map((key) => ({
        id: keyIdOf(key.raw, registry.engines),
        key: formatPublicKey(key),
      })),
      roles: [...policy.roles].filter(([, members]) => members.has(name)).map(([role]) => role),
    })),
    rules: policy.rules.map(({ artifacts, actions, role, threshold }) => ({ artifacts, actions, role, threshold })),
  };
}
