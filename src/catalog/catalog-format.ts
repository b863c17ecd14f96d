/**
 * The catalog file: a registry's folded state as JSON lines, a header and one line per version in path order. Equal
 * states give equal bytes. It carries no trust: who uses it compares its digest with one kept elsewhere.
 */
import { fromUtf8, utf8 } from '../bytes/text.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';

const FORMAT = 2;

export function formatCatalog(state: RegistryState): Uint8Array {
  const { head, registry, branch, root, policy, policies, findings } = state;
  const lines = [JSON.stringify({ catalog: FORMAT, head, registry, branch, root, policy, policies, findings })];
  for (const row of state.versions.values()) lines.push(JSON.stringify(row, ROW_KEYS));
  return utf8(`${lines.join('\n')}\n`);
}

/** Keys of a row and of the findings inside it, in the order they are written. */
const ROW_KEYS = [
  'path',
  'kind',
  'name',
  'version',
  'blob',
  'manifest',
  'content',
  'form',
  'created',
  'description',
  'size',
  'stored',
  'files',
  'commit',
  'tagTime',
  'effective',
  'signers',
  'problems',
  'code',
  'severity',
  'subject',
  'message',
  'hint',
];

/**
 * The state in a catalog file whose bytes the caller has compared with a trusted digest; undefined for another format.
 * Only such bytes may come here: the content is not checked again.
 */
export function parseTrustedCatalog(bytes: Uint8Array): RegistryState | undefined {
  const [first, ...lines] = fromUtf8(bytes).trimEnd().split('\n');
  const header = JSON.parse(first ?? 'null') as (Omit<RegistryState, 'versions'> & { catalog?: number }) | null;
  if (header?.catalog !== FORMAT) return undefined;
  const versions = new Map<string, VersionRow>();
  for (const line of lines) {
    const row = JSON.parse(line) as VersionRow;
    versions.set(row.path, row);
  }
  const { head, registry, branch, root, policy, policies, findings } = header;
  return { head, registry, branch, root, policy, policies, versions, findings };
}
