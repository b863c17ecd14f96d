/** Containers: whole against stream reading, native against portable engines, and all of it against the second reader. */
import { isDeepStrictEqual } from 'node:util';
import { concatBytes } from '../../src/bytes/writer.js';
import type { Backend } from '../../src/container/format.js';
import { randomAccessTo } from '../../src/container/frame-source.js';
import { inspectContainer, inspectStream } from '../../src/container/inspect.js';
import { decodePayload, encodePayload } from '../../src/container/payload.js';
import { decodeWhole, readStructure } from '../../src/container/read.js';
import { decodeStream } from '../../src/container/read-stream.js';
import { findTrailer } from '../../src/container/trailer.js';
import { type Block, writeStream, writeWhole } from '../../src/container/write.js';
import { At1Error } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { type Reading, referenceRead } from '../reference/container.js';
import { type ParserTarget, violated } from '../target.js';
import { bytesOf, sameBytes, sha256 } from './inputs.js';

const native = await createNativeEngines();
const portable = await createPortableEngines();

/** So that no case takes long; the limit itself is part of what is tried. */
const LIMITS = { maxOutput: 1 << 20, maxFrameOutput: 1 << 18 };
const READER_FILES = ['read', 'read-stream', 'frame', 'head', 'limits', 'payload', 'tail-source', 'trailer', 'varint'];

export const CONTAINER_TARGETS: readonly ParserTarget[] = [
  decodeTarget('stored', 1),
  decodeTarget('zstd', 1),
  decodeTarget('xz', 10),
  {
    kind: 'parser',
    name: 'container-inspect',
    about: 'inspecting a container from a file and from a stream: equal, and true of what decodes',
    files: [
      'container/inspect',
      'container/inspect-streams',
      'container/frame-source',
      'container/tail-source',
      'container/head',
    ],
    seeds: async () => [...(await seedsOf('stored')), ...(await seedsOf('zstd')), ...(await seedsOf('xz'))],
    mend,
    run: inspectCase,
  },
];

function decodeTarget(backend: Backend, oneIn: number): ParserTarget {
  const payload = { stored: [], zstd: ['container/zstd-frame'], xz: ['container/xz-stream'] }[backend];
  return {
    kind: 'parser',
    name: `container-${backend}`,
    about: `decoding containers of ${backend} payloads: whole, as a stream, with both sets of engines, and by a second reader: same verdict, same bytes, digest equal`,
    files: [...READER_FILES.map((file) => `container/${file}`), ...payload],
    oneIn,
    seeds: () => seedsOf(backend),
    mend,
    run: decodeCase,
  };
}

async function seedsOf(backend: Backend): Promise<Uint8Array[]> {
  const texts = ['', 'hi\n', 'abc'.repeat(40), Array.from({ length: 60 }, (_, i) => `row ${i * i}\n`).join('')];
  const blocks = await Promise.all(texts.map((text) => blockOf(bytesOf(text), backend)));
  const whole = blocks.map(({ data, payload }) => writeWhole(payload, sha256(data)));
  const parts: Uint8Array[] = [];
  for await (const part of writeStream(blocks.slice(1), native)) parts.push(part);
  const stream = concatBytes(parts);
  const index = Uint8Array.of(13, 1, 1, 0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);
  const indexed = concatBytes([stream.subarray(0, -36), index, stream.subarray(-36)]);
  return [...whole, stream, indexed];
}

async function blockOf(data: Uint8Array, backend: Backend): Promise<Block> {
  return { data, payload: await encodePayload(backend, data, 3, native) };
}

/** The digest of what the payloads really yield. */
async function mend(input: Uint8Array): Promise<Uint8Array> {
  if (input.length < 41) return input;
  const out = input.slice();
  out.set([0xa1, 0x53, 0x36, 0x01], out.length - 4);
  const output = await verdict(async () => {
    const parts: Uint8Array[] = [];
    for (const payload of readStructure(out, LIMITS).payloads) parts.push(await decodePayload(payload, native));
    return concatBytes(parts);
  });
  if (output instanceof Uint8Array) out.set(sha256(output), out.length - 36);
  return out;
}

/** The output, or the code of the error. */
async function verdict(read: () => Promise<Uint8Array>): Promise<Uint8Array | At1Error> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof At1Error) return error;
    throw error;
  }
}

async function decodeCase(input: Uint8Array): Promise<void> {
  const whole = await verdict(() => decodeWhole(input, native, LIMITS));
  const streamed = await verdict(() => readAll(input));
  if (!(whole instanceof Uint8Array)) {
    if (streamed instanceof Uint8Array) violated(`accepted as a stream, but whole: ${whole.code}`);
    // fzstd, in the portable engines and in the second reader, decodes some broken frames and others very slowly.
    if (whole.message.startsWith('zstd frame') || whole.code === 'container/limit') throw whole;
  }
  const carried = await verdict(() => decodeWhole(input, portable, LIMITS));
  const second = await referenceRead(input);
  if (whole instanceof Uint8Array) return accepted(input, whole, { streamed, carried, second });
  if (carried instanceof Uint8Array) violated(`accepted by portable engines, by native ones: ${whole.code}`);
  if ('output' in second) violated(`accepted by the second reader, by us: ${whole.code}`);
  throw whole;
}

interface OtherReadings {
  readonly streamed: Uint8Array | At1Error;
  readonly carried: Uint8Array | At1Error;
  readonly second: Reading;
}

function accepted(input: Uint8Array, whole: Uint8Array, { streamed, carried, second }: OtherReadings): void {
  sameBytes(sha256(whole), findTrailer(input) ?? new Uint8Array(), 'accepted with another digest than its trailer');
  if (streamed instanceof Uint8Array) sameBytes(streamed, whole, 'a stream yields other bytes');
  else if (streamed.code !== 'container/limit') violated(`a stream is refused: ${streamed.code}`);
  if (carried instanceof Uint8Array) sameBytes(carried, whole, 'portable engines yield other bytes');
  else if (carried.code !== 'capability/missing') violated(`portable engines refuse: ${carried.code}`);
  if ('output' in second) sameBytes(second.output, whole, 'the second reader yields other bytes');
  // xz-embedded knows LZMA2 alone.
  else if (carried instanceof Uint8Array || second.refused !== 'xz data')
    violated(`the second reader refuses: ${second.refused}`);
}

/** In pieces whose sizes depend on the input, so that the same input always comes in the same pieces. */
async function readAll(input: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of decodeStream(pieces(input), native, LIMITS)) parts.push(part.slice());
  return concatBytes(parts);
}

async function* pieces(input: Uint8Array): AsyncGenerator<Uint8Array> {
  let step = 1 + (input.length % 7) * (input[input.length >> 1] ?? 1);
  for (let at = 0; at < input.length; at += step) {
    step = Math.max(1, (step * 5) % 97);
    yield input.subarray(at, at + step);
  }
}

async function inspectCase(input: Uint8Array): Promise<void> {
  const [seen, streamed] = [
    await inspection(() => inspectContainer(randomAccessTo(input))),
    await inspection(() => inspectStream(pieces(input))),
  ];
  if (seen instanceof At1Error || streamed instanceof At1Error) {
    if (!(seen instanceof At1Error && streamed instanceof At1Error))
      violated('a file and a stream are judged differently');
    throw seen;
  }
  if (!isDeepStrictEqual(seen, streamed)) violated('a file and a stream are shown differently');
  if (seen.size !== input.length) violated('another size than the file has');
  const output = await verdict(() => decodeWhole(input, native, LIMITS));
  if (output instanceof At1Error) return;
  if (seen.outputSize !== undefined && seen.outputSize !== output.length) violated('another size than it decodes to');
  if (seen.trailer !== Buffer.from(sha256(output)).toString('hex')) violated('another digest than it decodes to');
}

async function inspection<T>(act: () => Promise<T>): Promise<T | At1Error> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof At1Error) return error;
    throw error;
  }
}
