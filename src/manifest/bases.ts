/**
 * Segments that are kept as a difference to another one: what each needs, resolved, and the rules that lists of them keep.
 * docs/format/transforms.md.
 */
import { compareText } from '../bytes/text.js';
import type { Digest } from '../digest/digest.js';
import { invalid } from './check.js';
import type { Segment } from './generated/types.js';
import type { Pointer } from './toml-place.js';

/** Differences that lead from a segment to one that needs no other: each costs its reader another segment. */
export const CHAIN_LIMIT = 8;

/** A segment with what is needed to undo its difference. */
export interface SegmentReference extends Omit<Segment, 'base'> {
  readonly base?: SegmentReference;
}

/** A segment that stands for itself, such as a layout. */
export function plainReference({ size, sha256, object, stored }: Segment): SegmentReference {
  return { size, sha256, object, stored };
}

/** Differences from here to a segment that needs no other. */
export function chainLength({ base }: SegmentReference): number {
  return base === undefined ? 0 : 1 + chainLength(base);
}

/** A file's segments in order, and the bases beside them. */
export interface SegmentLists {
  readonly segments: readonly Segment[];
  readonly bases?: readonly Segment[];
}

export interface ResolvedSegments {
  /** In the order of the file. */
  readonly segments: readonly SegmentReference[];
  readonly bases: readonly SegmentReference[];
}

/** Each segment with what it needs. The lists have passed `checkBases`. */
export function resolveBases({ segments, bases = [] }: SegmentLists): ResolvedSegments {
  const known = bySha256(segments, bases);
  const resolve = ({ base, ...segment }: Segment): SegmentReference =>
    base === undefined ? segment : { ...segment, base: resolve(known.get(base) as Segment) };
  return { segments: segments.map(resolve), bases: bases.map(resolve) };
}

/**
 * The lists of a file whose segments these are: the inverse of `resolveBases`. Where a segment occurs in several stored forms, the
 * one of the shortest chain serves all, for its bytes are the same: so no chain becomes longer than the longest there was.
 */
export function listBases(references: readonly SegmentReference[]): Required<SegmentLists> {
  const forms = shortestForms(references);
  const formOf = ({ sha256 }: SegmentReference): SegmentReference => forms.get(sha256) as SegmentReference;
  const own = new Set(references.map(({ sha256 }) => sha256));
  const bases = new Map<Digest, Segment>();
  for (const reference of references) {
    for (let { base } = formOf(reference); base !== undefined; base = formOf(base).base) {
      if (!own.has(base.sha256)) bases.set(base.sha256, flat(formOf(base)));
    }
  }
  return {
    segments: references.map((reference) => flat(formOf(reference))),
    bases: [...bases.values()].sort((a, b) => compareText(a.sha256, b.sha256)),
  };
}

/** Of equally long ones the first. */
function shortestForms(references: readonly SegmentReference[]): Map<Digest, SegmentReference> {
  const forms = new Map<Digest, SegmentReference>();
  for (const reference of references) {
    for (let at: SegmentReference | undefined = reference; at !== undefined; at = at.base) {
      const known = forms.get(at.sha256);
      if (known === undefined || chainLength(at) < chainLength(known)) forms.set(at.sha256, at);
    }
  }
  return forms;
}

function flat({ base, ...segment }: SegmentReference): Segment {
  return base === undefined ? segment : { ...segment, base: base.sha256 };
}

/** Throws `document/schema`. `pointer` is that of the object which holds the lists. */
export function checkBases(lists: SegmentLists, pointer: Pointer, text: string | undefined): void {
  const { segments, bases = [] } = lists;
  const known = bySha256(segments, bases);
  const used = new Set<Digest>();
  for (const [list, entries] of [['segments', segments] as const, ['bases', bases] as const]) {
    for (const [i, segment] of entries.entries()) {
      const fault = faultOf(segment) ?? faultOfChain(segment, known, list === 'segments' ? used : new Set());
      if (fault !== undefined) throw invalid(fault, [...pointer, list, i], text);
    }
  }
  const own = new Set(segments.map(({ sha256 }) => sha256));
  for (const [i, { sha256 }] of bases.entries()) {
    const previous = bases[i - 1]?.sha256;
    const fault =
      previous !== undefined && compareText(previous, sha256) >= 0
        ? 'bases are not unique and sorted'
        : own.has(sha256)
          ? 'a base that is a segment of the file as well'
          : used.has(sha256)
            ? undefined
            : 'a base that no segment needs';
    if (fault !== undefined) throw invalid(fault, [...pointer, 'bases', i], text);
  }
}

function bySha256(segments: readonly Segment[], bases: readonly Segment[]): Map<Digest, Segment> {
  // From the back, so that of twins the first counts.
  return new Map([...bases, ...segments].reverse().map((segment) => [segment.sha256, segment]));
}

function faultOf({ transform, base }: Segment): string | undefined {
  if (transform === 'delta') return base === undefined ? 'a difference without a base' : undefined;
  return base === undefined ? undefined : 'a base without a difference';
}

function faultOfChain(start: Segment, known: ReadonlyMap<Digest, Segment>, used: Set<Digest>): string | undefined {
  let segment = start;
  for (let length = 1; segment.base !== undefined; length++) {
    if (length > CHAIN_LIMIT) return `a chain of more than ${CHAIN_LIMIT} differences`;
    const base = known.get(segment.base);
    if (base === undefined) return 'a base that is not listed';
    if (base.size !== start.size) return `a base of ${base.size} bytes for a segment of ${start.size}`;
    used.add(base.sha256);
    segment = base;
  }
  return undefined;
}
