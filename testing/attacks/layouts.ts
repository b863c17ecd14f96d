/** Lists of segments that lie, in the object that a large file has for them. */
import { utf8 } from '../../src/bytes/text.js';
import { digestOf } from '../../src/digest/digest.js';
import { writeLayout } from '../../src/manifest/documents.js';
import type { FileEntry, Segment } from '../../src/manifest/generated/types.js';
import { objectPath } from '../../src/manifest/layout-of-registry.js';
import { encodeSegment } from '../../src/packing/segment.js';
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Changes, Forge } from '../forge.js';
import { newVersion } from '../new-version.js';
import { EVIL, GET_EVIL } from './hostile.js';

const A = 'model/m@1.0.0';

/** A layout of any text, as an object that is in the registry. */
async function layout(forge: Forge, text: Uint8Array): Promise<Segment> {
  const { container, object, original } = await encodeSegment(text, 'balanced', forge.engines);
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
      const [piece] = forge.manifest(A).files[0]?.segments ?? [];
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

const PIECE = 16 * 1024 * 1024;
const COUNT = 80_000;

/** A version nobody signed: a layout of eighty thousand segments, as many as a layout can name, each the same 16 MiB of zeros. */
const layoutBomb = defineAttack({
  id: 'layout/bomb',
  row: 4,
  title: 'a file of 1.2 TiB in a few KiB, in a version that nobody signed',
  attacker: 'contributor',
  refused: [refuses(['verify'], 'signature/missing', 21), refuses(GET_EVIL, 'signature/missing', 21)],
  forge: async (forge) => {
    const zeros = await encodeSegment(new Uint8Array(PIECE), 'balanced', forge.engines);
    const piece = { size: PIECE, sha256: zeros.original, object: zeros.object, stored: zeros.container.length };
    const size = PIECE * COUNT;
    const text = layoutText(size, Array(COUNT).fill(piece));
    const listed = await layout(forge, text);
    const { segments: _, ...honest } = forge.manifest(A).files[0] as FileEntry;
    const entry = { ...honest, size, layout: listed };
    const edit = { size, content: entry.sha256, files: [entry] };
    await forge.commit({ [objectPath(zeros.object)]: zeros.container });
    await forge.commit(await newVersion(forge, EVIL, { keys: [], edit: (manifest) => ({ ...manifest, ...edit }) }));
  },
});

export const layouts: readonly Attack[] = [
  layoutBomb,
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
