/** Damaged or missing working files of objects, written again from the copy in git when that one is intact. */
import { At1Error } from '../errors.js';
import type { RegistryState } from '../history/registry-state.js';
import type { SegmentReference } from '../manifest/bases.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import { checkObject, openSegment } from '../packing/segment.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { fileCopy, gitCopy, type ObjectCopies, objectCopies } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { eachVersion, objectsOf } from './read-version.js';

export async function mendObjects(
  registry: Registry,
  state: RegistryState,
  fix: boolean,
  findings: Finding[],
  fixed: string[],
): Promise<void> {
  const copies = await objectCopies(registry);
  const seen = new Set<string>();
  await eachVersion(
    state.versions.values(),
    async (row) => {
      for await (const { reference } of objectsOf(copies, row)) {
        if (seen.has(reference.object)) continue;
        seen.add(reference.object);
        await mendOne(copies, reference, fix, findings, fixed);
      }
    },
    (error, row) => findings.push(findingOf(error, row.path)),
  );
}

async function mendOne(
  copies: ObjectCopies,
  segment: SegmentReference,
  fix: boolean,
  findings: Finding[],
  fixed: string[],
): Promise<void> {
  const problem = await problemOf(copies, segment, fileCopy);
  if (problem === undefined) return;
  const path = objectPath(segment.object);
  const inGit = await problemOf(copies, segment, gitCopy);
  if (inGit !== undefined) {
    findings.push(
      finding('error', 'object/missing', path, 'no intact copy is here', 'git fetch, or copy it from another clone'),
    );
    return;
  }
  const container = await gitCopy.read(copies, segment);
  if (fix && container !== undefined && copies.store !== undefined) {
    await copies.store.put(container, segment.object);
    fixed.push(`${path} mended from git`);
  } else {
    findings.push(
      finding(
        'error',
        'worktree/damaged-copy',
        path,
        `${problem}; git has an intact copy`,
        'at1 doctor --fix mends it',
      ),
    );
  }
}

/** What is wrong with a copy; undefined where it is intact. */
async function problemOf(
  copies: ObjectCopies,
  segment: SegmentReference,
  copy: typeof fileCopy,
): Promise<string | undefined> {
  try {
    const container = await copy.read(copies, segment);
    if (container === undefined) return 'the working file is gone';
    // A difference is judged by its own bytes: its base is an object of its own.
    const judge = segment.base === undefined ? openSegment : checkObject;
    await judge(container, segment, copies.registry.engines);
    return undefined;
  } catch (error) {
    if (error instanceof At1Error) return error.message;
    throw error;
  }
}
