/** Which branch is checked out, for people: what is told of it is not told of the registry branch. */
import type { Registry } from './open-registry.js';

/** Undefined as null, for JSON: a detached HEAD, or one that names no branch. */
export function checkedOut({ refs }: Pick<Registry, 'refs'>): string | null {
  const { ref } = refs.head();
  return ref?.startsWith('refs/heads/') === true ? ref.slice('refs/heads/'.length) : null;
}
