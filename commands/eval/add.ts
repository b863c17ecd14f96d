/** `at1 eval add`: `at1 attest --type eval`. */
import * as Args from '@oclif/core/args';
import type { AttestResult } from '../../src/index.js';
import { attestEvidence, evidenceFlags } from '../attest-evidence.js';
import { At1Command } from '../base.js';

export class EvalAddCommand extends At1Command {
  static override summary = 'Sign the result of an evaluation.';
  static override description = 'The same as `at1 attest --type eval`.';
  static override examples = [
    'at1 eval add model/fraud-detector@1.2.0 --metric auc=0.93 --suite data/march@1.0.0',
    'at1 eval add model.onnx --metric "accuracy top 5=0.981" --result pass',
  ];
  static override args = {
    what: Args.string({ description: 'A version, a file or folder, or sha256:….', required: true }),
  };
  static override flags = evidenceFlags;

  async run(): Promise<AttestResult> {
    const { args, flags } = await this.parse(EvalAddCommand);
    return attestEvidence(this, args.what, 'eval', flags);
  }
}
