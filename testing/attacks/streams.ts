/** Stream containers as files: frames that lie about their length, that readers could skip, that are too many. */
import type { Attack } from '../attack.js';
import { bytesOf, frame, STORED, skippableFrame, streamContainer, varint, ZSTD, zstdFrame } from '../containers.js';
import { type Hostile, hostileFile, PROMISED } from './hostile.js';

const MIB = 1024 * 1024;
const STORED_FRAME = frame(STORED, PROMISED);
const REPEATED = { kind: 1, size: 128 * 1024, bytes: Uint8Array.of(0x61) } as const;

const plans: readonly Hostile[] = [
  {
    id: 'frame-of-2-64',
    title: 'a frame of 2^64 - 1 bytes',
    row: 5,
    code: 'container/malformed',
    container: (_, sha256) => streamContainer(bytesOf([0], varint(2n ** 64n - 1n), [1, 2]), sha256),
  },
  {
    id: 'frame-of-2-53',
    title: 'a frame of 2^53 bytes',
    row: 5,
    code: 'container/malformed',
    container: (_, sha256) => streamContainer(bytesOf([0], varint(2n ** 53n), [1, 2]), sha256),
  },
  {
    id: 'frame-too-long',
    title: 'a frame longer than the container',
    row: 6,
    code: 'container/malformed',
    container: (_, sha256) => streamContainer(bytesOf([0], varint(1000n), STORED_FRAME.subarray(1)), sha256),
  },
  {
    id: 'frame-of-0',
    title: 'frames of no bytes at all',
    row: 6,
    code: 'container/malformed',
    container: (_, sha256) => streamContainer(bytesOf([0], new Uint8Array(1000)), sha256),
  },
  {
    id: 'varint-without-end',
    title: 'a varint of eleven bytes',
    row: 6,
    code: 'container/malformed',
    container: (_, sha256) => streamContainer(bytesOf([0], varint(102n, 10), STORED_FRAME.subarray(1)), sha256),
  },
  {
    id: 'varint-padded',
    title: 'a frame length written with more bytes than it needs',
    row: 8,
    code: 'container/not-strict',
    container: (_, sha256) => streamContainer(bytesOf([0], varint(102n, 1), STORED_FRAME.subarray(1)), sha256),
  },
  {
    id: 'frame-method',
    title: 'a frame of a method that readers skip or refuse as they like',
    row: 8,
    code: 'container/not-strict',
    container: (_, sha256) => streamContainer(bytesOf([0], frame(STORED, PROMISED, 7), STORED_FRAME), sha256),
  },
  {
    id: 'codec-frame',
    title: 'a frame for a codec, in a container that has none',
    row: 6,
    code: 'container/malformed',
    container: (_, sha256) => streamContainer(bytesOf([0], frame(STORED, PROMISED, 0)), sha256),
  },
  {
    id: 'index-in-the-middle',
    title: 'an index frame that is not the last, so that some readers stop before the data',
    row: 8,
    code: 'container/malformed',
    container: (_, sha256) => streamContainer(bytesOf([0], frame(ZSTD, skippableFrame(8)), STORED_FRAME), sha256),
  },
  {
    id: 'bytes-before-trailer',
    title: 'one byte between the last frame and the trailer',
    row: 8,
    code: 'container/malformed',
    container: (_, sha256) => streamContainer(bytesOf([0], STORED_FRAME, [5]), sha256),
  },
  {
    id: 'of-bombs',
    title: 'a stream of 40 frames that yield 128 MiB each',
    row: 4,
    code: 'container/limit',
    container: (_, sha256) => {
      const one = frame(ZSTD, zstdFrame(BigInt(128 * MIB), Array(1024).fill(REPEATED)));
      return streamContainer(bytesOf([0], ...Array(40).fill(one)), sha256);
    },
  },
  {
    id: 'of-crumbs',
    title: 'a stream of a quarter of a million frames of one byte each',
    row: 4,
    code: 'container/digest-mismatch',
    container: (_, sha256) => {
      const body = new Uint8Array(1 + 1_000_000);
      for (let at = 1; at < body.length; at += 4) body.set([3, 1, 2, 0x61], at);
      return streamContainer(body, sha256);
    },
  },
];

export const streams: readonly Attack[] = plans.map((plan) => hostileFile('stream', plan));
