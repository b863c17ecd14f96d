/** The policy as people work with it: read it, and add somebody. Each change is a new signed version in one commit. */
import { join } from 'node:path';
import { equalBytes, fromUtf8, utf8 } from '../bytes/text.js';
import { allowedSignersOf } from '../checks/check-allowed-signers.js';
import { formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { type LoadedPolicy, loadPolicy, refuseWeakKey } from '../history/load-policy.js';
import { policyMessage } from '../history/message.js';
import { ALLOWED_SIGNERS_PATH, POLICY_PATH, policySignaturePath } from '../manifest/layout-of-registry.js';
import { parseLaneName, parsePrincipalName } from '../manifest/name.js';
import { addPrincipal as addPrincipalText } from '../registry/edit-policy.js';
import { decide } from '../registry/policy.js';
import { formatPublicKey, keyIdOf, parsePublicKey } from '../signing/public-key.js';
import { readFileBounded } from '../store/read-file.js';
import { commitChanges, reopened } from './commit-changes.js';
import { loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { openPrincipalSigner, personOf } from './open-signer.js';
import { refuseReadOnly } from './refuse-read-only.js';
import { withRegistryLock } from './registry-lock.js';

/** Of a file somebody may have filled with anything; the reader of policies has a limit of its own. */
const POLICY_LIMIT = 16 * 1024 * 1024;

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

export interface AddPrincipalRequest {
  readonly name: string;
  /** `ssh-ed25519 AAAA… comment`. */
  readonly key: string;
  /** Default `owner`. */
  readonly role?: string | undefined;
  readonly printedName?: string | undefined;
}

export interface AddPrincipalResult {
  readonly principal: string;
  readonly role: string;
  /** How many rules name the role; with none it lets nobody do anything. */
  readonly rules: number;
  readonly key: string;
  readonly version: number;
  readonly digest: string;
  readonly commit: string;
}

/**
 * Throws `key/*`, `policy/principal-exists`, `policy/denied`, `policy/invalid`, `worktree/differs` over an edit of the
 * file, `git/unsupported` in a bare repository.
 */
export async function addPrincipal(registry: Registry, request: AddPrincipalRequest): Promise<AddPrincipalResult> {
  refuseReadOnly(registry);
  const name = parsePrincipalName(request.name);
  const role = parseLaneName(request.role ?? 'owner');
  const key = parsePublicKey(request.key.trim());
  refuseWeakKey(key, `principal '${name}'`, registry.engines);
  return withRegistryLock(registry, async () => {
    const now = reopened(registry);
    const { policy } = await loadState(now);
    const { environment, repository, engines } = now;
    const signer = await openPrincipalSigner(environment, repository.config, engines, policy);
    const text = addPrincipalText(fromUtf8(policy.bytes), {
      name,
      key: formatPublicKey(key),
      role,
      printedName: request.printedName,
      previousDigest: policy.digest,
    });
    const bytes = utf8(text);
    await refuseEdited(now, [policy.bytes, bytes]);
    const next = loadPolicy(bytes, engines);
    for (const judge of [policy.policy, next.policy]) {
      if (decide(judge, 'policy', undefined, new Set([signer.principal])).kind === 'allowed') continue;
      throw new At1Error('policy/denied', {
        message: `${signer.principal} alone may not change the policy`,
        hint: 'at1 policy show tells who may',
      });
    }
    const { commit } = await commitChanges(now, {
      files: new Map<string, Uint8Array | null>([
        // Signatures are over one version of the file: those of the version before go with it.
        ...[...policy.policy.principals.keys()].map((other) => [policySignaturePath(other), null] as const),
        [POLICY_PATH, bytes],
        [policySignaturePath(signer.principal), utf8(await signer.sign('at1-policy', bytes))],
        [ALLOWED_SIGNERS_PATH, allowedSignersOf(next)],
      ]),
      objects: [],
      message: policyMessage(next.policy.version, `add ${name} to ${role}`),
      author: personOf(environment, repository.config, signer.principal),
      signer,
    });
    return {
      principal: name,
      role,
      rules: next.policy.rules.filter((rule) => rule.role === role).length,
      key: keyIdOf(key.raw, engines),
      version: next.policy.version,
      digest: formatDigest(next.digest),
      commit,
    };
  });
}

/**
 * People edit this file by hand; what they have not committed must not be written over. `known` are the texts that
 * nobody wrote by hand: what is committed, and what a run of the same command may have left that was stopped.
 */
async function refuseEdited(registry: Registry, known: readonly Uint8Array[]): Promise<void> {
  const here = await readFileBounded(join(registry.root, ...POLICY_PATH.split('/')), POLICY_LIMIT);
  if (here === undefined || known.some((bytes) => equalBytes(here, bytes))) return;
  throw new At1Error('worktree/differs', {
    message: `${POLICY_PATH} has changes that are not committed`,
    hint: `commit them with their signature, or undo them: git checkout -- ${POLICY_PATH}`,
  });
}
