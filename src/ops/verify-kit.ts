/** What `init` lays into `.at1/verify` for the day without us: a decoder in Python, and how to check with stock tools. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { VERIFY_GUIDE_PATH, VERIFY_PROGRAM_PATH } from '../manifest/layout-of-registry.js';
import { type VerifyGuide, verifyGuide } from '../registry/verify-guide.js';
import { readFileBounded } from '../store/read-file.js';

const PROGRAM_LIMIT = 1024 * 1024;

/** Registry files by their path. Throws `capability/missing` where the package came without the decoder. */
export async function verifyKit(guide: VerifyGuide): Promise<ReadonlyMap<string, Uint8Array>> {
  return new Map([
    [VERIFY_PROGRAM_PATH, await readProgram()],
    [VERIFY_GUIDE_PATH, utf8(verifyGuide(guide))],
  ]);
}

/** By the package's own name: its files keep their places, while this code runs from source or from a bundle. */
async function readProgram(): Promise<Uint8Array> {
  const bytes = await readFileBounded(programPath(), PROGRAM_LIMIT);
  if (bytes === undefined) throw missing();
  return bytes;
}

function programPath(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve('at1-registry/package.json');
    return join(dirname(manifest), 'decoders', 'at1.py');
  } catch (cause) {
    throw missing(cause);
  }
}

function missing(cause?: unknown): At1Error {
  return new At1Error('capability/missing', {
    message: 'decoders/at1.py of this package is missing, which a new registry gets a copy of',
    hint: 'install at1-registry again',
    cause,
  });
}
