/**
 * In which form a segment is kept: as it is, as planes, or as a difference to a base. The smallest that gives the same bytes
 * back; docs/format/transforms.md.
 */
import { giveScratch } from '../bytes/scratch.js';
import { equalBytes } from '../bytes/text.js';
import type { Payload } from '../container/payload.js';
import type { Engines, PlaneMode } from '../engines.js';
import { At1Error } from '../errors.js';
import { mayRepeatAsIs } from '../transforms/find-repeats.js';
import { entropyLength } from '../transforms/frequencies.js';
import type { Level } from '../transforms/level.js';
import { type PlaneShape, readPlaneSet, writePlaneSet } from '../transforms/plane-set.js';
import { choosePayload, sampleRatio } from './choose-backend.js';
import { type ElementHint, guessElements } from './elements.js';
import { provePayload } from './prove-payload.js';

export interface Form {
  readonly payload: Payload;
  /** What the payload yields instead of the data. */
  readonly transform?: 'planes' | 'delta';
}

export interface FormOptions {
  /** What the data's elements are, where they are numbers. */
  readonly elements?: ElementHint | undefined;
  /** Other data of the same length that this may be near to. */
  readonly base?: Uint8Array | undefined;
}

/** Elements that tell which mode suits all of them. */
const MODE_SAMPLE = 32 * 1024;
/** A difference costs its reader the base as well: it has to be smaller by this much. */
const DELTA_GAIN = 0.97;

export async function chooseForm(
  data: Uint8Array,
  level: Level,
  engines: Engines,
  { elements: told, base }: FormOptions = {},
): Promise<Form> {
  const elements = told ?? guessElements(data);
  const candidates: Form[] = [];
  if (base !== undefined) candidates.push(await delta(data, base, elements, level, engines));
  const [first] = candidates;
  // What changed this little is not worth another look.
  const settled = first !== undefined && level !== 'max' && first.payload.bytes.length < data.length / 8;
  if (!settled) {
    if (elements !== undefined) candidates.push(...(await planes(data, elements, level, engines)));
    if (await asItIs(data, candidates, level, engines)) {
      candidates.push({ payload: await choosePayload(data, level, engines, elements) });
    }
  }
  candidates.push({ payload: { backend: 'stored', bytes: data, size: data.length } });
  const chosen = await firstProven(
    candidates.sort((a, b) => costOf(a) - costOf(b)),
    data,
    base,
    engines,
  );
  for (const { payload, transform } of candidates) {
    if (transform !== undefined && payload.bytes !== chosen.payload.bytes) giveScratch(payload.bytes);
  }
  return chosen;
}

async function firstProven(
  candidates: readonly Form[],
  data: Uint8Array,
  base: Uint8Array | undefined,
  engines: Engines,
): Promise<Form> {
  for (const form of candidates) {
    if (form.transform === undefined) return { payload: await provePayload(form.payload, data, engines) };
    if (await givesBack(form, data, base, engines)) return form;
  }
  throw new TypeError('data that is stored gives itself');
}

function costOf({ payload, transform }: Form): number {
  return transform === 'delta' ? payload.bytes.length / DELTA_GAIN : payload.bytes.length;
}

/** Whether a backend may beat what there is so far: of planes that gain, a sample of the data tells. */
async function asItIs(data: Uint8Array, soFar: readonly Form[], level: Level, engines: Engines): Promise<boolean> {
  if (level === 'max' || soFar.length === 0) return true;
  const best = Math.min(...soFar.map(({ payload }) => payload.bytes.length));
  if (best >= data.length) return true;
  return mayRepeatAsIs(data, await engines.kernel()) && (await sampleRatio(data, engines)) * data.length < best;
}

async function planes(data: Uint8Array, elements: ElementHint, level: Level, engines: Engines): Promise<Form[]> {
  const modes = modesOf(elements);
  const chosen = level === 'max' || modes.length === 1 ? modes : [await likelier(data, elements, modes, engines)];
  const forms: Form[] = [];
  for (const mode of chosen) forms.push(await formOf('planes', data, undefined, { ...elements, mode }, level, engines));
  return forms;
}

/** The mode whose planes have the lower entropy, by a sample. */
async function likelier(
  data: Uint8Array,
  { width, head }: ElementHint,
  modes: readonly PlaneMode[],
  engines: Engines,
): Promise<PlaneMode> {
  const kernel = await engines.kernel();
  const count = Math.min(MODE_SAMPLE, Math.floor((data.length - head) / width));
  const sample = data.subarray(head, head + count * width);
  const lengths = modes.map((mode) =>
    kernel.split(sample, width, mode).reduce((sum, plane) => sum + entropyLength(kernel.histogram(plane)), 0),
  );
  return modes[lengths.indexOf(Math.min(...lengths))] as PlaneMode;
}

/** Only a little-endian sign is beside what a rotation puts it next to. */
function modesOf({ width, kind, byteOrder }: ElementHint): PlaneMode[] {
  return kind === 'float' && byteOrder === 'little' && width > 1 ? ['rotate', 'split'] : ['split'];
}

function delta(
  data: Uint8Array,
  base: Uint8Array,
  elements: ElementHint | undefined,
  level: Level,
  engines: Engines,
): Promise<Form> {
  const known = elements !== undefined && elements.byteOrder === 'little';
  const shape = known
    ? { ...elements, mode: elements.kind === 'float' ? ('ordered' as const) : ('difference' as const) }
    : { width: 1 as const, head: 0, mode: 'difference' as const };
  return formOf('delta', data, base, shape, level, engines);
}

async function formOf(
  transform: 'planes' | 'delta',
  data: Uint8Array,
  base: Uint8Array | undefined,
  { width, head, mode }: Pick<PlaneShape, 'width' | 'head' | 'mode'>,
  level: Level,
  engines: Engines,
): Promise<Form> {
  const shape = { mode, width, head, elements: Math.floor((data.length - head) / width) };
  const bytes = await writePlaneSet(data, shape, base, engines, { effort: level });
  return { transform, payload: { backend: 'stored', bytes, size: bytes.length } };
}

async function givesBack(
  { transform, payload }: Form,
  data: Uint8Array,
  base: Uint8Array | undefined,
  engines: Engines,
): Promise<boolean> {
  try {
    const back = await readPlaneSet(payload.bytes, data.length, transform === 'delta' ? base : undefined, engines);
    const isSame = equalBytes(back, data);
    giveScratch(back);
    return isSame;
  } catch (error) {
    if (error instanceof At1Error && error.code === 'transform/malformed') return false;
    throw error;
  }
}
