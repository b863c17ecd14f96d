/**
 * What is wrong with a policy file, before anybody signs it: its form, its meaning, whether it follows the policy in force,
 * and whose signatures are still needed. The signatures are those that lie beside the file.
 */
import { join, resolve } from 'node:path';
import { fromUtf8 } from '../bytes/text.js';
import { formatDigest } from '../digest/digest.js';
import { At1Error, type ErrorCode } from '../errors.js';
import { namesIn } from '../files/names-in.js';
import { findEntry } from '../git-format/diff-trees.js';
import { readSmallBlob } from '../git-format/read-object.js';
import { checkChain } from '../history/judge-policy.js';
import {
  judgeSignatures,
  SIGNATURE_COUNT_LIMIT,
  SIGNATURE_LIMIT,
  type SignatureFile,
} from '../history/judge-signatures.js';
import { type LoadedPolicy, loadPolicy, refuseWeakKey } from '../history/load-policy.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { POLICY_LIMIT } from '../manifest/documents.js';
import { POLICY_PATH } from '../manifest/layout-of-registry.js';
import { locate, type Pointer, parsePointer } from '../manifest/toml-place.js';
import type { Severity } from '../registry/finding.js';
import { lintPolicy } from '../registry/lint-policy.js';
import { type Policy, parsePolicy } from '../registry/policy.js';
import { parsePublicKey } from '../signing/public-key.js';
import { readFileBounded } from '../store/read-file.js';
import { loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { type PolicySignatures, policySignatures } from './policy-signatures.js';

/** Longer files are refused unread; the limit of the document is told with its own words. */
const FILE_LIMIT = 16 * POLICY_LIMIT;

export interface PolicyProblem {
  readonly code: ErrorCode;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string | null;
  /** Both from 1; null where the place is not known. */
  readonly line: number | null;
  readonly column: number | null;
}

export interface CheckPolicyResult {
  /** No finding is an error. */
  readonly ok: boolean;
  /** As it was asked for; the path in the registry for the working file. */
  readonly file: string;
  /** `follows`: it can be accepted. `astray`: it does not follow the policy in force. `invalid`: it is no policy. */
  readonly state: 'in-force' | 'follows' | 'astray' | 'invalid';
  readonly version: number | null;
  readonly digest: string | null;
  readonly inForce: { readonly version: number; readonly digest: string };
  /** Whose signatures it takes; empty for the policy in force and for what cannot be accepted. */
  readonly signatures: readonly PolicySignatures[];
  readonly findings: readonly PolicyProblem[];
}

/** `file`: default the working file. Throws `usage/path` where there is none, and what makes the registry unreadable. */
export async function checkPolicy(registry: Registry, file?: string): Promise<CheckPolicyResult> {
  const { policy: before } = await loadState(registry);
  const path = file === undefined ? join(registry.root, ...POLICY_PATH.split('/')) : resolve(file);
  const bytes = await policyBytes(registry, path, file === undefined);
  const inForce = { version: before.policy.version, digest: formatDigest(before.digest) };
  const result = { file: file ?? POLICY_PATH, inForce, signatures: [] };
  const findings: PolicyProblem[] = [];
  const next = understand(registry, bytes, findings);
  if (next === undefined) {
    return { ...result, ok: false, state: 'invalid', version: null, digest: null, findings };
  }
  const text = fromUtf8(bytes);
  for (const { severity, message, hint, at } of lintPolicy(next.policy)) {
    findings.push(
      placed({ code: severity === 'error' ? 'policy/invalid' : 'policy/unused', severity, message, hint }, text, at),
    );
  }
  const whole = { ...result, version: next.policy.version, digest: formatDigest(next.digest), findings };
  if (next.digest === before.digest) return { ...whole, ok: isWell(findings), state: 'in-force' };
  const stray = strayOf(registry, before, next, text);
  if (stray !== undefined) return { ...whole, findings: [stray, ...findings], ok: false, state: 'astray' };
  const signatures = await signaturesBeside(registry, path, before, next, findings);
  return { ...whole, ok: isWell(findings), state: 'follows', signatures };
}

function isWell(findings: readonly PolicyProblem[]): boolean {
  return !findings.some(({ severity }) => severity === 'error');
}

/** What is not checked out is read from the commit. */
async function policyBytes(registry: Registry, path: string, isOwn: boolean): Promise<Uint8Array> {
  const found = await readFileBounded(path, FILE_LIMIT);
  if (found !== undefined) return found;
  const tree = isOwn ? await registryTreeAt(registry, registry.head) : undefined;
  const entry = tree === undefined ? undefined : await findEntry(registry.reader, tree, POLICY_PATH);
  if (entry?.mode.startsWith('100') === true) return readSmallBlob(registry.reader, entry.oid, FILE_LIMIT);
  throw new At1Error('usage/path', {
    message: `there is no file ${path}`,
    hint: 'name a policy file',
    facts: { path },
  });
}

/** Every key is tried, so that one run tells them all. */
function understand({ engines }: Registry, bytes: Uint8Array, findings: PolicyProblem[]): LoadedPolicy | undefined {
  let policy: Policy;
  try {
    policy = parsePolicy(bytes);
  } catch (error) {
    findings.push(problemOf(error, bytes));
    return undefined;
  }
  for (const { name, keys } of policy.principals.values()) {
    for (const text of keys) {
      try {
        refuseWeakKey(parsePublicKey(text), `principal '${name}'`, engines);
      } catch (error) {
        findings.push(problemOf(error, bytes, ['principals', name, 'keys'], `${name}: `));
      }
    }
  }
  if (findings.length > 0) return undefined;
  try {
    return loadPolicy(bytes, engines);
  } catch (error) {
    findings.push(problemOf(error, bytes));
    return undefined;
  }
}

function problemOf(error: unknown, bytes: Uint8Array, at?: Pointer, prefix = ''): PolicyProblem {
  if (!(error instanceof At1Error)) throw error;
  const { code, message, hint = null, facts } = error;
  const told = { code, severity: 'error' as const, message: `${prefix}${message}`, hint };
  const { line, column } = facts;
  if (typeof line === 'number' && typeof column === 'number') return { ...told, line, column };
  const pointer = at ?? (typeof facts.at === 'string' ? parsePointer(facts.at) : undefined);
  return pointer === undefined ? { ...told, line: null, column: null } : placed(told, fromUtf8(bytes), pointer);
}

function placed(told: Omit<PolicyProblem, 'line' | 'column'>, text: string, at: Pointer): PolicyProblem {
  const place = locate(text, at);
  return { ...told, line: place?.line ?? null, column: place?.column ?? null };
}

function strayOf(
  { config }: Registry,
  before: LoadedPolicy,
  next: LoadedPolicy,
  text: string,
): PolicyProblem | undefined {
  const found = checkChain(next, before, config.id);
  if (found === undefined) return undefined;
  const { code, severity, message } = found;
  const lines: Readonly<Record<string, readonly [string, string]>> = {
    'manifest/other-registry': ['registry', `registry = "${config.id}"`],
    'history/policy-rollback': ['version', `version = ${before.policy.version + 1}`],
    'history/policy-chain': ['previous', `previous = "${formatDigest(before.digest)}"`],
  };
  const [key = '', line] = lines[code] ?? [];
  return placed({ code, severity, message, hint: line === undefined ? null : `write ${line}` }, text, [key]);
}

async function signaturesBeside(
  { engines }: Registry,
  path: string,
  before: LoadedPolicy,
  next: LoadedPolicy,
  findings: PolicyProblem[],
): Promise<PolicySignatures[]> {
  const folder = path.replace(/\.toml$/, '.sig');
  const files: SignatureFile[] = [];
  const names = folder === path ? [] : (await namesIn(folder)).filter((name) => name.endsWith('.sig'));
  for (const name of names.slice(0, SIGNATURE_COUNT_LIMIT)) {
    try {
      const bytes = await readFileBounded(join(folder, name), SIGNATURE_LIMIT);
      if (bytes !== undefined) files.push({ name: name.slice(0, -'.sig'.length), path: name, bytes });
    } catch (error) {
      findings.push({ ...problemOf(error, next.bytes), severity: 'warning' });
    }
  }
  const judged = [before, next].map((judge) => judgeSignatures(files, 'at1-policy', next.bytes, judge, engines));
  const [first, second] = judged;
  for (const { code, message, subject } of first?.problems ?? []) {
    if (!second?.problems.some((other) => other.subject === subject)) continue;
    const hint = 'at1 policy sign leaves out what was signed for another version';
    findings.push({ code, severity: 'warning', message: `${subject}: ${message}`, hint, line: null, column: null });
  }
  return policySignatures(before, next, (judge) => judged[judge === before ? 0 : 1]?.principals ?? new Set());
}
