/** A thread that encodes pieces for another. Started by `encoding-threads.ts`. */
import { parentPort } from 'node:worker_threads';
import { giveScratch } from '../bytes/scratch.js';
import type { CodecBlock } from '../container/write.js';
import { createNativeEngines } from '../native/engines.js';
import { type Encoder, encoderHere } from '../packing/encoder.js';
import type { Encoded, Job, Reply, Request } from './encoding-jobs.js';

const encoder = createNativeEngines().then(encoderHere);

parentPort?.on('message', async ({ id, job }: Request) => {
  let reply: Reply;
  try {
    reply = { id, encoded: await doJob(job, await encoder) };
  } catch {
    reply = { id, encoded: undefined };
  }
  parentPort?.postMessage(reply, transferred(reply));
});

/** A set of streams is in memory of its own, which changes hands: to copy it takes the other thread's time. */
function transferred({ encoded }: Reply): ArrayBuffer[] {
  if (encoded?.kind !== 'frame' || !('streams' in encoded.frame)) return [];
  const { streams } = encoded.frame;
  return streams instanceof Uint8Array ? [streams.buffer as ArrayBuffer] : [];
}

function ownCopy(streams: CodecBlock['streams']): CodecBlock['streams'] {
  if (!(streams instanceof Uint8Array)) return streams;
  const copy = streams.slice();
  giveScratch(streams);
  return copy;
}

async function doJob(job: Job, encoder: Encoder): Promise<Encoded> {
  if (job.kind === 'frame') {
    const { data: _, ...frame } = await encoder.frame(job, job.codec, job.level);
    return { kind: 'frame', frame: 'streams' in frame ? { streams: ownCopy(frame.streams) } : frame };
  }
  const { data, level, sha256, elements, base, room } = job;
  const allocate = (length: number): Uint8Array =>
    room !== undefined && length <= room.length ? room.subarray(0, length) : new Uint8Array(length);
  const options = { elements, base, allocate, ...(sha256 === undefined ? {} : { sha256 }) };
  return { kind: 'segment', segment: await encoder.segment(data, level, options) };
}
