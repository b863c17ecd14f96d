/** Mix and match: genuine parts of genuine versions, put together to what nobody signed. */
import { digestOf } from '../../src/digest/digest.js';
import type { FileEntry, Segment } from '../../src/manifest/generated/types.js';
import { signaturePathOf } from '../../src/manifest/layout-of-registry.js';
import { parsePrincipalName } from '../../src/manifest/name.js';
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
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
];
