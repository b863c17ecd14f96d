/** System errors as `At1Error`: which code, and a hint that names the path. */
import { At1Error, type ErrorCode } from '../errors.js';
import { systemCode } from './system-error.js';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const DENIED = new Set(['EROFS', 'EACCES', 'EPERM']);

/** Runs one file operation; whatever the system refuses becomes an `At1Error` about `path`. */
export async function attempt<T>(doing: 'read' | 'write', path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw ioError(doing, path, error);
  }
}

/** An `At1Error` passes unchanged; so does an error that does not come from the system. */
export function ioError(doing: 'read' | 'write', path: string, error: unknown): unknown {
  const system = systemCode(error);
  if (error instanceof At1Error || system === undefined || !(error instanceof Error)) return error;
  const facts = { path, system };
  const verb = doing === 'read' ? 'read' : 'write';
  const { code, why, hint } = explain(doing, path, system);
  return new At1Error(code, { message: `cannot ${verb} '${path}': ${why}`, hint, facts, cause: error });
}

/** About a place of git's own where a named pipe or a device stands: opening it may wait for ever. */
export function notAFile(path: string): At1Error {
  return new At1Error('io/unsafe-path', {
    message: `'${path}' is no file`,
    facts: { path },
    hint: `see what '${path}' is, and move it away`,
  });
}

interface Explanation {
  readonly code: ErrorCode;
  readonly why: string;
  readonly hint: string;
}

function explain(doing: 'read' | 'write', path: string, system: string): Explanation {
  if (system === 'ELOOP') {
    return {
      code: 'io/unsafe-path',
      why: 'it is a symbolic link',
      hint: `replace '${path}' by a plain file or folder`,
    };
  }
  if (doing === 'write' && FULL.has(system)) {
    return {
      code: 'io/full',
      why: `no room (${system})`,
      hint: `free space or raise the limit for '${path}', then run it again`,
    };
  }
  if (system === 'EFBIG') {
    return {
      code: 'io/failed',
      why: 'it is far too large',
      hint: `see what '${path}' is: nothing of git or at1 grows so large`,
    };
  }
  if (DENIED.has(system)) {
    // A file that may not be read is no statement about the place being read-only.
    const code = doing === 'write' ? 'io/read-only' : 'io/failed';
    return { code, why: `not allowed (${system})`, hint: `check the owner and the permissions of '${path}'` };
  }
  return { code: 'io/failed', why: system, hint: `check '${path}' and the disk it is on, then run it again` };
}
