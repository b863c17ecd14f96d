/** The line of a document that a finding is about, where the document says it: for annotations beside the text. */
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readSmallBlob } from '../git-format/read-object.js';
import {
  MANIFEST_LIMIT,
  readConfig,
  readEvent,
  readEvidence,
  readManifest,
  readPolicy,
} from '../manifest/documents.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import type { Finding } from '../registry/finding.js';

/** Undefined where the subject is no document of the tree, or the finding is not about its text. */
export async function lineOfFinding(
  reader: ObjectReader,
  tree: Oid | undefined,
  { code, subject }: Finding,
  engines: Engines,
): Promise<number | undefined> {
  if (tree === undefined || !(code.startsWith('document/') || code.startsWith('manifest/'))) return undefined;
  try {
    const entry = await findEntry(reader, tree, subject);
    if (entry?.mode !== '100644') return undefined;
    read(subject, await readSmallBlob(reader, entry.oid, MANIFEST_LIMIT), engines);
    return undefined;
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    return typeof error.facts.line === 'number' ? error.facts.line : undefined;
  }
}

function read(path: string, bytes: Uint8Array, engines: Engines): void {
  switch (parseRegistryPath(path).kind) {
    case 'manifest':
      readManifest(bytes, engines);
      return;
    case 'event':
      readEvent(bytes);
      return;
    case 'evidence':
      readEvidence(bytes);
      return;
    case 'policy':
      readPolicy(bytes);
      return;
    case 'config':
      readConfig(bytes);
      return;
    default:
      return;
  }
}
