/** `at1 doctor`: is my set-up right, and with --fix: make it so. */
import * as Flags from '@oclif/core/flags';
import { type DoctorResult, doctor } from '../src/index.js';
import { At1Command } from './base.js';
import { exitOfFindings } from './exit-codes.js';
import { findingLines } from './finding-lines.js';
import { keyFlag } from './flags.js';
import { openRegistry } from './open.js';

export class DoctorCommand extends At1Command {
  static override summary = 'Check the set-up of this clone, and mend it with --fix.';
  static override description =
    'Is my set-up right: git, the signing key, locks and files a crash left behind, attributes, copies of objects ' +
    'in the work tree and in git, the index. With --fix it mends what can be mended from what is known to be good; ' +
    'nothing is guessed and nothing with content of yours is deleted. Whether the registry itself is true is the ' +
    'question of `at1 verify`.';
  static override examples = ['at1 doctor', 'at1 doctor --fix', 'at1 doctor --json'];
  static override flags = {
    fix: Flags.boolean({ summary: 'Mend what can be mended.' }),
    key: keyFlag,
  };

  async run(): Promise<DoctorResult> {
    const { flags } = await this.parse(DoctorCommand);
    const result = await doctor(await openRegistry(this, { key: flags.key }), { fix: flags.fix });
    const { git, key, findings, fixed, ok } = result;
    this.log(`git: ${git ?? 'not found'}`);
    this.log(`key: ${key === null ? 'none' : `${key.source}, ${key.principal ?? 'not in the policy'}`}`);
    this.log(fixed.map((text) => `${this.paint.green('fixed')}: ${text}`));
    this.log(findingLines(findings, this.paint));
    if (ok) this.log(this.paint.green(findings.length === 0 ? 'all is well' : 'no errors'));
    this.exitWith(exitOfFindings(findings));
    if (!flags.fix && findings.some(({ hint }) => hint?.includes('at1 doctor --fix') === true)) {
      this.next('at1 doctor --fix');
    } else if (ok) this.next('at1 verify checks the registry itself');
    return result;
  }
}
