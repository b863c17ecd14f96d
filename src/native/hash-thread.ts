/**
 * SHA-256 on a thread of its own; shared memory is not copied. The thread starts when enough is to be hashed to be
 * worth it, keeps no process alive, and where it cannot start the caller hashes for itself. A stream that was begun on it fails with it.
 */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { type AsideHasher, asideHere } from '../engines.js';
import { At1Error } from '../errors.js';

/** Bytes that are hashed here before a thread is started: it costs as much as hashing about 16 MiB. */
const WARM_UP = 32 * 1024 * 1024;
/** Fewer are hashed sooner than a message is there and back. */
const STREAM_ASIDE_FROM = 1024 * 1024;

interface Job {
  /** Of several pieces; undefined for a digest of one. */
  readonly hasher?: number;
  readonly data?: Uint8Array;
  /** Whether the digest is wanted. */
  readonly end: boolean;
}

interface Waiting {
  readonly done: (digest: Uint8Array | undefined) => void;
  /** The thread has ended. */
  readonly lost: () => void;
}

interface Thread {
  readonly worker: Worker;
  /** Whether it came to run. */
  readonly runs: Promise<boolean>;
  running: boolean;
}

/** One is enough: whoever waits has the hash of the whole file to make meanwhile. */
let thread: Thread | 'none' | undefined;
let warm = 0;
let next = 0;
const waiting = new Map<number, Waiting>();

// As text, because a file would have to be found from the bundle and from source alike.
const PROGRAM = `
const { parentPort } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const hashers = new Map();
parentPort.on('message', ({ id, hasher, data, end }) => {
  const hash = hashers.get(hasher) ?? createHash('sha256');
  if (data !== undefined) hash.update(data);
  if (end) hashers.delete(hasher);
  else hashers.set(hasher, hash);
  parentPort.postMessage({ id, digest: end ? new Uint8Array(hash.digest()) : undefined });
});`;

/** `data` lies in a SharedArrayBuffer; nobody may write to it until the digest is there. */
export async function sha256OfShared(data: Uint8Array): Promise<Uint8Array> {
  warm += data.length;
  if (warm < WARM_UP) return hashHere(data);
  thread ??= start();
  const there = thread;
  if (there === 'none') return hashHere(data);
  return new Promise((done) => {
    const lost = () => done(hashHere(data));
    send(there, { data, end: true }, { done: (digest) => done(digest as Uint8Array), lost });
  });
}

/** Here or there, from the first piece on: what was begun cannot be handed over. */
export function hasherOnThread(expected: number): AsideHasher {
  if (expected >= WARM_UP) thread ??= start();
  if (expected < STREAM_ASIDE_FROM || thread === undefined || thread === 'none') return hasherHere();
  if (expected < WARM_UP && !thread.running) return hasherHere();
  const there = thread;
  const hasher = next++;
  let here: AsideHasher | undefined;
  let ended = false;
  const isHere = async (): Promise<boolean> => {
    if (here === undefined && !(await there.runs)) here = hasherHere();
    return here !== undefined;
  };
  const ask = (job: Job): Promise<Uint8Array | undefined> =>
    new Promise((done, failed) => send(there, job, { done, lost: () => failed(threadEnded()) }));
  return {
    update: async (data) => {
      if (await isHere()) return here?.update(data);
      // A view of other memory would be sent with all that lies around it.
      await ask({ hasher, data: data.buffer instanceof SharedArrayBuffer ? data : data.slice(), end: false });
    },
    digest: async () => {
      ended = true;
      return ((await isHere()) ? here?.digest() : ask({ hasher, end: true })) as Promise<Uint8Array>;
    },
    close: () => {
      if (!ended) void ask({ hasher, end: true }).catch(() => undefined);
      ended = true;
    },
  };
}

function send({ worker }: Thread, job: Job, answer: Waiting): void {
  if (thread === 'none') {
    answer.lost();
    return;
  }
  const id = next++;
  waiting.set(id, answer);
  worker.ref();
  worker.postMessage({ id, ...job });
}

function start(): Thread | 'none' {
  try {
    // Without the loaders and options of this process, which would only slow it down.
    const worker = new Worker(PROGRAM, { eval: true, execArgv: [], env: {} });
    worker.on('message', ({ id, digest }: { id: number; digest: Uint8Array | undefined }) => {
      waiting.get(id)?.done(digest);
      waiting.delete(id);
      if (waiting.size === 0) worker.unref();
    });
    const runs = new Promise<boolean>((done) => {
      worker.once('online', () => done(true));
      worker.once('error', () => done(false));
      worker.once('exit', () => done(false));
    });
    const started: Thread = { worker, runs, running: false };
    void runs.then((running) => {
      started.running = running;
      if (waiting.size === 0) worker.unref();
    });
    worker.on('error', giveUp);
    worker.on('exit', giveUp);
    return started;
  } catch {
    // Threads may be forbidden or used up; everything works without.
    return 'none';
  }
}

function giveUp(): void {
  thread = 'none';
  for (const { lost } of waiting.values()) lost();
  waiting.clear();
}

function threadEnded(): At1Error {
  return new At1Error('io/failed', { message: 'the thread that hashes has ended', hint: 'run it again' });
}

function hasherHere(): AsideHasher {
  const hash = createHash('sha256');
  return asideHere({ update: (data) => void hash.update(data), digest: () => Uint8Array.from(hash.digest()) });
}

function hashHere(data: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(data).digest());
}
