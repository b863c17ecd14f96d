/** A thread that encodes pieces for another. Started by `encoding-threads.ts`. */
import { parentPort } from 'node:worker_threads';
import { createNativeEngines } from '../native/engines.js';
import { encoderHere } from '../packing/encoder.js';
import { doJob, type Reply, type Request } from './encoding-jobs.js';

const encoder = createNativeEngines().then(encoderHere);

parentPort?.on('message', async ({ id, job }: Request) => {
  let reply: Reply;
  try {
    reply = { id, encoded: await doJob(job, await encoder) };
  } catch {
    reply = { id, encoded: undefined };
  }
  parentPort?.postMessage(reply);
});
