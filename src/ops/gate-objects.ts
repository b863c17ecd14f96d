/** How closely a gate looks at the objects of new versions: as it was told, and never less than the policy of the target asks. */
import { diffTrees, findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import { checksAsMuch, type ObjectCheck, type Policy } from '../registry/policy.js';
import type { GateRequest } from './gate.js';
import { objectCopies } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { presentObjects } from './present-objects.js';
import { eachVersion, objectsOf } from './read-version.js';
import { verifyVersionObjects } from './verify-objects.js';

/** What was asked for in so many words stays as it is; `refuseTooLittle` says where that is too little. */
export function objectCheckOf(
  { objects, usualObjects = 'decode' }: GateRequest,
  { gateObjects: least }: Policy,
): ObjectCheck {
  return objects ?? (checksAsMuch(usualObjects, least) ? usualObjects : least);
}

/** Who runs a gate may ask for more than the policy of the target does, never for less. */
export function refuseTooLittle(objects: ObjectCheck, { gateObjects: least, version }: Policy): Finding[] {
  if (checksAsMuch(objects, least)) return [];
  const message = `the gate was told '${objects}' for objects, and policy ${version} of the target asks for '${least}'`;
  const hint = `ask for '${least}', or leave it out: --objects, the git setting at1.objects, or the input objects of the action`;
  return [finding('error', 'gate/objects-unchecked', 'objects', message, hint)];
}

/** Objects that versions need and the change takes away or makes others, whatever is asked of new ones. */
export async function refuseLostObjects(base: Registry, there: Registry, state: RegistryState): Promise<Finding[]> {
  const [before, after] = [await objectsFolder(base), await objectsFolder(there)];
  const lost = new Set<string>();
  for await (const change of diffTrees(base.reader, before, after, 'objects/')) {
    if (change.before !== undefined) lost.add(change.path);
  }
  if (lost.size === 0) return [];
  const findings: Finding[] = [];
  const copies = { ...(await objectCopies(base)), store: undefined };
  await eachVersion(state.versions.values(), async (row) => {
    for await (const { reference } of objectsOf(copies, row)) {
      const path = objectPath(reference.object);
      if (!lost.has(path)) continue;
      const message = `the change takes it away or makes another of it, and ${row.kind}/${row.name}@${row.version} needs it`;
      findings.push(
        finding('error', 'object/missing', path, message, 'leave objects as they are; they are only added'),
      );
      return;
    }
  });
  return findings;
}

async function objectsFolder(registry: Registry): Promise<Oid | undefined> {
  const tree = await registryTreeAt(registry, registry.head);
  const entry = tree === undefined ? undefined : await findEntry(registry.reader, tree, 'objects');
  return entry?.mode === '40000' ? entry.oid : undefined;
}

/** Of the versions that are new; from git alone, whatever lies in the work tree. */
export async function judgeObjects(
  there: Registry,
  fresh: readonly VersionRow[],
  objects: ObjectCheck,
  findings: Finding[],
): Promise<void> {
  if (fresh.length === 0) return;
  if (objects === 'skip') {
    const message = `nobody looked at the objects of ${fresh.length === 1 ? 'a new version' : `${fresh.length} new versions`}`;
    findings.push(
      finding('warning', 'gate/objects-skipped', 'objects', message, 'let at1 verify look at them after landing'),
    );
    return;
  }
  const copies = { ...(await objectCopies(there)), store: undefined };
  const done = { objects: new Map(), files: new Set<string>(), findings, onBytes: () => {} };
  for (const row of fresh) {
    // Anybody may push without a key, and name a terabyte in a few bytes; that nobody signed it is an error already.
    if (row.signers.length === 0) continue;
    if (objects === 'decode') await verifyVersionObjects(copies, row, done);
    else findings.push(...(await presentObjects(copies, row)));
  }
}
