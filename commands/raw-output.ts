/** Bytes of files on standard output: only where that is a pipe or a file, and never beside JSON. */
import { At1Error } from '../src/index.js';
import type { At1Command } from './base.js';

/** Undefined where the bytes go elsewhere. Throws `usage/invalid` on a terminal, which they could steer. */
export function rawOutput(
  command: At1Command,
  out: string | undefined,
): ((bytes: Uint8Array) => Promise<void>) | undefined {
  if (out !== undefined || command.jsonEnabled()) return undefined;
  const { stdout } = command.environment;
  if (stdout.isTTY === true) {
    throw new At1Error('usage/invalid', {
      message: 'the bytes of a file are not written to a terminal',
      hint: 'say -o FILE, or pipe them into another program',
    });
  }
  return (bytes) =>
    new Promise((resolve, reject) => {
      stdout.write(bytes, (error) => {
        if (error === undefined || error === null) resolve();
        else reject(error);
      });
    });
}
