/** How slow this process is at the moment: coverage and neighbours on the same cores both make limits of CPU time mean less. */
import { createHash } from 'node:crypto';

/** CPU milliseconds of `work` without coverage, on two otherwise idle cores of an AMD EPYC of 2.6 GHz, node 20. */
const REFERENCE_MS = 50;
const MOST = 4;

/** 1 where limits hold as they are, 2 where everything takes twice as long; 4 at most, so that a hang stays one. */
export function slowness(): number {
  const spent = Math.min(work(), work(), work());
  return Math.min(MOST, Math.max(1, spent / REFERENCE_MS));
}

/** Half plain code, half a library's. */
function work(): number {
  const before = process.cpuUsage();
  const bytes = new Uint8Array(2 ** 20);
  for (let round = 0; round < 24; round++) {
    for (let i = 0; i < bytes.length; i++) if (bytes[i] === round) bytes[i] = (i + round) & 255;
  }
  createHash('sha256')
    .update(new Uint8Array(32 * 2 ** 20))
    .digest();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
