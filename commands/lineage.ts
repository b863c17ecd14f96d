/** `at1 lineage`: what a version was made from, or what was made from it. */
import * as Flags from '@oclif/core/flags';
import { type LineageResult, lineage } from '../src/index.js';
import { At1Command } from './base.js';
import { atFlag } from './flags.js';
import { lineageDot, lineageMermaid } from './lineage-graph.js';
import { lineageTree } from './lineage-tree.js';
import { openRegistry } from './open.js';
import { versionArg } from './version-arg.js';

const MERMAID_LINKS = 500;

export class LineageCommand extends At1Command {
  static override summary = 'Show what a version was made from, or what was made from it.';
  static override description =
    'Goes all the way back: models, data and recipes of this registry, and what their publishers named elsewhere. With --descendants it goes forward: everything that is affected when a dataset turns out to be bad, evaluations included. at1 verify checks these claims.';
  static override examples = [
    'at1 lineage fraud-detector:production',
    'at1 lineage data/train@1.0.0 --descendants',
    'at1 lineage fraud-detector --format mermaid',
  ];
  static override args = {
    ref: versionArg,
  };
  static override flags = {
    at: atFlag,
    descendants: Flags.boolean({ summary: 'Show what was made from it instead.' }),
    depth: Flags.integer({ summary: 'Follow at most N steps; default all.', min: 1, helpValue: 'N' }),
    format: Flags.string({
      summary: 'text, or a graph for Markdown or Graphviz.',
      options: ['text', 'mermaid', 'dot'],
      default: 'text',
    }),
  };

  async run(): Promise<LineageResult> {
    const { args, flags } = await this.parse(LineageCommand);
    const { descendants, depth, format } = flags;
    const result = await lineage(await openRegistry(this, flags), { ref: args.ref, descendants, depth });
    const { cut, links, ref } = result;
    if (format === 'mermaid') this.log(lineageMermaid(result));
    else if (format === 'dot') this.log(lineageDot(result));
    else this.log(lineageTree(result, this.paint));
    if (cut) this.note('there is more than is shown');
    if (format === 'mermaid' && links.length > MERMAID_LINKS)
      this.note(
        `Mermaid draws ${MERMAID_LINKS} links unless it is told otherwise (maxEdges), and these are ${links.length}`,
      );
    if (format !== 'text') return result;
    if (links.length === 0)
      this.note(descendants ? 'nothing in this registry was made from it' : 'no lineage is recorded for it');
    if (flags.at === undefined)
      this.next(descendants === true ? `at1 show ${ref}` : `at1 lineage ${ref} --descendants`);
    return result;
  }
}
