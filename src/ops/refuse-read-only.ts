/** What cannot be changed is refused before anything is read or stored: the past, and a registry without a work tree. */
import { At1Error } from '../errors.js';
import type { Repository } from '../git/repository.js';

/** Throws `usage/invalid` under `--at`, `git/unsupported` in a bare repository. */
export function refuseReadOnly(registry: { readonly past: boolean; readonly repository: Repository }): void {
  if (registry.past) {
    throw new At1Error('usage/invalid', { message: 'the past cannot be changed', hint: 'leave --at out' });
  }
  // Objects are files beside the manifests; in a bare repository their place is the folder of git's own objects.
  if (registry.repository.workTree === undefined) {
    throw new At1Error('git/unsupported', {
      message: 'a bare repository can be read, not changed: it has no working files',
      hint: 'register in a clone and push',
    });
  }
}
