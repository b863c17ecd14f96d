/** Damaged or missing copies of objects, written again from the intact one: working files from git, and the other way. */
import { At1Error } from '../errors.js';
import { oidOf } from '../git/object-source.js';
import { ObjectWriter } from '../git/object-writer.js';
import type { RegistryState } from '../history/registry-state.js';
import type { SegmentReference } from '../manifest/bases.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import { checkObject, openSegment } from '../packing/segment.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { blobOf, fileCopy, gitCopy, type ObjectCopies, objectCopies } from './object-copies.js';
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
  const here = await look(copies, segment, fileCopy);
  if (here.container !== undefined) {
    await mendInGit(copies, segment, here.container, fix, findings, fixed);
    return;
  }
  const path = objectPath(segment.object);
  const { container } = await look(copies, segment, gitCopy);
  if (container === undefined) {
    findings.push(
      finding('error', 'object/missing', path, 'no intact copy is here', 'git fetch, or copy it from another clone'),
    );
  } else if (fix && copies.store !== undefined) {
    await copies.store.put(container, segment.object);
    fixed.push(`${path} mended from git`);
  } else {
    findings.push(
      finding(
        'error',
        'worktree/damaged-copy',
        path,
        `${here.problem}; git has an intact copy`,
        'at1 doctor --fix mends it',
      ),
    );
  }
}

/** A damaged copy in git, beside an intact working file: `git add` takes it for what is there already. */
async function mendInGit(
  copies: ObjectCopies,
  segment: SegmentReference,
  container: Uint8Array,
  fix: boolean,
  findings: Finding[],
  fixed: string[],
): Promise<void> {
  const { repository, reader } = copies.registry;
  // Compared with what was just verified, not verified once more.
  if (await gitCopy.equals(copies, segment, container)) return;
  const blob = await blobOf(copies, segment);
  // Nothing is committed, or a partial clone has left it out.
  if (blob === undefined || (repository.partial && !reader.has(blob))) return;
  const path = objectPath(segment.object);
  if (oidOf('blob', container) !== blob) {
    const hint = `the working file is intact: git add ${path}, and commit it`;
    findings.push(finding('error', 'object/damaged-copy', path, 'what is committed is not this object', hint));
    return;
  }
  if (!fix) {
    findings.push(
      finding(
        'error',
        'object/damaged-copy',
        path,
        `the copy in git (${blob}) is damaged or gone; the working file is intact`,
        'at1 doctor --fix mends it',
      ),
    );
    return;
  }
  await new ObjectWriter(repository).writeObjects([{ type: 'blob', bytes: container }]);
  if (await gitCopy.equals(copies, segment, container)) fixed.push(`${path} mended in git from the working file`);
  else
    findings.push(
      finding('error', 'object/damaged-copy', path, `the copy in git (${blob}) stays damaged`, 'clone again'),
    );
}

/** The bytes of an intact copy, or what is wrong with it. */
async function look(
  copies: ObjectCopies,
  segment: SegmentReference,
  copy: typeof fileCopy,
): Promise<{ readonly container: Uint8Array } | { readonly container: undefined; readonly problem: string }> {
  try {
    const container = await copy.read(copies, segment);
    if (container === undefined) return { container, problem: 'the working file is gone' };
    // A difference is judged by its own bytes: its base is an object of its own.
    const judge = segment.base === undefined ? openSegment : checkObject;
    await judge(container, segment, copies.registry.engines);
    return { container };
  } catch (error) {
    if (error instanceof At1Error) return { container: undefined, problem: error.message };
    throw error;
  }
}
