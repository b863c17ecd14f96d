/** Segments that claim to be kept as planes or as a difference, and are not, or not to what they say. */

import { utf8 } from '../../src/bytes/text.js';
import { digestOf } from '../../src/digest/digest.js';
import { writeLayout } from '../../src/manifest/documents.js';
import type { FileEntry, Segment } from '../../src/manifest/generated/types.js';
import { objectPath } from '../../src/manifest/layout-of-registry.js';
import { type EncodedSegment, encodeSegment } from '../../src/packing/segment.js';
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { newVersion } from '../new-version.js';
import { noise } from '../samples.js';
import { EVIL, GET_EVIL } from './hostile.js';

const A = 'model/m@1.0.0';
const SIZE = 4096;

/** What an honest writer would have made of a version that is near to another. */
interface Honest {
  readonly base: Segment;
  /** The other version's bytes in a form of their own, of the same size. */
  readonly stranger: Segment;
  readonly delta: Segment;
  readonly data: Uint8Array;
}

async function honest(forge: Forge): Promise<Honest> {
  const [base, stranger] = [noise('base', SIZE), noise('stranger', SIZE)];
  const data = base.map((byte, i) => (i % 16 === 0 ? byte + 1 : byte));
  const encode = async (bytes: Uint8Array, from?: Uint8Array) => {
    const encoded = await encodeSegment(bytes, 'balanced', forge.engines, { base: from });
    await forge.commit({ [objectPath(encoded.object)]: encoded.container });
    return segmentOf(encoded);
  };
  const stored = await encode(base);
  const delta = { ...(await encode(data, base)), base: stored.sha256 };
  if (delta.transform !== 'delta') throw new Error('no difference was made');
  return { base: stored, stranger: await encode(stranger), delta, data };
}

function segmentOf({ size, original, object, container, transform }: EncodedSegment): Segment {
  const plain = { size, sha256: original, object, stored: container.length };
  return transform === undefined ? plain : { ...plain, transform };
}

interface Claimed {
  readonly id: string;
  readonly title: string;
  readonly code: Refusal['code'];
  readonly exit: number;
  parts(made: Honest, forge: Forge): Promise<Partial<FileEntry>> | Partial<FileEntry>;
}

/** A signed manifest whose one file has the data of `honest`, in whatever parts. */
function claimed({ id, title, code, exit, parts }: Claimed): Attack {
  return defineAttack({
    id: `transform/${id}`,
    row: 43,
    title,
    attacker: 'maintainer',
    refused: [refuses(['verify'], code, exit), refuses(GET_EVIL, code, exit)],
    forge: async (forge) => {
      const made = await honest(forge);
      const { segments: _, ...entry } = forge.manifest(A).files[0] as FileEntry;
      const sha256 = digestOf(forge.engines.sha256(made.data));
      const file = { ...entry, size: SIZE, sha256, ...(await parts(made, forge)) };
      const edit = { size: SIZE, content: sha256, files: [file] };
      await forge.commit(await newVersion(forge, EVIL, { edit: (manifest) => ({ ...manifest, ...edit }) }));
    },
  });
}

/** A layout whose one segment has fields that no writer of ours would give it. */
async function layoutWith(forge: Forge, segment: Segment, fields: string): Promise<Partial<FileEntry>> {
  const { transform: _, base: __, ...plain } = segment;
  const text = new TextDecoder().decode(writeLayout({ size: SIZE, segments: [plain] }));
  const bytes = utf8(text.replace(' },', `, ${fields} },`));
  const encoded = await encodeSegment(bytes, 'balanced', forge.engines);
  await forge.commit({ [objectPath(encoded.object)]: encoded.container });
  return { layout: segmentOf(encoded) };
}

export const transforms: readonly Attack[] = [
  claimed({
    id: 'planes-that-are-none',
    title: 'an ordinary object said to hold planes',
    code: 'transform/malformed',
    exit: 20,
    parts: ({ base, delta }) => ({ segments: [{ ...base, sha256: delta.sha256, transform: 'planes' }] }),
  }),
  claimed({
    id: 'planes-not-told',
    title: 'an object that holds a difference, said to be the data itself',
    code: 'object/content-mismatch',
    exit: 20,
    parts: ({ delta: { transform: _, base: __, ...plain } }) => ({ segments: [plain] }),
  }),
  claimed({
    id: 'delta-without-difference',
    title: 'a difference said to be planes, which need no base',
    code: 'transform/malformed',
    exit: 20,
    parts: ({ delta: { base: _, ...rest } }) => ({ segments: [{ ...rest, transform: 'planes' }] }),
  }),
  claimed({
    id: 'other-base',
    title: 'a difference to another segment than it was made to',
    code: 'object/content-mismatch',
    exit: 20,
    parts: ({ delta, stranger }) => ({ segments: [{ ...delta, base: stranger.sha256 }], bases: [stranger] }),
  }),
  claimed({
    id: 'base-of-another',
    title: "a base under the right digest, with another segment's object",
    code: 'object/content-mismatch',
    exit: 20,
    parts: ({ delta, base, stranger: { object, stored } }) => ({
      segments: [delta],
      bases: [{ ...base, object, stored }],
    }),
  }),
  claimed({
    id: 'cycle',
    title: 'a difference to itself',
    code: 'document/schema',
    exit: 23,
    parts: ({ delta }, forge) => layoutWith(forge, delta, `transform = "delta", base = "${delta.sha256}"`),
  }),
  claimed({
    id: 'base-not-listed',
    title: 'a difference to a segment that nobody names',
    code: 'document/schema',
    exit: 23,
    parts: ({ delta, stranger }, forge) => layoutWith(forge, delta, `transform = "delta", base = "${stranger.sha256}"`),
  }),
  claimed({
    id: 'unknown',
    title: 'a transform that there is not',
    code: 'document/schema',
    exit: 23,
    parts: ({ delta }, forge) => layoutWith(forge, delta, 'transform = "rot13"'),
  }),
];
