/** Mix and match: genuine parts of genuine versions, put together to what nobody signed. */
import { utf8 } from '../../src/bytes/text.js';
import { digestOf } from '../../src/digest/digest.js';
import { writeLayout } from '../../src/manifest/documents.js';
import type { FileEntry, Segment } from '../../src/manifest/generated/types.js';
import { objectPath, signaturePathOf } from '../../src/manifest/layout-of-registry.js';
import { parsePrincipalName } from '../../src/manifest/name.js';
import { encodeSegment } from '../../src/packing/segment.js';
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Changes, Forge } from '../forge.js';
import { newVersion } from '../new-version.js';
import { noise } from '../samples.js';
import { EVIL, GET_EVIL } from './hostile.js';

const A = 'model/m@1.0.0';
const B = 'model/m@2.0.0';
const PARTS = ['manifest', 'signature', 'object'] as const;
type Part = (typeof PARTS)[number];

/** Two versions of one publisher, of which some parts change places. */
function swap(parts: readonly Part[], code: Refusal['code'], exit: number): Attack {
  return defineAttack({
    id: `swap/${parts.join('-and-')}`,
    row: 43,
    title: `${parts.join(' and ')} of two versions exchanged`,
    attacker: 'contributor',
    refused: [refuses(['verify'], code, exit), refuses(['get', A, '-o', '../out'], code, codeExit(code))],
    forge: async (forge) => {
      // As long as the other one, so that nothing but its bytes tells them apart.
      await forge.commit(await newVersion(forge, B, { content: noise('as long', 1000) }));
      const changes: Record<string, Uint8Array> = {};
      for (const part of parts) {
        const [a, b] = [pathOf(forge, A, part), pathOf(forge, B, part)];
        changes[a] = forge.read(b);
        changes[b] = forge.read(a);
      }
      await forge.commit(changes);
    },
  });
}

/** `get` ends with what it meets first; in `verify` a damaged object outweighs the rest. */
function codeExit(code: Refusal['code']): number {
  return code.startsWith('history/') ? 24 : 20;
}

function pathOf(forge: Forge, ref: string, part: Part): string {
  const manifest = forge.manifestPath(ref);
  if (part === 'manifest') return manifest;
  return part === 'object' ? forge.objectPath(ref) : signaturePathOf(manifest, parsePrincipalName('ana'));
}

interface Misnamed {
  readonly id: string;
  readonly title: string;
  readonly code: Refusal['code'];
  readonly exit?: number;
  readonly get?: Refusal['code'] | null;
  file(honest: FileEntry, forge: Forge): FileEntry | Promise<FileEntry>;
}

/** A signed manifest that names genuine objects for a file they do not make. */
function misnamed({ id, title, code, exit, get, file }: Misnamed): Attack {
  const number = exit ?? 20;
  return defineAttack({
    id: `swap/${id}`,
    row: 43,
    title,
    attacker: 'maintainer',
    refused: [refuses(['verify'], code, number), ...(get === null ? [] : [refuses(GET_EVIL, get ?? code, number)])],
    forge: async (forge) => {
      const honest = forge.manifest(A).files[0];
      if (honest === undefined) throw new Error(`no file: ${A}`);
      const entry = await file(honest, forge);
      const edit = { size: entry.size, content: entry.sha256, files: [entry] };
      await forge.commit(await newVersion(forge, EVIL, { edit: (manifest) => ({ ...manifest, ...edit }) }));
    },
  });
}

function segmentsOf(forge: Forge, ref: string): readonly Segment[] {
  return forge.manifest(ref).files[0]?.segments ?? [];
}

/** A layout of any text, as an object that is in the registry. */
async function layout(forge: Forge, text: Uint8Array): Promise<Segment> {
  const { container, object, original } = await encodeSegment(text, 'default', forge.engines);
  const changes: Changes = { [objectPath(object)]: container };
  await forge.commit(changes);
  return { size: text.length, sha256: original, object, stored: container.length };
}

interface Laid {
  readonly id: string;
  readonly title: string;
  readonly code: Refusal['code'];
  readonly exit: number;
  readonly row?: number;
  /** The text of the layout, and how long the manifest says that the file is. */
  text(piece: Segment): { readonly text: Uint8Array; readonly size: number };
}

/** A signed manifest whose file has a layout that is a lie. */
function laid({ id, title, code, exit, row, text }: Laid): Attack {
  return defineAttack({
    id: `layout/${id}`,
    row: row ?? 43,
    title,
    attacker: 'maintainer',
    refused: [refuses(['verify'], code, exit), refuses(GET_EVIL, code, exit)],
    forge: async (forge) => {
      const [piece] = segmentsOf(forge, A);
      if (piece === undefined) throw new Error(`no segment: ${A}`);
      const made = text(piece);
      const { segments: _, ...honest } = forge.manifest(A).files[0] as FileEntry;
      const sha256 = digestOf(forge.engines.sha256(utf8('nothing of the kind')));
      const entry = { ...honest, size: made.size, sha256, layout: await layout(forge, made.text) };
      const edit = { size: made.size, content: sha256, files: [entry] };
      await forge.commit(await newVersion(forge, EVIL, { edit: (manifest) => ({ ...manifest, ...edit }) }));
    },
  });
}

const layoutText = (size: number, segments: readonly Segment[]) => writeLayout({ size, segments });
const replaced = (text: Uint8Array, from: string | RegExp, to: string) =>
  utf8(new TextDecoder().decode(text).replace(from, () => to));

export const swaps: readonly Attack[] = [
  swap(['manifest'], 'history/manifest-changed', 24),
  swap(['signature'], 'history/signature-changed', 24),
  swap(['object'], 'object/digest-mismatch', 20),
  swap(['manifest', 'signature'], 'history/manifest-changed', 24),
  swap(['manifest', 'object'], 'history/manifest-changed', 20),
  swap(['signature', 'object'], 'history/signature-changed', 20),
  swap(['manifest', 'signature', 'object'], 'history/manifest-changed', 20),
  misnamed({
    id: 'object-of-another',
    title: 'a segment whose object holds the bytes of another version',
    code: 'object/content-mismatch',
    file: (honest, forge) => {
      const [other] = segmentsOf(forge, 'model/m@1.1.0');
      const [own] = honest.segments ?? [];
      if (own === undefined || other === undefined) throw new Error('no segment');
      return { ...honest, segments: [{ ...own, object: other.object, stored: other.stored }] };
    },
  }),
  misnamed({
    id: 'segments-of-another',
    title: 'the digest of one file, the segments of another of the same length',
    code: 'file/digest-mismatch',
    file: (honest) => ({ ...honest, sha256: digestOf(new Uint8Array(32)), segments: honest.segments ?? [] }),
  }),
  misnamed({
    id: 'segment-order',
    title: 'the segments of a file in another order',
    code: 'file/digest-mismatch',
    file: (honest, forge) => {
      const [one] = honest.segments ?? [];
      const [two] = segmentsOf(forge, 'model/m@1.1.0');
      if (one === undefined || two === undefined) throw new Error('no segment');
      const whole = [...forge.content(A), ...forge.content('model/m@1.1.0')];
      const sha256 = digestOf(forge.engines.sha256(Uint8Array.from(whole)));
      return { ...honest, size: one.size + two.size, sha256, segments: [two, one] };
    },
  }),
  misnamed({
    id: 'segment-left-out',
    title: 'a file without its last segment, under the digest of the whole',
    code: 'file/digest-mismatch',
    file: (honest, forge) => {
      const whole = [...forge.content(A), ...forge.content('model/m@1.1.0')];
      return { ...honest, sha256: digestOf(forge.engines.sha256(Uint8Array.from(whole))) };
    },
  }),
  misnamed({
    id: 'blake3',
    title: 'the BLAKE3 digest of another file, for whoever compares only that one',
    code: 'file/digest-mismatch',
    get: null,
    file: (honest, forge) => ({ ...honest, blake3: forge.manifest('model/m@1.1.0').files[0]?.blake3 ?? honest.blake3 }),
  }),
  misnamed({
    id: 'stored-length',
    title: 'another length of the object than it has',
    code: 'object/damaged-copy',
    file: (honest) => {
      const [own] = honest.segments ?? [];
      if (own === undefined) throw new Error('no segment');
      return { ...honest, segments: [{ ...own, stored: own.stored - 1 }] };
    },
  }),
  laid({
    id: 'other-size',
    title: 'a layout of a file of another size',
    code: 'manifest/content-mismatch',
    exit: 20,
    text: (piece) => ({ text: layoutText(piece.size, [piece]), size: piece.size + 1 }),
  }),
  laid({
    id: 'other-bytes',
    title: 'a layout of sound segments that make another file',
    code: 'file/digest-mismatch',
    exit: 20,
    text: (piece) => ({ text: layoutText(3 * piece.size, [piece, piece, piece]), size: 3 * piece.size }),
  }),
  laid({
    id: 'no-layout',
    title: 'a layout that is no layout',
    code: 'document/syntax',
    exit: 23,
    text: () => ({ text: noiseText(), size: 1000 }),
  }),
  laid({
    id: 'sum',
    title: 'a layout whose sizes do not add up',
    code: 'document/schema',
    exit: 23,
    text: (piece) => ({
      text: replaced(layoutText(piece.size, [piece]), /^size = \d+/m, 'size = 999999'),
      size: 999_999,
    }),
  }),
  laid({
    id: 'not-canonical',
    title: 'a layout with a comment',
    code: 'document/not-canonical',
    exit: 23,
    text: (piece) => ({ text: replaced(layoutText(piece.size, [piece]), /\nsize/, '\n# ok\nsize'), size: piece.size }),
  }),
  laid({
    id: 'nested',
    title: 'a layout that points to a layout',
    code: 'document/schema',
    exit: 23,
    text: (piece) => ({
      text: replaced(layoutText(piece.size, [piece]), 'segments = [', 'layout = ['),
      size: piece.size,
    }),
  }),
  laid({
    id: 'missing-object',
    title: 'a layout that names an object nobody has',
    code: 'object/missing',
    exit: 32,
    text: (piece) => ({
      text: layoutText(piece.size, [{ ...piece, object: digestOf(new Uint8Array(32)) }]),
      size: piece.size,
    }),
  }),
];

function noiseText(): Uint8Array {
  return utf8('this is no document\n');
}
