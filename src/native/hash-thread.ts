/**
 * SHA-256 of shared memory on a thread of its own: nothing is copied. The thread starts when enough was hashed to be
 * worth it, keeps no process alive, and where it cannot run the caller hashes for itself.
 */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** Bytes that are hashed here before a thread is started: it costs as much as hashing about 16 MiB. */
const WARM_UP = 32 * 1024 * 1024;
/** One is enough: whoever waits has the hash of the whole file to make meanwhile. */
let worker: Worker | 'none' | undefined;
let warm = 0;
let next = 0;
const waiting = new Map<number, { data: Uint8Array; done: (digest: Uint8Array) => void }>();

// As text, because a file would have to be found from the bundle and from source alike.
const PROGRAM = `
const { parentPort } = require('node:worker_threads');
const { createHash } = require('node:crypto');
parentPort.on('message', ({ id, data }) => {
  parentPort.postMessage({ id, digest: new Uint8Array(createHash('sha256').update(data).digest()) });
});`;

/** `data` lies in a SharedArrayBuffer; nobody may write to it until the digest is there. */
export async function sha256OfShared(data: Uint8Array): Promise<Uint8Array> {
  warm += data.length;
  if (warm < WARM_UP) return hashHere(data);
  worker ??= start();
  if (worker === 'none') return hashHere(data);
  const thread = worker;
  return new Promise((done) => {
    const id = next++;
    waiting.set(id, { data, done });
    thread.ref();
    thread.postMessage({ id, data });
  });
}

function start(): Worker | 'none' {
  try {
    // Without the loaders and options of this process, which would only slow it down.
    const thread = new Worker(PROGRAM, { eval: true, execArgv: [], env: {} });
    thread.on('message', ({ id, digest }: { id: number; digest: Uint8Array }) => {
      waiting.get(id)?.done(digest);
      waiting.delete(id);
      if (waiting.size === 0) thread.unref();
    });
    thread.on('error', giveUp);
    thread.on('exit', giveUp);
    return thread;
  } catch {
    // Threads may be forbidden or used up; everything works without.
    return 'none';
  }
}

function giveUp(): void {
  worker = 'none';
  for (const { data, done } of waiting.values()) done(hashHere(data));
  waiting.clear();
}

function hashHere(data: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(data).digest());
}
