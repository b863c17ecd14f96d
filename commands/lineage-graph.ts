/** A lineage as a graph that other programs draw: Mermaid for Markdown, DOT for Graphviz. Arrows go from what was used to what was made. */
import type { LineageResult } from '../src/index.js';
import { standingIn } from './version-text.js';

interface Graph {
  /** By what they are called here, n0 and so on: what they are. */
  readonly nodes: ReadonlyMap<
    string,
    { readonly id: string; readonly label: readonly string[]; readonly isBad: boolean }
  >;
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
}

export function lineageMermaid(result: LineageResult): string[] {
  const { nodes, edges } = graphOf(result);
  const own = [...nodes.values()];
  return [
    'graph LR',
    ...own.map(({ id, label, isBad }) => `  ${id}["${label.map(forMermaid).join('<br/>')}"]${isBad ? ':::bad' : ''}`),
    ...edges.map(({ from, to, label }) => `  ${from} -->|${forMermaid(label)}| ${to}`),
    ...(own.some(({ isBad }) => isBad) ? ['  classDef bad stroke:#c00,color:#c00'] : []),
  ];
}

export function lineageDot(result: LineageResult): string[] {
  const { nodes, edges } = graphOf(result);
  return [
    'digraph lineage {',
    '  rankdir=LR;',
    '  node [shape=box];',
    ...[...nodes.values()].map(
      ({ id, label, isBad }) => `  ${id} [label="${label.map(forDot).join('\\n')}"${isBad ? ', color=red' : ''}];`,
    ),
    ...edges.map(({ from, to, label }) => `  ${from} -> ${to} [label="${forDot(label)}"];`),
    '}',
  ];
}

function graphOf({ versions, links }: LineageResult): Graph {
  const nodes = new Map<string, { id: string; label: readonly string[]; isBad: boolean }>();
  const idOf = (key: string, label: readonly string[], isBad: boolean): string => {
    const known = nodes.get(key) ?? { id: `n${nodes.size}`, label, isBad };
    nodes.set(key, known);
    return known.id;
  };
  for (const { ref, state, stage, withdrawn } of versions) {
    const isBad = state !== 'effective' || withdrawn === 'revoked' || withdrawn === 'yanked';
    const standing = state === 'unknown' ? 'not in this registry' : standingIn(state, withdrawn) || stage;
    idOf(ref, standing === null ? [ref] : [ref, standing], isBad);
  }
  const edges = links.map(({ from, ref, uri, content, relation, problem }) => ({
    from:
      ref === null
        ? idOf(
            `${uri} ${content}`,
            [uri ?? 'something elsewhere', ...(content === null ? [] : [content.slice(0, 19)])],
            false,
          )
        : idOf(ref, [ref], true),
    to: idOf(from, [from], false),
    label: problem === null ? relation : `${relation} (${problem})`,
  }));
  return { nodes, edges };
}

/** Entities, as Mermaid writes them: what a publisher puts into a URI must not become a part of the graph. */
function forMermaid(text: string): string {
  return text.replace(/[^A-Za-z0-9 _./:@+-]/gu, (c) => `#${c.codePointAt(0)};`);
}

function forDot(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
