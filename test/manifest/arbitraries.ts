/** Arbitrary names, versions and manifests for property tests. */
import fc from 'fast-check';
import { compareText } from '../../src/bytes/text.js';
import type { Blake3, Digest } from '../../src/digest/digest.js';
import type { Manifest } from '../../src/manifest/documents.js';
import type { FileEntry, Layout, LineageEntry, Segment } from '../../src/manifest/generated/types.js';
import { compareLinks, RELATIONS } from '../../src/manifest/lineage.js';
import { type ArtifactName, isName, KINDS } from '../../src/manifest/name.js';
import type { RegistryId } from '../../src/manifest/registry-id.js';
import { foldPath, parseRelPath, type RelPath } from '../../src/manifest/rel-path.js';
import { formatTimestamp } from '../../src/manifest/timestamp.js';
import { treeDigest } from '../../src/manifest/tree-digest.js';
import { isVersion, type Version } from '../../src/manifest/version.js';
import { signingEngines } from '../helpers/test-engines.js';

const number = fc.oneof(fc.nat({ max: 12 }).map(String), fc.bigInt({ min: 0n, max: 10n ** 24n }).map(String));
const identifier = fc.oneof(number, fc.stringMatching(/^[0-9A-Za-z-]{1,6}$/));
const tail = (mark: string) =>
  fc.oneof(
    fc.constant(''),
    fc.array(identifier, { minLength: 1, maxLength: 3 }).map((parts) => `${mark}${parts.join('.')}`),
  );

export const anyVersion: fc.Arbitrary<Version> = fc
  .tuple(number, number, number, tail('-'), tail('+'))
  .map(([a, b, c, prerelease, build]) => `${a}.${b}.${c}${prerelease}${build}`)
  .filter(isVersion);

const namePart = fc.stringMatching(/^[a-z0-9]([a-z0-9_.-]{0,10}[a-z0-9])?$/);

export const anyName: fc.Arbitrary<ArtifactName> = fc
  .array(namePart, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'))
  .filter(isName);

export const anyKind = fc.constantFrom(...KINDS);

const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
export const anyDigest = hex as fc.Arbitrary<Digest>;
const anyBlake3 = hex as fc.Arbitrary<Blake3>;
export const anyRegistryId = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/) as fc.Arbitrary<RegistryId>;

/** Pieces that tempt a careless writer of TOML. */
const awkward = ['"', '"""', '\\', '\n', '\t', "'", '#', '=', ']', 'ä', '日本', '😀', ' ', 'a', '.'];
export const anyText = fc
  .array(fc.constantFrom(...awkward), { minLength: 1, maxLength: 20 })
  .map((parts) => parts.join(''));
/** What a card may hold besides: carriage returns and invisible characters. */
const anyCardText = fc
  .array(fc.constantFrom(...awkward, '\r', '\r\n', '\u200d', '\u202e', '\ufeff', '\u{e0041}'), { maxLength: 30 })
  .map((parts) => parts.join(''));

const anyPath: fc.Arbitrary<RelPath> = fc
  .array(fc.oneof(namePart, fc.constantFrom('Ä', 'a b', '日本', '😀', '-', '"q"', '...')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parseRelPath(parts.join('/').normalize('NFC')));

const anySegment = (size: number): fc.Arbitrary<Segment> =>
  fc.record(
    {
      size: fc.constant(size),
      sha256: anyDigest,
      object: anyDigest,
      stored: fc.integer({ min: 1, max: 2 ** 25 }),
      transform: fc.constant('planes' as const),
    },
    { requiredKeys: ['size', 'sha256', 'object', 'stored'] },
  );

const anySegments = fc
  .array(fc.integer({ min: 1, max: 2 ** 24 }), { maxLength: 4 })
  .chain((sizes) => fc.tuple(...(sizes.length === 0 ? [0] : sizes).map(anySegment)));

const sum = (parts: readonly { readonly size: number }[]): number => parts.reduce((total, { size }) => total + size, 0);

export const anyLayout: fc.Arbitrary<Layout> = anySegments.map((segments) => ({ size: sum(segments), segments }));

const anyFile = (path: RelPath): fc.Arbitrary<FileEntry> =>
  fc
    .record({
      sha256: anyDigest,
      blake3: anyBlake3,
      executable: fc.boolean(),
      segments: anySegments,
      large: fc.option(anySegment(900).map(({ transform: _, ...layout }) => layout)),
    })
    .map(({ sha256, blake3, executable, segments, large }) => ({
      path,
      size: large === null ? sum(segments) : 2 ** 40,
      sha256,
      blake3,
      ...(executable ? { executable: true as const } : {}),
      ...(large === null ? { segments } : { layout: large }),
    }));

const anyMetrics = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom('auc', 'f1', 'constructor', 'a b', 'toString', 'x/y', 'x.y', '0'),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    {
      minLength: 1,
      maxLength: 5,
      selector: ([key]) => key,
    },
  )
  .map((entries) => Object.fromEntries(entries));

const anyParameters = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,5}$/), fc.stringMatching(/^[ -~äö]{0,12}$/)), {
    minLength: 1,
    maxLength: 3,
    selector: ([name]) => name,
  })
  .map((pairs) => pairs.map(([name, value]) => ({ name, value })).sort((a, b) => compareText(a.name, b.name)));

const anyLink: fc.Arbitrary<LineageEntry> = fc
  .record({
    relation: fc.constantFrom(...RELATIONS),
    ref: fc.tuple(anyKind, anyName, anyVersion).map(([kind, name, version]) => `${kind}/${name}@${version}`),
    uri: fc.option(fc.stringMatching(/^[a-z]{1,4}:\/\/[a-z.]{1,6}\/[!-~]{0,20}$/)),
    digest: fc.option(anyDigest),
    parameters: fc.option(anyParameters),
  })
  .map(({ relation, ref, uri, digest, parameters }) => ({
    relation,
    ...(uri === null
      ? { ref, content: `sha256:${digest ?? 'a'.repeat(64)}` }
      : { uri, ...(digest === null ? {} : { content: `sha256:${digest}` }) }),
    ...(parameters === null ? {} : { parameters }),
  }));

export const anyLineage = fc
  .uniqueArray(anyLink, { minLength: 1, maxLength: 4, comparator: (a, b) => compareLinks(a, b) === 0 })
  .map((links) => [...links].sort(compareLinks));

function withoutClashes(paths: readonly RelPath[]): RelPath[] {
  const kept: RelPath[] = [];
  for (const path of paths) {
    const folded = foldPath(path);
    const clash = kept.some((other) => {
      const theirs = foldPath(other);
      return theirs === folded || theirs.startsWith(`${folded}/`) || folded.startsWith(`${theirs}/`);
    });
    if (!clash) kept.push(path);
  }
  return kept;
}

export const anyManifest: fc.Arbitrary<Manifest> = fc
  .tuple(
    fc.array(anyPath, { minLength: 1, maxLength: 5 }),
    fc.array(anyPath, { maxLength: 2 }),
    fc.constantFrom('file' as const, 'tree' as const),
  )
  .chain(([paths, empties, form]) => {
    const all = withoutClashes([...paths, ...empties]);
    const files = (form === 'file' ? all.slice(0, 1) : all.filter((path) => paths.includes(path))).sort(compareText);
    const directories = form === 'file' ? [] : all.filter((path) => !paths.includes(path)).sort(compareText);
    return fc
      .record({
        registry: anyRegistryId,
        kind: anyKind,
        name: anyName,
        version: anyVersion,
        created: fc.integer({ min: -1e9, max: 1e11 }).map(formatTimestamp),
        description: fc.option(anyText),
        purpose: fc.option(anyText),
        metrics: fc.option(anyMetrics),
        lineage: fc.option(anyLineage),
        card: fc.option(
          fc.record({ format: fc.constantFrom('markdown' as const, 'toml' as const), text: anyCardText }),
        ),
        files: fc.tuple(...files.map(anyFile)),
      })
      .map(({ description, purpose, metrics, lineage, card, files: entries, ...rest }) => ({
        ...rest,
        content: form === 'file' ? (entries[0] as FileEntry).sha256 : treeDigest(entries, directories, signingEngines),
        form,
        size: sum(entries),
        ...(description === null ? {} : { description }),
        ...(purpose === null ? {} : { purpose }),
        ...(directories.length === 0 ? {} : { directories }),
        ...(metrics === null ? {} : { metrics }),
        ...(lineage === null ? {} : { lineage }),
        ...(card === null ? {} : { card }),
        files: entries,
      }));
  });
