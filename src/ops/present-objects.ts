/** Whether the objects of a version are there, by name and length alone; nothing is decoded. */
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { VersionRow } from '../history/registry-state.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import type { ObjectCopies } from './object-copies.js';
import { objectsOf } from './read-version.js';

export async function presentObjects(copies: ObjectCopies, row: VersionRow): Promise<Finding[]> {
  const { tree, registry } = copies;
  const findings: Finding[] = [];
  try {
    for await (const { reference } of objectsOf(copies, row)) {
      const path = objectPath(reference.object);
      const entry = tree === undefined ? undefined : await findEntry(registry.reader, tree, path);
      const size = entry === undefined ? undefined : registry.reader.blobSize(entry.oid);
      if (entry === undefined) {
        findings.push(finding('error', 'object/missing', path, `${row.path} needs it, and it is not in the change`));
      } else if (size !== undefined && size !== reference.stored) {
        const message = `it has ${size} bytes, and ${row.path} says ${reference.stored}`;
        findings.push(finding('error', 'object/digest-mismatch', path, message));
      }
    }
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    findings.push(findingOf(error, row.path));
  }
  return findings;
}
