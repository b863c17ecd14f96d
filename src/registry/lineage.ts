/**
 * What versions come from, as a graph: is what a manifest says of its parents so, and does everything behind a version
 * lead to bytes this registry knows? Facts in, sentences out. docs/format/registry.md section 4.1.
 */
import { type Digest, formatDigest } from '../digest/digest.js';
import type { ErrorCode } from '../errors.js';
import type { LineageLink } from '../manifest/lineage.js';

export interface LineageNode {
  readonly content: Digest;
  readonly effective: boolean;
  readonly revoked: boolean;
  readonly lineage: readonly LineageLink[];
}

/** By exact reference; undefined where no such version landed. */
export type FindNode = (ref: string) => LineageNode | undefined;

export interface LineageProblem {
  readonly code: Extract<ErrorCode, `lineage/${string}`>;
  readonly message: string;
}

/** More than anybody has; whoever hangs more on a version is refused, and nobody waits for it. */
const MOST_LINKS = 100_000;
/** Sentences that are told: what comes after them shows when these are mended. */
const TOLD = 3;

/** What is not so, of what a version says about others of its registry: the first of each code, and how many more. */
export function linkProblems(links: readonly LineageLink[], find: FindNode): LineageProblem[] {
  const byCode = new Map<LineageProblem['code'], { readonly message: string; count: number }>();
  for (const link of links) {
    const problem = linkProblem(link, find);
    if (problem === undefined) continue;
    const same = byCode.get(problem.code);
    if (same === undefined) byCode.set(problem.code, { message: problem.message, count: 0 });
    else same.count++;
  }
  return [...byCode].map(([code, { message, count }]) => ({
    code,
    message: count === 0 ? message : `${message}; and ${count} more`,
  }));
}

/** The first that is not so of one link. */
export function linkProblem(
  link: LineageLink,
  find: FindNode,
): (LineageProblem & { readonly code: 'lineage/unknown' | 'lineage/other-content' }) | undefined {
  if (link.ref === null) return undefined;
  const { ref, content } = link;
  const node = find(ref);
  if (node === undefined) return { code: 'lineage/unknown', message: `${told(link)}, which is not in this registry` };
  if (node.content === content) return undefined;
  const message = `${told(link)} with content ${formatDigest(content)}, and ${ref} has ${formatDigest(node.content)}`;
  return { code: 'lineage/other-content', message };
}

/**
 * Versions that come from themselves, or lie between two that do. Twice the same thing: whoever has no parent that is left
 * is taken away, then whoever has no child. Linear, because anybody may push a graph.
 */
export function circular(graph: Graph): ReadonlySet<string> {
  const left = new Set(graph.keys());
  const children = reversed(graph);
  const ways = [
    [graph, children],
    [children, graph],
  ] as const;
  for (const [towards, back] of ways) {
    const open = new Map<string, number>();
    for (const ref of left) open.set(ref, within(towards, ref, left).length);
    const done = [...open].filter(([, count]) => count === 0).map(([ref]) => ref);
    for (let ref = done.pop(); ref !== undefined; ref = done.pop()) {
      left.delete(ref);
      for (const other of within(back, ref, left)) {
        const count = (open.get(other) ?? 0) - 1;
        open.set(other, count);
        if (count === 0) done.push(other);
      }
    }
  }
  return left;
}

/** For everything that comes from one of `origins`, at however many steps, the one it was reached from. */
export function descendants(graph: Graph, origins: readonly string[]): ReadonlyMap<string, string> {
  const children = reversed(graph);
  const found = new Map<string, string>();
  const next = origins.map((origin): readonly [string, string] => [origin, origin]);
  // A list is walked with what is added to it meanwhile.
  for (const [ref, origin] of next) {
    for (const child of children.get(ref) ?? []) {
      if (found.has(child)) continue;
      found.set(child, origin);
      next.push([child, origin]);
    }
  }
  return found;
}

/** Each version's parents in the registry, every one once. */
export type Graph = ReadonlyMap<string, readonly string[]>;

export function parentsOf(links: readonly LineageLink[]): readonly string[] {
  return [...new Set(links.flatMap(({ ref }) => (ref === null ? [] : [ref])))];
}

/** Each version's children. */
export function reversed(graph: Graph): Graph {
  const back = new Map<string, string[]>();
  for (const [ref, others] of graph) {
    for (const other of others) {
      const known = back.get(other);
      if (known === undefined) back.set(other, [ref]);
      else known.push(ref);
    }
  }
  return back;
}

function within(graph: Graph, ref: string, left: ReadonlySet<string>): readonly string[] {
  return (graph.get(ref) ?? []).filter((other) => left.has(other));
}

/**
 * Why the lineage of a version is not complete, a few sentences: what it and its ancestors come from must be versions of the
 * registry that are in effect, or have a digest; a model must say what it comes from.
 */
export function incompleteLineage(ref: string, find: FindNode): string[] {
  const known = new Map<string, LineageNode | undefined>();
  const look: FindNode = (at) => {
    if (!known.has(at)) known.set(at, find(at));
    return known.get(at);
  };
  const found: string[] = [];
  let links = 0;
  // A set is walked with what is added to it meanwhile: nearest ancestors first.
  const all = new Set([ref]);
  for (const at of all) {
    const node = look(at);
    // Said of whoever names it.
    if (node === undefined) continue;
    const who = at === ref ? 'it' : at;
    if (at.startsWith('model/') && !node.lineage.some(isSource))
      found.push(`${who} does not say what it was made from`);
    for (const link of node.lineage) {
      if (link.ref === ref) return ['it comes from itself'];
      if (++links > MOST_LINKS) return [`it comes from more than ${MOST_LINKS} things`];
      // Of a hundred things without a digest one is told.
      found.push(...doubt(who, link, look).filter((why) => !found.includes(why)));
      if (link.ref !== null) all.add(link.ref);
      if (found.length > TOLD) return [...found.slice(0, TOLD), 'and more'];
    }
  }
  return found;
}

/** What goes into a version; what made it and what it was measured on do not. */
function isSource({ relation }: LineageLink): boolean {
  return relation !== 'produced-by' && relation !== 'evaluated-on';
}

function doubt(who: string, link: LineageLink, find: FindNode): string[] {
  if (link.ref === null) {
    // A run is no bytes; what it was given and what it made are.
    const known = link.content !== null || link.relation === 'produced-by';
    return known ? [] : [`${who} ${told(link)}, of which no digest is known`];
  }
  const problem = linkProblem(link, find);
  if (problem !== undefined) return [`${who} ${problem.message}`];
  const node = find(link.ref);
  if (node?.revoked === true) return [`${who} ${told(link)}, which was revoked`];
  return node?.effective === true ? [] : [`${who} ${told(link)}, which is not in effect`];
}

const VERBS: Readonly<Record<LineageLink['relation'], string>> = {
  'derived-from': 'is derived from',
  'fine-tuned-from': 'is fine-tuned from',
  'distilled-from': 'is distilled from',
  'merged-from': 'is merged from',
  'quantized-from': 'is quantized from',
  'pruned-from': 'is pruned from',
  'trained-on': 'was trained on',
  'evaluated-on': 'was evaluated on',
  'produced-by': 'was produced by',
};

/** `was trained on data/t@1.0.0`. */
function told(link: LineageLink): string {
  return `${VERBS[link.relation]} ${link.ref ?? 'something elsewhere'}`;
}
