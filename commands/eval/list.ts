/** `at1 eval list`: what was found out about these bytes. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type EvidenceResult, listEvidence } from '../../src/index.js';
import { At1Command } from '../base.js';
import { atFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { plural, table } from '../print.js';
import { shortDigest, shortTime, signedBy } from '../version-text.js';

export class EvalListCommand extends At1Command {
  static override summary = 'List evidence about these very bytes, oldest first.';
  static override description = 'Found by content digest, so it does not matter under which name it was attested.';
  static override examples = [
    'at1 eval list model/fraud-detector@1.2.0',
    'at1 eval list model.onnx --type scan --json',
  ];
  static override args = {
    what: Args.string({ description: 'A version, a file or folder, or sha256:….', required: true }),
  };
  static override flags = {
    type: Flags.string({ summary: 'This type only.', helpValue: 'TYPE' }),
    at: atFlag,
  };

  async run(): Promise<EvidenceResult> {
    const { args, flags } = await this.parse(EvalListCommand);
    const registry = await openRegistry(this, flags);
    const { cwd } = this.environment;
    const result = await listEvidence(registry, { what: args.what, type: flags.type, cwd });
    const rows = result.evidence.map(({ type, result: went, metrics, suite, signers, created, expires, state }) => [
      type,
      went ?? '',
      Object.entries(metrics)
        .map(([name, value]) => `${name} = ${value}`)
        .join(', '),
      suite === null ? '' : shortDigest(suite),
      signedBy(signers),
      shortTime(created),
      expires === null ? '' : shortTime(expires),
      state === 'effective' ? '' : state,
    ]);
    const head = ['TYPE', 'RESULT', 'METRICS', 'SUITE', 'SIGNED BY', 'CREATED (UTC)', 'EXPIRES', ''];
    if (rows.length > 0) this.log(table([head.map(this.paint.dim), ...rows]));
    const about = result.versions.length === 0 ? '' : ` (${result.versions.join(', ')})`;
    this.log(`${plural(rows.length, 'piece', 'pieces')} of evidence about ${result.content}${about}`);
    if (rows.length === 0) this.next(`at1 eval add ${args.what} --metric NAME=NUMBER`);
    return result;
  }
}
