/**
 * `doctor`: is this clone's set-up right, and what has a crash or a disk left behind? With `fix` it mends what can be
 * mended from what is known to be good: nothing is guessed, nothing with content is deleted.
 */
import { join } from 'node:path';
import { toHex, utf8 } from '../bytes/text.js';
import { loadCatalog } from '../catalog/catalog-file.js';
import { checkAllowedSigners } from '../checks/check-allowed-signers.js';
import { At1Error } from '../errors.js';
import { gitVersion } from '../git/transport.js';
import { findEntry } from '../git-format/diff-trees.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { ALLOWED_SIGNERS_PATH } from '../manifest/layout-of-registry.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { writeAtomic } from '../store/atomic.js';
import { checkPackedRefs } from './check-packed-refs.js';
import { withAttributes } from './git-attributes.js';
import { catalogPlace, loadState } from './load-state.js';
import { mendLeftovers, mendLocks } from './mend-leftovers.js';
import { mendObjects } from './mend-objects.js';
import { mendWorktree } from './mend-worktree.js';
import type { Registry } from './open-registry.js';
import { openAnySigner } from './open-signer.js';
import { readAttributes } from './read-attributes.js';

export interface DoctorResult {
  /** Nothing is left that is an error. */
  readonly ok: boolean;
  readonly git: string | null;
  readonly key: { readonly principal: string | null; readonly source: string } | null;
  readonly findings: readonly Finding[];
  readonly fixed: readonly string[];
}

export async function doctor(registry: Registry, options: { readonly fix?: boolean } = {}): Promise<DoctorResult> {
  const fix = options.fix === true;
  const findings: Finding[] = [];
  const fixed: string[] = [];
  const { policy, state } = await loadState(registry);
  findings.push(...checkPackedRefs(registry));
  const git = (await gitVersion(registry.repository.git)) ?? null;
  if (git === null) {
    findings.push(
      finding(
        'note',
        'capability/missing',
        'git',
        'no git program on the PATH',
        'ssh and local remotes need one; all else works without',
      ),
    );
  }
  const key = await describeKey(registry, policy.owners, findings);
  const tree = await registryTreeAt(registry, registry.head);
  if (registry.repository.workTree !== undefined && !registry.past) {
    await mendLocks(registry, fix, findings, fixed);
    await mendLeftovers(registry, fix, findings, fixed);
    await checkAttributes(registry, fix, findings, fixed);
    await mendObjects(registry, state, fix, findings, fixed);
    if (tree !== undefined) await mendWorktree(registry, tree, policy, fix, findings, fixed);
    if ((await loadCatalog(catalogPlace(registry)))?.head !== registry.head) {
      findings.push(
        finding(
          'note',
          'catalog/stale',
          '.at1/cache',
          'the catalog is not kept here',
          'at1 reindex; is the state folder writable?',
        ),
      );
    }
  }
  // The working file is right by now; the commit is not, and stays so until somebody commits it.
  const signers = tree === undefined ? undefined : await checkAllowedSigners(registry.reader, tree, policy);
  if (signers !== undefined) {
    findings.push(
      fix ? { ...signers, hint: `git commit ${ALLOWED_SIGNERS_PATH}: it is written as it should be` } : signers,
    );
  }
  return { ok: findings.every(({ severity }) => severity !== 'error'), git, key, findings, fixed };
}

async function describeKey(
  registry: Registry,
  owners: ReadonlyMap<string, string>,
  findings: Finding[],
): Promise<DoctorResult['key']> {
  const { repository, engines } = registry;
  const onUnusableKey = (problem: At1Error) => void findings.push(findingOf(problem, 'user.signingkey', 'warning'));
  const environment = { ...registry.environment, onUnusableKey };
  try {
    const found = await openAnySigner(environment, repository.config, engines, (raw) => owners.has(toHex(raw)));
    const principal = owners.get(toHex(found.signer.publicKey.raw)) ?? null;
    if (principal === null) {
      findings.push(
        finding(
          'warning',
          'signature/unknown-key',
          found.source,
          'the policy does not list your key',
          'at1 key show prints it: ask an owner to add it',
        ),
      );
    }
    return { principal, source: found.source };
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    findings.push(findingOf(error, 'key', 'warning'));
    return null;
  }
}

async function checkAttributes(registry: Registry, fix: boolean, findings: Finding[], fixed: string[]): Promise<void> {
  const path = join(registry.root, '.gitattributes');
  let text: string;
  try {
    const tree = await registryTreeAt(registry, registry.head);
    const { root, reader } = registry;
    text = await readAttributes(root, reader, tree && (await findEntry(reader, tree, '.gitattributes')));
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    // People's own lines are in there: what we cannot read we do not write over.
    findings.push(findingOf(error, '.gitattributes'));
    return;
  }
  const wanted = withAttributes(text);
  if (wanted === text) return;
  if (fix) {
    await writeAtomic(path, utf8(wanted));
    fixed.push('.gitattributes completed; commit it');
  } else {
    findings.push(
      finding(
        'error',
        'worktree/differs',
        '.gitattributes',
        'git may change line ends in registry files',
        'at1 doctor --fix completes it',
      ),
    );
  }
}
