/**
 * What a step does to the policy. Only an accepted one takes effect; until then the one before stays in force,
 * whatever the tree holds, and signatures may still come.
 */
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { POLICY_PATH } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import { acceptPolicy, type Folding, type HistorySource, newestPolicy, report, settle } from './folding.js';
import { isOfPolicy, judgePolicy, POLICY_SIGNATURES } from './judge-policy.js';
import { judgeSignatures, readSignatures } from './judge-signatures.js';
import type { RegistryChange } from './registry-tree.js';

/** `raised`: a merge brought a higher policy, so the tree must hold that one now. */
export async function applyPolicy(
  source: HistorySource,
  fold: Folding,
  changes: readonly RegistryChange[],
  tree: Oid,
  raised: boolean,
): Promise<void> {
  const own = changes.filter(({ path }) => isOfPolicy(path));
  if (own.length === 0 && !raised) return;
  const entry = await findEntry(source.reader, tree, POLICY_PATH);
  if (entry?.mode === '100644' && entry.oid === newestPolicy(fold).blob) {
    await checkSignatures(source, fold, own, tree, raised);
    return;
  }
  const judged = await judgePolicy(source.reader, tree, fold.policy, fold.registry, source.engines);
  if (judged.accepted !== undefined) {
    settle(fold, isAboutPolicy);
    acceptPolicy(fold, judged.accepted.loaded, judged.accepted.blob);
  }
  for (const found of judged.findings) report(fold, found);
}

function isAboutPolicy({ subject }: Finding): boolean {
  return isOfPolicy(subject);
}

/** The policy in force lies where it should: added signatures must be good, those that were there must stay. */
async function checkSignatures(
  source: HistorySource,
  fold: Folding,
  changes: readonly RegistryChange[],
  tree: Oid,
  raised: boolean,
): Promise<void> {
  const { files, problems } = await readSignatures(source.reader, tree, POLICY_SIGNATURES);
  const judged = judgeSignatures(files, 'at1-policy', fold.policy.bytes, fold.policy, source.engines);
  const wrong = [...problems, ...judged.problems].filter(({ subject }) => changes.some(({ path }) => path === subject));
  for (const { path, place, before, after } of changes) {
    // What is gone with a policy that a merge took over was signed for the one before.
    if (raised || before === undefined || place.kind !== 'policy-signature' || judged.principals.has(place.principal))
      continue;
    // A stranger's signature never counted and may go.
    if (!fold.policy.keys.has(place.principal)) continue;
    const what = `a signature file was ${after === undefined ? 'removed' : 'changed'}`;
    wrong.push(
      finding('error', 'history/signature-changed', path, what, 'signature files are only ever added: bring it back'),
    );
  }
  const still = new Set([...problems, ...judged.problems, ...wrong].map(({ subject }) => subject));
  settle(fold, (found) => isAboutPolicy(found) && !still.has(found.subject) && !isStillGone(found, judged.principals));
  for (const found of wrong) report(fold, found);
}

function isStillGone({ code, subject }: Finding, principals: ReadonlySet<string>): boolean {
  const name = subject.slice(POLICY_SIGNATURES.length + 1, -'.sig'.length);
  return code === 'history/signature-changed' && !principals.has(name);
}
