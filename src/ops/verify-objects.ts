/**
 * Every object a version needs, in every place it lies: digests of the containers, of the segments and of the files,
 * against the signed manifest. A damaged copy is an error even where another is intact.
 */
import { blake3Of, type Digest, digestOf } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import type { VersionRow } from '../history/registry-state.js';
import { plainReference, type ResolvedSegments, resolveBases, type SegmentReference } from '../manifest/bases.js';
import { type Manifest, readLayout } from '../manifest/documents.js';
import type { FileEntry } from '../manifest/generated/types.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import { checkObject, openSegment } from '../packing/segment.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { fileCopy, gitCopy, type ObjectCopies, openObject } from './object-copies.js';
import { readAhead } from './read-ahead.js';
import { manifestOf } from './read-version.js';
import { SegmentMemory } from './segment-memory.js';

/** What was checked already in this run: versions share files and segments. */
export interface VerifiedSoFar {
  /** Objects whose copies were all looked at, and what they were said to hold: another claim is another question. */
  readonly objects: Map<Digest, Set<string>>;
  readonly files: Set<string>;
  readonly findings: Finding[];
  readonly onBytes: (count: number) => void;
}

/** What is asked of a version: plain data, settled when it landed. */
export type CheckedRow = Pick<VersionRow, 'kind' | 'name' | 'version' | 'path' | 'blob' | 'manifest'>;

export async function verifyVersionObjects(copies: ObjectCopies, row: CheckedRow, done: VerifiedSoFar): Promise<void> {
  let manifest: Manifest;
  try {
    manifest = await manifestOf(copies.registry, row);
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    done.findings.push(findingOf(error, row.path));
    return;
  }
  for (const file of manifest.files) await verifyFile(copies, row, file, done);
}

async function verifyFile(copies: ObjectCopies, row: CheckedRow, file: FileEntry, done: VerifiedSoFar): Promise<void> {
  const { engines } = copies.registry;
  const lists = await listSegments(copies, row, file, done);
  if (lists === undefined) return;
  const { segments, bases } = lists;
  const key = `${file.size} ${file.sha256} ${file.blake3} ${[...segments, ...bases].map((one) => `${one.object} ${claimOf(one)}`).join(' ')}`;
  if (done.files.has(key)) return;
  done.files.add(key);
  for (const base of bases) await verifyCopies(copies, row, base, done);
  const [only] = segments;
  const single = segments.length === 1 && only?.sha256 === file.sha256;
  const sha256 = single ? undefined : engines.newSha256();
  const blake3 = engines.newBlake3();
  const memory = new SegmentMemory();
  const inspecting = readAhead(segments, async (segment) => ({
    segment,
    found: await inspect(copies, segment, done, memory),
  }));
  for await (const { segment, found } of inspecting) {
    const bytes = report(found, row, segment, done);
    if (bytes === undefined) return;
    sha256?.update(bytes);
    blake3.update(bytes);
    done.onBytes(bytes.length);
    if (found.container !== undefined) memory.give(found.container);
  }
  const whole = sha256 === undefined ? file.sha256 : digestOf(sha256.digest());
  if (whole !== file.sha256 || blake3Of(blake3.digest()) !== file.blake3) {
    done.findings.push(
      finding(
        'error',
        'file/digest-mismatch',
        `${row.kind}/${row.name}@${row.version}: ${file.path}`,
        'the file its objects give does not have the digests of the manifest',
        'the manifest was wrong when it was signed: register the file again as a new version',
      ),
    );
  }
}

async function listSegments(
  copies: ObjectCopies,
  row: CheckedRow,
  file: FileEntry,
  done: VerifiedSoFar,
): Promise<ResolvedSegments | undefined> {
  const { segments, bases = [] } = file;
  if (segments !== undefined) return resolveBases({ segments, bases });
  if (file.layout === undefined) return undefined;
  const bytes = await verifyCopies(copies, row, plainReference(file.layout), done);
  if (bytes === undefined) return undefined;
  try {
    const layout = readLayout(bytes);
    if (layout.size === file.size) return resolveBases(layout);
    done.findings.push(
      finding('error', 'manifest/content-mismatch', row.path, `the layout of ${file.path} is of another size`),
    );
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    done.findings.push(findingOf(error, `${row.path}: layout of ${file.path}`));
  }
  return undefined;
}

/** The original bytes if at least one copy is intact; a finding for every copy that is not. */
async function verifyCopies(
  copies: ObjectCopies,
  row: CheckedRow,
  wanted: SegmentReference,
  done: VerifiedSoFar,
): Promise<Uint8Array | undefined> {
  return report(await inspect(copies, wanted, done), row, wanted, done);
}

function claimOf({ sha256, size, stored, transform, base }: SegmentReference): string {
  return `${sha256} ${size} ${stored} ${transform ?? ''} ${base?.sha256 ?? ''}`;
}

interface Inspected {
  readonly bytes: Uint8Array | undefined;
  /** The memory they lie in. */
  readonly container: Uint8Array | undefined;
  readonly seen: number;
  /** Of the copies, where nobody looked at this object before. */
  readonly problems: readonly DamagedCopy[];
}

interface DamagedCopy {
  /** Or `base`: the copies may be intact, but what they are a difference to is not here. */
  readonly source: 'file' | 'git' | 'base';
  readonly error: At1Error;
}

/** Looks at every copy of an object; where it was done before, at the first intact one. */
async function inspect(
  copies: ObjectCopies,
  wanted: SegmentReference,
  done: VerifiedSoFar,
  memory?: SegmentMemory,
): Promise<Inspected> {
  const claims = done.objects.get(wanted.object) ?? new Set();
  const first = !claims.has(claimOf(wanted));
  done.objects.set(wanted.object, claims.add(claimOf(wanted)));
  let intact: { container: Uint8Array; bytes: Uint8Array | undefined } | undefined;
  let seen = 0;
  const problems: DamagedCopy[] = [];
  const base = await openBase(copies, wanted, memory);
  if (base instanceof At1Error) problems.push({ source: 'base', error: base });
  for (const copy of [fileCopy, gitCopy]) {
    if (!first && intact !== undefined) break;
    try {
      if (intact !== undefined && (await copy.equals(copies, wanted, intact.container))) {
        seen++;
        continue;
      }
      const container = await copy.read(copies, wanted, memory);
      if (container === undefined) continue;
      seen++;
      intact = { container, bytes: await openWith(base, container, wanted, copies) };
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      seen++;
      problems.push({ source: copy.source, error });
    }
  }
  return { bytes: intact?.bytes, container: intact?.container, seen, problems: first ? problems : [] };
}

/** What a difference is taken against, from whichever copy; the error where there is none. */
async function openBase(
  copies: ObjectCopies,
  { base }: SegmentReference,
  memory: SegmentMemory | undefined,
): Promise<Uint8Array | At1Error | undefined> {
  if (base === undefined) return undefined;
  try {
    return (await openObject(copies, base, memory)).bytes;
  } catch (error) {
    if (error instanceof At1Error) return error;
    throw error;
  }
}

/** The segment; undefined where only its container can be judged, for want of its base. */
async function openWith(
  base: Uint8Array | At1Error | undefined,
  container: Uint8Array,
  wanted: SegmentReference,
  { registry: { engines } }: ObjectCopies,
): Promise<Uint8Array | undefined> {
  if (!(base instanceof At1Error)) return openSegment(container, wanted, engines, base);
  await checkObject(container, wanted, engines);
  return undefined;
}

function report(
  { bytes, seen, problems }: Inspected,
  row: CheckedRow,
  wanted: SegmentReference,
  done: VerifiedSoFar,
): Uint8Array | undefined {
  const needed = `needed by ${row.kind}/${row.name}@${row.version}`;
  for (const { source, error } of problems) {
    const what = `${needed}, but ${WHERE[source]}: ${error.message}`;
    done.findings.push(
      finding('error', error.code, objectPath(wanted.object), what, hintFor(source, error, bytes !== undefined)),
    );
  }
  if (bytes === undefined && seen === 0) {
    done.findings.push(
      finding(
        'error',
        'object/missing',
        objectPath(wanted.object),
        `${needed}, and not here`,
        'git pull, or copy it from a clone that has it',
      ),
    );
  }
  return bytes;
}

const WHERE: Readonly<Record<DamagedCopy['source'], string>> = {
  file: 'the working file is damaged',
  git: 'the copy in git is damaged',
  base: 'what it is a difference to is not here',
};

/** What is committed wrongly only a commit can mend; what git has lost or damaged since, doctor mends. */
function hintFor(source: DamagedCopy['source'], { code }: At1Error, intact: boolean): string {
  if (!intact) return 'no copy is intact: copy it from another clone, or register the file again';
  if (source === 'file') return 'at1 doctor --fix mends it from the intact copy in git';
  if (code.startsWith('git/')) return 'at1 doctor --fix mends it from the intact working file';
  return 'the working file is intact: commit it';
}
