/** `at1 gate`: may this change in? */
import * as Flags from '@oclif/core/flags';
import { type GateResult, gate, OBJECT_CHECKS } from '../../src/index.js';
import { At1Command } from '../base.js';
import { exitOfFindings } from '../exit-codes.js';
import { openRegistry } from '../open.js';
import { annotationLines, sarif } from './annotations.js';
import { reviewMarkdown } from './markdown.js';
import { reviewText } from './text.js';

export class GateCommand extends At1Command {
  static override summary = 'Decide whether a change may land.';
  static override description =
    'Judges what would land on --base if --head did, as one commit, as a merge and commit by commit, by the policy of ' +
    '--base. Reads git alone, never the work tree, and needs no key. Fails where anything would be wrong, and where an ' +
    'event or a version would be left waiting for signatures. See `at1 help` for how gate, verify and doctor differ.';
  static override examples = [
    'at1 gate --base origin/main',
    'at1 gate --base origin/main --head promote/fraud-detector-1.2.0-production --format markdown',
    'at1 gate --base "$BASE" --head "$HEAD" --root sha256:2c26b46b68ffc68f… --format github',
  ];
  static override flags = {
    base: Flags.string({ summary: 'The target: what the change is to land on.', helpValue: 'REV', required: true }),
    head: Flags.string({ summary: 'The change; default HEAD.', helpValue: 'REV', default: 'HEAD' }),
    root: Flags.string({
      summary: 'Digest of the root policy that must be the beginning (or AT1_ROOT).',
      helpValue: 'sha256:…',
    }),
    objects: Flags.option({ options: OBJECT_CHECKS })({
      summary:
        'What to do with the objects of new versions: decode, present (see only that they are there), or skip. Default: decode. Less than the policy of --base asks for is an error.',
    }),
    'allow-pending': Flags.boolean({ summary: 'Let a change in that leaves something waiting for signatures.' }),
    branch: Flags.string({ summary: 'Name of the branch in the commands that are printed.', helpValue: 'NAME' }),
    format: Flags.option({ options: ['text', 'json', 'sarif', 'markdown', 'github'] as const })({
      summary: 'How to print it; github is annotations for a workflow.',
      default: 'text',
    }),
  };

  async run(): Promise<GateResult> {
    const { flags } = await this.parse(GateCommand);
    const { base, head, root, objects, 'allow-pending': allowPending, branch, format } = flags;
    const registry = await openRegistry(this, { at: base, root });
    const result = await gate(registry, { head, objects, allowPending });
    const named = branch ?? (head === 'HEAD' ? undefined : head);
    if (format === 'json') this.raw(result);
    else if (format === 'sarif') this.raw(sarif(result));
    else if (format === 'markdown') this.log(reviewMarkdown(result, named));
    else if (format === 'github') this.log(annotationLines(result.findings));
    else {
      this.log(reviewText(this, result, named));
      this.next(result.ok ? 'let it land, then at1 tag' : 'at1 help gate, or docs/errors.md for what a code means');
    }
    this.exitWith(exitOfFindings(result.findings));
    return result;
  }
}
