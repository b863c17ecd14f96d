/** `at1 lineage`: what a version was made from, or what was made from it. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type LineageResult, lineage } from '../src/index.js';
import { At1Command } from './base.js';
import { atFlag } from './flags.js';
import { lineageDot, lineageMermaid } from './lineage-graph.js';
import { lineageTree } from './lineage-tree.js';
import { openRegistry } from './open.js';

export class LineageCommand extends At1Command {
  static override summary = 'Show what a version was made from, or what was made from it.';
  static override description =
    'All the way back: the models, data and recipes of this registry, and what its publishers say of things elsewhere. With --descendants all the way on: what is touched when a dataset turns out to be bad. Whether it is true is asked by at1 verify.';
  static override examples = [
    'at1 lineage fraud-detector:production',
    'at1 lineage data/train@1.0.0 --descendants',
    'at1 lineage fraud-detector --format mermaid',
  ];
  static override args = {
    ref: Args.string({ description: 'Reference: kind/name@1.2.0, @^1.2 or @latest.', required: true }),
  };
  static override flags = {
    at: atFlag,
    descendants: Flags.boolean({ summary: 'What was made from it.' }),
    depth: Flags.integer({ summary: 'Steps at most; default all.', min: 1, helpValue: 'N' }),
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
    if (cut)
      this.note(`there is more: ${depth === undefined ? 'only the nearest 10,000 are shown' : 'see a larger --depth'}`);
    if (format !== 'text') return result;
    if (links.length === 0)
      this.note(
        descendants
          ? 'nothing was made from it, as far as this registry knows'
          : 'it does not say what it was made from',
      );
    this.next(descendants === true ? `at1 show ${ref}` : `at1 lineage ${ref} --descendants`);
    return result;
  }
}
