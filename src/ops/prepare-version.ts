/**
 * From a request to everything a version consists of: files in the store, manifest and publisher's signature. Nothing
 * is committed here; what is left behind when it fails are objects nobody names.
 */
import { basename } from 'node:path';
import { utf8 } from '../bytes/text.js';
import type { SegmentPlace } from '../catalog/segment-index.js';
import { type Digest, digestOf } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import { writeManifest } from '../manifest/documents.js';
import type { Card, FileEntry, LineageEntry } from '../manifest/generated/types.js';
import { manifestPath, signaturePath } from '../manifest/layout-of-registry.js';
import type { LineageRequest } from '../manifest/lineage.js';
import type { ArtifactName, Kind } from '../manifest/name.js';
import { parseRegistryId } from '../manifest/registry-id.js';
import { parseRelPath, type RelPath } from '../manifest/rel-path.js';
import { formatTimestamp } from '../manifest/timestamp.js';
import { treeDigest } from '../manifest/tree-digest.js';
import { type Bump, compareVersions, type Version } from '../manifest/version.js';
import { syncFolders } from '../store/atomic.js';
import { ObjectStore } from '../store/objects.js';
import { cutInSegments } from '../store/read-segments.js';
import { type InputFile, type ScannedInput, scanInput } from '../store/scan-input.js';
import { openStable } from '../store/stable-file.js';
import { DEFAULT_LEVEL, type Level } from '../transforms/level.js';
import { chooseTarget } from './choose-target.js';
import { type EncodeContext, type EncodedFile, encodeFile, type Piece, type StoredObject } from './encode-file.js';
import type { OpenEncoder } from './encoding-threads.js';
import { basesOf } from './find-bases.js';
import type { Registry } from './open-registry.js';
import type { PrincipalSigner } from './open-signer.js';
import { readAhead } from './read-ahead.js';
import { readPieces } from './read-pieces.js';
import { refuseLargeManifest } from './refuse-large-manifest.js';
import { refuseOtherBytes } from './refuse-other-bytes.js';
import { refusePublisher } from './refuse-publisher.js';
import { refuseUnreadable } from './refuse-unreadable.js';
import { resolveLineage } from './resolve-lineage.js';
import { resolveVersion } from './resolve-version.js';
import { SegmentMemory } from './segment-memory.js';

type Predecessor = Awaited<ReturnType<typeof basesOf>>;

const FILES_AT_ONCE = 16;
/** Read and written within a moment. */
const SHORT_FILE = 1024 * 1024;

export interface RegisterRequest {
  /** `kind/name@version`; kind, version or everything may be left out and is then chosen. */
  readonly ref?: string | undefined;
  /** Files or folders; relative ones start at `cwd`. */
  readonly paths?: readonly string[] | undefined;
  readonly cwd?: string | undefined;
  /** Instead of paths: one file given as bytes or as a stream. */
  readonly content?: { readonly name: string; readonly bytes: Uint8Array | AsyncIterable<Uint8Array> } | undefined;
  readonly description?: string | undefined;
  readonly purpose?: string | undefined;
  /** SPDX identifier, such as Apache-2.0. */
  readonly license?: string | undefined;
  readonly card?: Card | undefined;
  readonly metrics?: Readonly<Record<string, number>> | undefined;
  /** What it was made from, by what, on what it was measured. */
  readonly lineage?: readonly LineageRequest[] | undefined;
  /** Which part of the version grows where none is given; default patch. */
  readonly bump?: Bump | undefined;
  /** Default `balanced`. */
  readonly level?: Level | undefined;
  /** A version that this one is near to, so that only the difference is stored; default the latest of the same name. */
  readonly from?: string | undefined;
}

export interface PreparedVersion {
  readonly kind: Kind;
  readonly name: ArtifactName;
  readonly version: Version;
  readonly reference: string;
  readonly content: Digest;
  readonly form: 'file' | 'tree';
  readonly size: number;
  readonly files: readonly FileEntry[];
  readonly objects: readonly StoredObject[];
  readonly manifest: { readonly path: string; readonly bytes: Uint8Array; readonly digest: Digest };
  readonly signature: { readonly path: string; readonly bytes: Uint8Array };
}

export interface PrepareContext {
  readonly registry: Registry;
  readonly state: RegistryState;
  readonly policy: LoadedPolicy;
  readonly signer: PrincipalSigner;
  /** A version that takes more signatures than this one can be left waiting for them. */
  readonly mayWait: boolean;
  readonly places: Map<Digest, SegmentPlace>;
  readonly encoder: OpenEncoder;
  readonly onBytes: (count: number) => void;
}

export async function prepareVersion(request: RegisterRequest, context: PrepareContext): Promise<PreparedVersion> {
  const { registry, signer } = context;
  const { engines } = registry;
  refuseLicense(request.license);
  const input = await openInput(request);
  if (input.scanned !== undefined) {
    refuseLargeManifest(input.scanned);
    context.encoder.expect(input.scanned.files.reduce((sum, { size }) => sum + size, 0));
  }
  const target = await chooseTarget(request, input, context.state);
  const artifact = `${target.kind}/${target.name}`;
  refusePublisher(context.policy, target, signer.principal, context.mayWait);
  refuseUnreadable(context.state, target);
  await refuseOtherBytes(target, input.scanned, versionsOf(context.state, target.kind, target.name), engines);
  const lineage = lineageOf(request, context);
  const encode: EncodeContext = {
    engines,
    store: new ObjectStore(registry.root, { sha256: engines.sha256Aside }),
    level: request.level ?? DEFAULT_LEVEL,
    places: context.places,
    objects: new Map(),
    folders: new Set(),
    encoder: context.encoder,
    memory: new SegmentMemory(),
    onBytes: context.onBytes,
  };
  const older = predecessorOf(request, target, context.state);
  const predecessor = older === undefined ? undefined : await basesOf(registry, older);
  const files = await encodeInput(input, predecessor, encode);
  await syncFolders(encode.folders);
  const [first] = files;
  if (first === undefined) throw new At1Error('artifact/no-files', { message: 'there is no file to register' });
  const content = input.form === 'file' ? first.sha256 : treeDigest(files, input.directories, engines);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const bytes = writeManifest(
    {
      registry: parseRegistryId(registry.config.id),
      kind: target.kind,
      name: target.name,
      version: target.version,
      created: timeNow(registry),
      content,
      form: input.form,
      size,
      ...(request.description === undefined ? {} : { description: request.description }),
      ...(request.purpose === undefined ? {} : { purpose: request.purpose }),
      ...(request.license === undefined ? {} : { license: request.license }),
      ...(input.directories.length === 0 ? {} : { directories: input.directories }),
      ...(request.metrics === undefined || Object.keys(request.metrics).length === 0
        ? {}
        : { metrics: request.metrics }),
      ...(lineage.length === 0 ? {} : { lineage }),
      ...(request.card === undefined ? {} : { card: request.card }),
      files,
    },
    engines,
  );
  return {
    ...target,
    reference: `${artifact}@${target.version}`,
    content,
    form: input.form,
    size,
    files,
    objects: [...encode.objects.values()],
    manifest: {
      path: manifestPath(target.kind, target.name, target.version),
      bytes,
      digest: digestOf(engines.sha256(bytes)),
    },
    signature: {
      path: signaturePath(target.kind, target.name, target.version, signer.principal),
      bytes: utf8(await signer.sign('at1-manifest', bytes)),
    },
  };
}

/** Before the files are read, which may take long: a parent that is not there is told at once. */
function lineageOf({ lineage = [] }: RegisterRequest, { registry, state }: PrepareContext): LineageEntry[] {
  return lineage.length === 0 ? [] : resolveLineage(state, lineage, timeNow(registry));
}

function timeNow({ environment }: Registry): string {
  return formatTimestamp(Math.floor(environment.now().getTime() / 1000));
}

/** Before the files are read, which may take long. */
function refuseLicense(license: string | undefined): void {
  if (license === undefined || /^[A-Za-z0-9][A-Za-z0-9.+-]{0,127}$/.test(license)) return;
  throw new At1Error('usage/invalid', {
    message: `'${license.slice(0, 80)}' is not the identifier of a license`,
    hint: 'give one of the SPDX list, such as Apache-2.0',
  });
}

/** What is registered, before it is read: paths that were scanned, or one stream. */
export interface RegisterInput {
  readonly form: 'file' | 'tree';
  readonly scanned: ScannedInput | undefined;
  readonly stream: { readonly path: RelPath; readonly pieces: AsyncIterable<Uint8Array> } | undefined;
  readonly directories: readonly RelPath[];
  /** For choosing kind and name: the file, or the folder that was given. */
  readonly label: string;
}

async function openInput(request: RegisterRequest): Promise<RegisterInput> {
  const { content, paths } = request;
  if (content !== undefined) {
    const path = parseRelPath(content.name);
    const pieces = content.bytes instanceof Uint8Array ? cutInSegments(content.bytes) : cutInSegments(content.bytes);
    return { form: 'file', scanned: undefined, stream: { path, pieces }, directories: [], label: path };
  }
  if (paths === undefined || paths.length === 0) {
    throw new At1Error('usage/invalid', { message: 'no file or folder is named', hint: 'at1 register [REF] PATH...' });
  }
  const scanned = await scanInput(paths, { cwd: request.cwd ?? '.' });
  return {
    form: scanned.form,
    scanned,
    stream: undefined,
    directories: scanned.directories,
    label: basename(paths.length === 1 ? (paths[0] ?? '') : ''),
  };
}

async function encodeInput(
  input: RegisterInput,
  predecessor: Predecessor | undefined,
  context: EncodeContext,
): Promise<FileEntry[]> {
  if (input.stream !== undefined) {
    return [entryOf(await encodeFile(input.stream.path, withoutHints(input.stream.pieces), context), false)];
  }
  const files: FileEntry[] = [];
  // Small files side by side, because most of their time is waiting for the disk; large ones in turn, for memory.
  let turn: Promise<unknown> = Promise.resolve();
  const encode = (file: InputFile): Promise<EncodedFile> => {
    if (file.size <= SHORT_FILE) return encodePath(file, input.form, predecessor, context);
    // After a failure those that wait fail with it.
    const mine = turn.then(() => encodePath(file, input.form, predecessor, context));
    turn = mine;
    return mine;
  };
  const encoding = readAhead(
    input.scanned?.files ?? [],
    async (file) => ({ file, encoded: await encode(file) }),
    FILES_AT_ONCE,
  );
  for await (const { file, encoded } of encoding) {
    files.push(entryOf(encoded, file.executable && input.form === 'tree'));
  }
  return files;
}

async function* withoutHints(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Piece, void, undefined> {
  for await (const data of pieces) yield { data };
}

async function encodePath(
  file: InputFile,
  form: RegisterInput['form'],
  predecessor: Predecessor | undefined,
  context: EncodeContext,
): Promise<EncodedFile> {
  const opened = await openStable(file);
  try {
    const findBases = await predecessor?.(file.path, form);
    const { engines, memory } = context;
    const pieces = readPieces(opened, file.absolute, { engines, memory, findBases });
    const encoded = await encodeFile(file.path, pieces, context);
    await opened.assertUnchanged();
    return encoded;
  } finally {
    await opened.close();
  }
}

function entryOf({ path, size, sha256, blake3, parts }: EncodedFile, executable: boolean): FileEntry {
  return { path, size, sha256, blake3, ...(executable ? { executable: true as const } : {}), ...parts };
}

/** The version that this one is near to: the one that was named, or the latest of the same artifact. */
function predecessorOf(
  { from }: RegisterRequest,
  { kind, name }: Pick<VersionRow, 'kind' | 'name'>,
  state: RegistryState,
): VersionRow | undefined {
  if (from !== undefined) return resolveVersion(state, from).row;
  return versionsOf(state, kind, name)
    .filter(({ effective }) => effective !== null)
    .sort((a, b) => compareVersions(b.version, a.version))[0];
}

/** Versions of one artifact in the state. */
export function versionsOf(state: RegistryState, kind: Kind, name: ArtifactName): VersionRow[] {
  return [...state.versions.values()].filter((row) => row.kind === kind && row.name === name);
}
