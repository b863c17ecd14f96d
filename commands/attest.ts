/** `at1 attest`: signed evidence about a content digest. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { AttestResult } from '../src/index.js';
import { attestEvidence, evidenceFlags } from './attest-evidence.js';
import { At1Command } from './base.js';

export class AttestCommand extends At1Command {
  static override summary = 'Sign what you found out about these very bytes.';
  static override description =
    'Evidence is kept by content digest, so it speaks of exactly these bytes, registered or not, under whatever name. Rules ' +
    'of the policy may ask for it: which type, signed by which role, how old, against which suite.';
  static override examples = [
    'at1 attest model/fraud-detector@1.2.0 --type eval --metric auc=0.93 --suite data/march@1.0.0 --result pass',
    'at1 attest model.onnx --type scan --file scan.json',
    'at1 attest sha256:2c26b46b68ffc68ff99b453c1d304134… --type approval --reason "reviewed by legal"',
  ];
  static override args = {
    what: Args.string({ description: 'A version, a file or folder, or sha256:….', required: true }),
  };
  static override flags = {
    type: Flags.string({
      summary: 'What kind: eval, scan, approval, reproduction, or another word.',
      helpValue: 'TYPE',
      required: true,
    }),
    ...evidenceFlags,
  };

  async run(): Promise<AttestResult> {
    const { args, flags } = await this.parse(AttestCommand);
    const { type, ...said } = flags;
    return attestEvidence(this, args.what, type, said);
  }
}
