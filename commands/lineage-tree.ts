/** A lineage as lines: each version below the one that led to it, what was shown before not once more. */
import type { LineageResult } from '../src/index.js';
import type { Paint } from './print.js';
import { signedBy, standingIn } from './version-text.js';

type Version = LineageResult['versions'][number];
type Edge = LineageResult['links'][number];

interface Branch {
  readonly relation: string;
  /** A version of the registry, or something elsewhere. */
  readonly of: string;
  readonly edge: Edge;
  readonly isVersion: boolean;
}

/** Characters: a chain of thousands would be a page of blanks for each of them. */
const MOST_INDENT = 120;

export function lineageTree(result: LineageResult, paint: Paint): string[] {
  const versions = new Map(result.versions.map((version) => [version.ref, version]));
  const branches = branchesOf(result);
  const shown = new Set([result.ref]);
  const lines = [`${result.ref}${about(versions.get(result.ref), undefined, paint)}`];
  // No recursion: whoever may publish makes a chain of any length.
  const open = below(branches, result.ref, '');
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { branch, indent, isLast } = next;
    const { relation, of, edge, isVersion } = branch;
    const again = isVersion && shown.has(of) && branches.has(of) ? paint.dim(' (above)') : '';
    const told = isVersion ? about(versions.get(of), edge, paint) : elsewhere(edge);
    lines.push(`${indent}${isLast ? '└─' : '├─'} ${relation} ${of}${told}${again}`);
    if (!isVersion || shown.has(of)) continue;
    if (indent.length > MOST_INDENT && branches.has(of)) {
      lines.push(`${indent}   └─ … at1 lineage ${of}${result.direction === 'descendants' ? ' --descendants' : ''}`);
      continue;
    }
    shown.add(of);
    open.push(...below(branches, of, `${indent}${isLast ? '   ' : '│  '}`));
  }
  return lines;
}

interface Open {
  readonly branch: Branch;
  readonly indent: string;
  readonly isLast: boolean;
}

/** The last one first, since they are taken from the end. */
function below(branches: ReadonlyMap<string, readonly Branch[]>, ref: string, indent: string): Open[] {
  const own = branches.get(ref) ?? [];
  return own.map((branch, i) => ({ branch, indent, isLast: i === own.length - 1 })).reverse();
}

function branchesOf({ links, direction }: LineageResult): Map<string, Branch[]> {
  const branches = new Map<string, Branch[]>();
  for (const edge of links) {
    const { from, ref, uri, relation } = edge;
    const isUp = direction === 'ancestors';
    const above = isUp ? from : (ref ?? '');
    const branch = {
      relation,
      of: isUp ? (ref ?? uri ?? 'something elsewhere') : from,
      edge,
      isVersion: !isUp || ref !== null,
    };
    const known = branches.get(above);
    if (known === undefined) branches.set(above, [branch]);
    else known.push(branch);
  }
  return branches;
}

/** `: production, signed by ana`, or what is wrong with it. */
function about(version: Version | undefined, edge: Edge | undefined, paint: Paint): string {
  if (version === undefined || version.state === 'unknown') return `: ${paint.red('not in this registry')}`;
  const { state, stage, withdrawn, signers } = version;
  const bad = standingIn(state, withdrawn);
  // Of a descendant it is what the descendant itself says.
  const whose =
    edge?.from === version.ref ? 'claims another content of it' : 'its content is not the one that is claimed';
  const other = edge?.problem === 'lineage/other-content' ? [paint.red(whose)] : [];
  const known = bad === '' ? (stage === null ? [] : [stage]) : [paint.red(bad)];
  return `: ${[...other, ...known, `signed by ${signedBy(signers)}`].join(', ')}`;
}

function elsewhere({ uri, content }: Edge): string {
  const known = uri === null ? ['its manifest cannot be read: at1 verify'] : [];
  const all = [...known, ...(content === null ? [] : [content])];
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}
