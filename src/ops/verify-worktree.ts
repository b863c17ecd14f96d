/** Working files of the registry against the commit that is read: what differs is damage or an edit, and is named. */
import { join } from 'node:path';
import { At1Error } from '../errors.js';
import { findEntry, listTree } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readBlob } from '../git-format/read-object.js';
import { REGISTRY_BOUND } from '../history/registry-tree.js';
import { CONFIG_PATH, DOCUMENT_FOLDERS, parseRegistryPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { readFileBounded } from '../store/read-file.js';
import type { Registry } from './open-registry.js';

/** Manifests and layouts are bounded by 16 MiB; nothing else that is compared here comes near. */
const FILE_LIMIT = 16 * 1024 * 1024;

/** Nothing in a bare repository or under `--at`. Objects are not looked at: they have several copies of their own. */
export async function verifyWorktree(registry: Registry, tree: Oid): Promise<Finding[]> {
  const { repository, past, reader } = registry;
  if (repository.workTree === undefined || past) return [];
  const findings: Finding[] = [];
  for (const name of [CONFIG_PATH, ...DOCUMENT_FOLDERS]) {
    const entry = await findEntry(reader, tree, name);
    if (entry === undefined) continue;
    if (entry.mode !== '40000') {
      await compare(registry, name, entry.oid, findings);
      continue;
    }
    try {
      for await (const file of listTree(reader, entry.oid, `${name}/`, REGISTRY_BOUND)) {
        if (parseRegistryPath(file.path).kind !== 'other') await compare(registry, file.path, file.entry.oid, findings);
      }
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      findings.push(findingOf(error, name));
    }
  }
  return findings;
}

async function compare(registry: Registry, path: string, oid: Oid, findings: Finding[]): Promise<void> {
  const kind = parseRegistryPath(path).kind;
  // at1.toml is edited by people before it is committed; everything else is written by at1, and signed.
  const severity = kind === 'config' ? 'warning' : 'error';
  try {
    const here = await readFileBounded(join(registry.root, ...path.split('/')), FILE_LIMIT);
    if (here !== undefined && Buffer.compare(here, await readBlob(registry.reader, oid)) === 0) return;
    findings.push(
      finding(
        here === undefined ? 'warning' : severity,
        'worktree/differs',
        path,
        here === undefined ? 'the working file is gone' : 'the working file is not what is committed',
        `git checkout -- ${path}`,
      ),
    );
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    // What is too long for both places is refused as a document already; here it would be called an edit.
    if (error.code === 'document/too-large' && error.facts.size === registry.reader.blobSize(oid)) return;
    findings.push(finding(severity, 'worktree/differs', path, error.message, `git checkout -- ${path}`));
  }
}
