/**
 * The catalog file: a registry's folded state as JSON lines, a header and one line per version in path order. Equal
 * states give equal bytes. It carries no trust: who uses it compares its digest with one kept elsewhere.
 */
import { fromUtf8, utf8 } from '../bytes/text.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import type { Finding } from '../registry/finding.js';

const FORMAT = 2;

export function formatCatalog(state: RegistryState): Uint8Array {
  const { head, registry, branch, root, policy, policies, findings } = state;
  const lines = [JSON.stringify({ catalog: FORMAT, head, registry, branch, root, policy, policies, findings })];
  for (const row of state.versions.values()) lines.push(JSON.stringify(orderedRow(row)));
  return utf8(`${lines.join('\n')}\n`);
}

/** In this order whatever the order of the row's keys, so that equal states give equal bytes. */
function orderedRow(row: VersionRow): VersionRow {
  return {
    path: row.path,
    kind: row.kind,
    name: row.name,
    version: row.version,
    blob: row.blob,
    manifest: row.manifest,
    content: row.content,
    form: row.form,
    created: row.created,
    description: row.description,
    size: row.size,
    stored: row.stored,
    files: row.files,
    commit: row.commit,
    tagTime: row.tagTime,
    effective: row.effective,
    signers: row.signers,
    problems: row.problems.map(orderedFinding),
  };
}

function orderedFinding({ code, severity, subject, message, hint }: Finding): Finding {
  return { code, severity, subject, message, hint };
}

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
