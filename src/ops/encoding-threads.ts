/**
 * Threads that encode pieces of files while this one reads, hashes and writes. They are started when enough was encoded to be
 * worth it, keep no process alive, and where they cannot run the caller encodes for itself: the containers are the same.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Engines } from '../engines.js';
import { type Encoder, encoderHere } from '../packing/encoder.js';
import type { Encoded, Job, Reply } from './encoding-jobs.js';
import { SHARED_FROM } from './segment-memory.js';

/** To start a thread costs as much as to encode about this many bytes. */
const WARM_UP = 16 * 1024 * 1024;
/** Each has an engine and the planes of a few pieces in memory: about 100 MiB. */
const MOST_THREADS = 16;
const MOST_BY_DEFAULT = 2;
/** A container is at most as long as what is in it and this. */
const CONTAINER_ROOM = 4096;

export interface EncoderOptions {
  /** 1: this thread alone. Default: one for each core, at most two. */
  readonly threads?: number | undefined;
  /** Starts one; default: the file beside this one. */
  readonly start?: (() => Worker) | undefined;
}

export interface OpenEncoder extends Encoder {
  /** So many bytes will come: where that is worth it, threads take them from the first piece on, else after the first megabytes. */
  expect(bytes: number): void;
  /** Ends the threads. Nobody may wait for a piece any more. */
  close(): void;
}

interface Waiting {
  readonly job: Job;
  readonly done: (encoded: Encoded | undefined) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

export function openEncoder(engines: Engines, { threads, start }: EncoderOptions = {}): OpenEncoder {
  const here = encoderHere(engines);
  const count = Math.min(threads ?? Math.min(availableParallelism(), MOST_BY_DEFAULT), MOST_THREADS);
  if (count <= 1) return { ...here, expect: () => {}, close: () => {} };
  const pool = new ThreadPool(count, start);
  let seen = 0;
  /** Whether threads are worth it by now. */
  const isWarm = ({ length }: Uint8Array): boolean => {
    seen += length;
    return seen - length >= WARM_UP;
  };
  const rooms = new Rooms();
  return {
    width: count + 1,
    segment: async (data, level, options = {}) => {
      if (!isWarm(data) || !pool.isRunning()) return here.segment(data, level, options);
      const { sha256, elements, base, allocate } = options;
      const room = rooms.take(data.length, allocate);
      const encoded = await pool.encode({ kind: 'segment', data, level, sha256, elements, base, room });
      const there = encoded?.kind === 'segment' ? encoded.segment : undefined;
      if (room !== undefined && there?.container.buffer instanceof SharedArrayBuffer) {
        // What a thread hands out is the same memory as another object, by which nobody could tell that it is in use.
        return { ...there, container: room.subarray(0, there.container.length) };
      }
      rooms.give(room);
      return there ?? here.segment(data, level, options);
    },
    frame: async (frame, codec, level) => {
      if (!isWarm(frame.data)) return here.frame(frame, codec, level);
      const encoded = await pool.encode({ kind: 'frame', data: frame.data, elements: frame.elements, codec, level });
      if (encoded?.kind !== 'frame') return here.frame(frame, codec, level);
      return { ...encoded.frame, data: frame.data };
    },
    expect: (bytes) => {
      if (bytes > 2 * WARM_UP) seen += WARM_UP;
    },
    close: () => pool.close(),
  };
}

/** Memory that a thread may write a container into; what was not used is kept for the next one. */
class Rooms {
  readonly #unused: ArrayBufferLike[] = [];

  take(size: number, allocate: ((length: number) => Uint8Array) | undefined): Uint8Array | undefined {
    const length = size + CONTAINER_ROOM;
    if (size < SHARED_FROM) return undefined;
    const unused = this.#unused.pop();
    if (unused !== undefined && unused.byteLength >= length) return new Uint8Array(unused, 0, length);
    const room = allocate?.(length);
    return room?.buffer instanceof SharedArrayBuffer ? room : undefined;
  }

  give(room: Uint8Array | undefined): void {
    if (room !== undefined) this.#unused.push(room.buffer);
  }
}

class ThreadPool {
  readonly #count: number;
  readonly #startWorker: () => Worker;
  #threads: Thread[] | undefined;
  #next = 0;

  constructor(count: number, start: (() => Worker) | undefined) {
    this.#count = count;
    this.#startWorker = start ?? startBeside;
  }

  /** Starts the threads if need be; false where none can run. */
  isRunning(): boolean {
    this.#threads ??= this.#start();
    return this.#threads.length > 0;
  }

  /** By the thread with the least to do; undefined where none runs. */
  async encode(job: Job): Promise<Encoded | undefined> {
    this.#threads ??= this.#start();
    const [first, ...others] = this.#threads;
    if (first === undefined) return undefined;
    const thread = others.reduce((least, one) => (one.waiting.size < least.waiting.size ? one : least), first);
    return new Promise((done) => {
      const id = this.#next++;
      try {
        thread.worker.postMessage({ id, job });
      } catch {
        // What cannot be sent is encoded here.
        return done(undefined);
      }
      thread.waiting.set(id, { job, done });
      thread.worker.ref();
    });
  }

  close(): void {
    for (const { worker } of this.#threads ?? []) void worker.terminate();
    this.#threads = [];
  }

  #start(): Thread[] {
    try {
      return Array.from({ length: this.#count }, () => this.#startOne());
    } catch {
      // Threads may be forbidden or used up; everything works without.
      return [];
    }
  }

  #startOne(): Thread {
    const worker = this.#startWorker();
    const thread: Thread = { worker, waiting: new Map() };
    worker.unref();
    worker.on('message', ({ id, encoded }: Reply) => {
      const waiting = thread.waiting.get(id);
      thread.waiting.delete(id);
      if (thread.waiting.size === 0) worker.unref();
      waiting?.done(encoded);
    });
    const giveUp = (): void => {
      this.#threads = this.#threads?.filter((one) => one !== thread);
      for (const { done } of thread.waiting.values()) done(undefined);
      thread.waiting.clear();
    };
    worker.on('error', giveUp);
    worker.on('messageerror', giveUp);
    worker.on('exit', giveUp);
    return thread;
  }
}

/** In the package; run from source there is no such file, and no threads. */
function startBeside(): Worker {
  // Without the options of this process: with `node -e` a file would be no input.
  return new Worker(new URL('./encode.worker.js', import.meta.url), { execArgv: [] });
}
