/** Child process of `atomic-faults.test.ts`: writes 100,000 bytes to a path, prints the error code. */
import { writeAtomic } from '../../src/store/atomic.js';

const [path, uid] = process.argv.slice(2);
if (uid) process.setuid?.(Number(uid));
try {
  await writeAtomic(path as string, new Uint8Array(100_000));
  process.stdout.write('written');
} catch (error) {
  process.stdout.write(error instanceof Error && 'code' in error ? String(error.code) : String(error));
}
