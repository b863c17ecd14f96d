/** Errors of the operating system, told by their code (`ENOENT`). */

/** True for an error of the system with one of the given codes. */
export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  const code = systemCode(error);
  return code !== undefined && codes.includes(code);
}

export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code;
}

/** What file systems answer to `link` that have no hard links, or none more for this file. */
export function hasNoLinks(error: unknown): boolean {
  return isSystemError(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK');
}

/** A write that the system accepted without taking a byte: as an error of its own. */
export function noProgress(): Error {
  return Object.assign(new Error('EIO: no progress, write'), { code: 'EIO' });
}
