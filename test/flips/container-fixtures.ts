/**
 * Small containers of every kind, and for each of them the flipped bits after which it still yields the same bytes, with
 * the reason. docs/format/container.md section 9 holds the same list, made from this one.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { utf8 } from '../../src/bytes/text.js';
import type { Backend } from '../../src/container/format.js';
import type { Engines } from '../../src/engines.js';
import { BACKENDS, streamOf, wholeOf } from '../container/samples.js';
import { randomBytes } from '../helpers/random-bytes.js';

export interface ContainerFixture {
  readonly name: string;
  readonly data: Uint8Array;
  readonly make: (engines: Engines) => Promise<Uint8Array>;
}

/** Why a bit says nothing about the output. */
export const REASONS = {
  hint: 'the hint',
  empty: 'no output either way: nothing stored, or a stream of hint 2 without frames',
  run: 'a block of one byte, or a run of one',
  context: 'how a byte is guessed from the one before it, where all are equal',
  surplus: 'copies that are too long or from too far back',
} as const;

export type Reason = keyof typeof REASONS;

export interface Harmless {
  /** `05.0-6 18.4`: bits 0 to 6 of the byte at 0x05, bit 4 of that at 0x18. */
  readonly bits: string;
  readonly reason: Reason;
  /** Only these engines take it. */
  readonly only?: 'native' | 'portable';
}

const HINT: Harmless = { bits: '05.0-6', reason: 'hint' };
const EMPTY: Harmless = { bits: '03.0', reason: 'empty' };

/** By fixture; every other flip of every fixture is refused. */
export const HARMLESS: Readonly<Record<string, readonly Harmless[]>> = {
  'whole-empty-stored': [EMPTY],
  'raw-empty-stored': [EMPTY],
  'whole-one-zstd': [{ bits: '0c.1', reason: 'run' }],
  'whole-zeros-zstd': [{ bits: '10.2 13.1-6 15.2 15.5-6 16.4-5 17.6-7 18.0-4', reason: 'surplus', only: 'portable' }],
  'whole-zeros-xz': [{ bits: '23.0', reason: 'context' }],
  // The portable engines do not read a delta filter.
  'raw-xz-delta': [{ bits: '23.0', reason: 'context', only: 'native' }],
  'stream-empty': [HINT],
  'stream-stored': [HINT],
  'stream-zstd': [HINT],
  'stream-xz': [HINT],
  'stream-raw-3backends': [HINT, { bits: '35.0', reason: 'context' }],
};

const TEXT = utf8(
  'version,auc\n1.0.0,0.981\n1.1.0,0.984\n1.2.0,0.971\n2.0.0,0.992\n2.0.1,0.993\n2.1.0,0.990\n2.2.0,0.994\n',
);

/** What our writer makes of data of every kind, in both modes. */
function written(): ContainerFixture[] {
  const fixtures: ContainerFixture[] = [];
  const whole = (what: string, data: Uint8Array, backend: Backend) =>
    fixtures.push({ name: `whole-${what}-${backend}`, data, make: (engines) => wholeOf(data, backend, engines) });
  for (const backend of BACKENDS) {
    whole('empty', new Uint8Array(0), backend);
    whole('one', utf8('A'), backend);
    whole('text', TEXT, backend);
    whole('random', randomBytes(backend === 'stored' ? 300 : 80, 1), backend);
    if (backend !== 'stored') whole('zeros', new Uint8Array(4000), backend);
    const parts = [TEXT.subarray(0, 40), TEXT.subarray(40)].map((data) => ({ data, backend }));
    fixtures.push({ name: `stream-${backend}`, data: TEXT, make: (engines) => streamOf(parts, engines) });
  }
  return fixtures;
}

const FOLDER = new URL('../fixtures/containers/', import.meta.url);
const MOST_BYTES = 4096;

/** Those of the vectors that are sound and small. */
function kept(): ContainerFixture[] {
  const read = (file: string): Uint8Array => Uint8Array.from(readFileSync(new URL(file, FOLDER)));
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.at1'))
    .map((file) => file.slice(0, -'.at1'.length))
    .filter((name) => existsSync(new URL(`${name}.expected`, FOLDER)))
    .map((name) => ({ name, container: read(`${name}.at1`), data: read(`${name}.expected`) }))
    .filter(({ container }) => container.length <= MOST_BYTES)
    .map(({ name, container, data }) => ({ name, data, make: async () => container }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const FIXTURES: readonly ContainerFixture[] = [...written(), ...kept()];
