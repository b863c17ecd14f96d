/** Containers that promise little and yield much, or promise much: nothing is allocated for what only they say. */
import type { Attack } from '../attack.js';
import {
  bytesOf,
  STORED,
  skippableFrame,
  varint,
  wholeContainer,
  withXzBlockHeader,
  withXzIndex,
  XZ,
  xzChunksAt,
  ZSTD,
  zstdFrame,
} from '../containers.js';
import type { Forge } from '../forge.js';
import { type Hostile, hostile, PROMISED } from './hostile.js';

const MIB = 1024 * 1024;
const REPEATED = { kind: 1, size: 128 * 1024, bytes: Uint8Array.of(0x61) } as const;
const NOTHING = { kind: 0, size: 0, bytes: new Uint8Array(0) } as const;

const xzOf = (forge: Forge, length: number) => forge.engines.xzCompress(new Uint8Array(length), 0);

const plans: readonly Hostile[] = [
  {
    id: 'zstd-understated',
    title: 'a zstd frame that states 100 bytes and yields 128 MiB',
    row: 4,
    code: 'container/malformed',
    container: (_, sha256) => wholeContainer(ZSTD, zstdFrame(100n, Array(1024).fill(REPEATED)), sha256),
  },
  {
    id: 'zstd-overstated',
    title: 'a zstd frame of a few bytes that states 16 MiB',
    row: 5,
    code: 'container/malformed',
    container: (_, sha256) => wholeContainer(ZSTD, zstdFrame(BigInt(16 * MIB), [NOTHING]), sha256),
  },
  {
    id: 'zstd-honest',
    title: 'a genuine zstd frame of 64 MiB where 100 bytes were promised',
    row: 4,
    code: 'object/content-mismatch',
    container: async (forge, sha256) =>
      wholeContainer(ZSTD, await forge.engines.zstdCompress(new Uint8Array(64 * MIB), 1), sha256),
  },
  {
    id: 'zstd-size-2-53',
    title: 'a zstd frame that states 2^53 bytes',
    row: 5,
    code: 'container/malformed',
    container: (_, sha256) => wholeContainer(ZSTD, zstdFrame(2n ** 53n, [REPEATED]), sha256),
  },
  {
    id: 'zstd-size-2-64',
    title: 'a zstd frame that states 2^64 - 1 bytes',
    row: 5,
    code: 'container/malformed',
    container: (_, sha256) => wholeContainer(ZSTD, zstdFrame(2n ** 64n - 1n, [REPEATED]), sha256),
  },
  {
    id: 'zstd-window',
    title: 'a zstd frame that asks for a window of 3.75 TiB',
    row: 5,
    code: 'container/limit',
    container: (_, sha256) => wholeContainer(ZSTD, zstdFrame(100n, [REPEATED], 0xff), sha256),
  },
  {
    id: 'zstd-skippable-frames',
    title: 'a hundred thousand skippable frames before the data',
    row: 4,
    code: 'container/not-strict',
    container: async (forge, sha256) => {
      const data = await forge.engines.zstdCompress(PROMISED, 1);
      return wholeContainer(ZSTD, bytesOf(...Array(100_000).fill(skippableFrame(4)), data), sha256);
    },
  },
  {
    id: 'zstd-empty-blocks',
    title: 'a zstd frame of six million empty blocks and then too much',
    row: 4,
    code: 'container/malformed',
    container: (_, sha256) => {
      const blocks = new Uint8Array(18 * MIB);
      return wholeContainer(ZSTD, bytesOf(zstdFrame(100n, []), blocks, [0x0b, 0, 8, 0x61]), sha256);
    },
  },
  {
    id: 'zstd-two-frames',
    title: 'a second zstd frame after the one that was promised',
    row: 8,
    code: 'container/not-strict',
    container: async (forge, sha256) => {
      const first = await forge.engines.zstdCompress(PROMISED, 1);
      return wholeContainer(ZSTD, bytesOf(first, zstdFrame(BigInt(MIB), Array(8).fill(REPEATED))), sha256);
    },
  },
  {
    id: 'xz-honest',
    title: 'a genuine xz stream of 32 MiB where 100 bytes were promised',
    row: 4,
    code: 'object/content-mismatch',
    container: async (forge, sha256) => wholeContainer(XZ, await xzOf(forge, 32 * MIB), sha256),
  },
  {
    id: 'xz-index-understated',
    title: 'an xz stream of 32 MiB whose index states 100 bytes',
    row: 4,
    code: 'container/malformed',
    container: async (forge, sha256) => {
      const lying = withXzIndex(await xzOf(forge, 32 * MIB), (all) => all.map((one) => ({ ...one, size: 100n })));
      return wholeContainer(XZ, lying, sha256);
    },
  },
  {
    id: 'xz-chunk-understated',
    title: 'an xz stream whose index and first chunk state 100 bytes of data that goes on for 2 MiB',
    row: 4,
    code: 'container/malformed',
    container: async (forge, sha256) => {
      const stream = (await xzOf(forge, 2 * MIB)).slice();
      const at = xzChunksAt(stream);
      stream.set([(stream[at] ?? 0) & 0xe0, 0, 99], at);
      return wholeContainer(
        XZ,
        withXzIndex(stream, (all) => all.map((one) => ({ ...one, size: 100n }))),
        sha256,
      );
    },
  },
  {
    id: 'xz-index-2-62',
    title: 'an xz index that states 2^62 bytes',
    row: 5,
    code: 'container/malformed',
    container: async (forge, sha256) => {
      const lying = withXzIndex(await xzOf(forge, 100), (all) => all.map((one) => ({ ...one, size: 2n ** 62n })));
      return wholeContainer(XZ, lying, sha256);
    },
  },
  {
    id: 'xz-index-many-blocks',
    title: 'an xz index that counts 2^60 blocks',
    row: 6,
    code: 'container/malformed',
    container: async (forge, sha256) => {
      const stream = await xzOf(forge, 100);
      const end = stream.length - 12;
      return wholeContainer(
        XZ,
        bytesOf(stream.subarray(0, end - 8), [0, ...varint(2n ** 60n)], stream.subarray(end)),
        sha256,
      );
    },
  },
  {
    id: 'xz-dictionary',
    title: 'an xz block that asks for a dictionary of 4 GiB',
    row: 5,
    code: 'container/limit',
    container: async (forge, sha256) => {
      const greedy = withXzBlockHeader(await xzOf(forge, 100), (header) => {
        const at = header.indexOf(0x21) + 2;
        return header.with(at, 40);
      });
      return wholeContainer(XZ, greedy, sha256);
    },
  },
  {
    id: 'xz-second-stream',
    title: 'a second xz stream of 32 MiB after the one that was promised',
    row: 8,
    code: 'container/malformed',
    container: async (forge, sha256) =>
      wholeContainer(XZ, bytesOf(await forge.engines.xzCompress(PROMISED, 0), await xzOf(forge, 32 * MIB)), sha256),
  },
  {
    id: 'xz-twice',
    title: 'the promised xz stream twice',
    row: 8,
    code: 'container/not-strict',
    container: async (forge, sha256) => {
      const stream = await forge.engines.xzCompress(PROMISED, 0);
      return wholeContainer(XZ, bytesOf(stream, stream), sha256);
    },
  },
  {
    id: 'nested',
    title: 'the container of what was promised, inside of another one',
    row: 4,
    code: 'object/content-mismatch',
    container: (_, sha256, honest) => wholeContainer(STORED, honest, sha256),
  },
];

export const bombs: readonly Attack[] = plans.map((plan) => hostile('bomb', plan));
