/** Where things of a version are, for attacks that put others there. */
import { type Oid, parseOid } from '../src/git-format/oid.js';
import { manifestPath, signaturePathOf } from '../src/manifest/layout-of-registry.js';
import { parseKind, parseName, parsePrincipalName } from '../src/manifest/name.js';
import { parseReference } from '../src/manifest/reference.js';
import { parseRegistryId } from '../src/manifest/registry-id.js';
import { parseVersion } from '../src/manifest/version.js';
import type { Forge } from './forge.js';

/** A registry that is not the attacked one. */
export const OTHER_REGISTRY = parseRegistryId('01JZ0000000000000000000001');

/** Path of somebody's signature for a version. */
export function signatureOf(ref: string, principal: string): string {
  const { kind, name, selector } = parseReference(ref);
  if (kind === undefined || selector.kind !== 'exact') throw new Error(`not a version: ${ref}`);
  const manifest = manifestPath(parseKind(kind), parseName(name), parseVersion(selector.version));
  return signaturePathOf(manifest, parsePrincipalName(principal));
}

export function treeOf(forge: Forge, commit: Oid): Oid {
  return parseOid(forge.git('rev-parse', `${commit}^{tree}`));
}
