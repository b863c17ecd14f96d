/**
 * The catalog file: a registry's folded state as JSON lines, a header and one line per document in path order. Equal
 * states give equal bytes. It carries no trust: who uses it compares its digest with one kept elsewhere.
 */
import { compareText, fromUtf8, utf8 } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import type { EventRow, EvidenceRow, RegistryState, Row, TagClock, VersionRow } from '../history/registry-state.js';

const FORMAT = 7;

export function formatCatalog(state: RegistryState): Uint8Array {
  const { head, headRefused, registry, branch, root, policy, policies, leftPolicies, revoked, formerTags, stages } =
    state;
  const { orders, refusals, findings } = state;
  const tagClocks = [...state.tagClocks];
  const header = {
    catalog: FORMAT,
    head,
    headRefused,
    registry,
    branch,
    root,
    policy,
    policies,
    leftPolicies,
    revoked,
    formerTags,
    stages,
    tagClocks,
    orders,
    refusals,
    findings,
  };
  const pieces = [utf8(`${JSON.stringify(header)}\n`)];
  // A large registry has more text than one string can hold.
  for (const rows of [state.versions, state.events, state.evidence]) {
    for (const row of rows.values()) pieces.push(utf8(`${JSON.stringify(ordered(row))}\n`));
  }
  return concatBytes(pieces);
}

/** By the names of its fields, whatever order they were set in, so that equal states give equal bytes. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(entries.map(([name, inner]) => [name, ordered(inner)]));
}

/**
 * The state in a catalog file whose bytes the caller has compared with a trusted digest; undefined for another format.
 * Only such bytes may come here: the content is not checked again.
 */
export function parseTrustedCatalog(bytes: Uint8Array): RegistryState | undefined {
  const lines = linesOf(bytes);
  const header = JSON.parse(lines.next().value ?? 'null') as Header | null;
  if (header?.catalog !== FORMAT) return undefined;
  const versions = new Map<string, VersionRow>();
  const events = new Map<string, EventRow>();
  const evidence = new Map<string, EvidenceRow>();
  for (const line of lines) {
    const row = JSON.parse(line) as Row;
    if (row.document === 'manifest') versions.set(row.path, row);
    else if (row.document === 'event') events.set(row.path, row);
    else evidence.set(row.path, row);
  }
  const { catalog, tagClocks, ...state } = header;
  return { ...state, tagClocks: new Map(tagClocks), versions, events, evidence };
}

function* linesOf(bytes: Uint8Array): Generator<string, undefined, undefined> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    yield fromUtf8(bytes.subarray(at, end < 0 ? bytes.length : end));
    at = end < 0 ? bytes.length : end + 1;
  }
}

interface Header extends Omit<RegistryState, 'versions' | 'events' | 'evidence' | 'tagClocks'> {
  readonly catalog: number;
  readonly tagClocks: readonly [string, TagClock][];
}
