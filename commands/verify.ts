/** `at1 verify`: is it true? */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type VerifyResult, verify } from '../src/index.js';
import { At1Command } from './base.js';
import { exitOfFindings } from './exit-codes.js';
import { findingLines } from './finding-lines.js';
import { atFlag } from './flags.js';
import { openRegistry } from './open.js';
import { plural } from './print.js';
import { following } from './progress.js';

export class VerifyCommand extends At1Command {
  static override summary = 'Check that this is what the people in the policy decided, byte by byte.';
  static override description =
    'Reads everything anew from the first commit on: history, signatures, tags, and every copy of every object. Needs no network. Only errors change the exit number; a note is something to know. See `at1 help` for how verify, doctor and reindex differ.';
  static override examples = [
    'at1 verify',
    'at1 verify model/fraud-detector@1.2.0',
    'at1 verify --root sha256:2c26b46b68ffc68f… --json',
  ];
  static override args = {
    ref: Args.string({ description: 'One version only; history is checked all the same.' }),
  };
  static override flags = {
    root: Flags.string({
      summary: 'Digest of the root policy that must be the beginning (or AT1_ROOT).',
      helpValue: 'sha256:…',
    }),
    at: atFlag,
  };

  async run(): Promise<VerifyResult> {
    const { args, flags } = await this.parse(VerifyCommand);
    const registry = await openRegistry(this, flags);
    const progress = this.progress('verify');
    const result = await verify(registry, { ref: args.ref, onProgress: following(progress) });
    progress.done();
    const { paint } = this;
    const lines = findingLines(result.findings, paint);
    this.log([result.ok ? paint.green(good(result)) : paint.red(bad(result)), ...lines]);
    if (!result.ok) this.next('at1 help verify, or docs/errors.md for what a code means');
    else if (result.trust === 'first-use') this.next(`pin the root: at1 verify --root ${result.root}`);
    else this.next('at1 list');
    this.exitWith(exitOfFindings(result.findings));
    return result;
  }
}

const TRUST = {
  pinned: 'from the pinned root',
  remembered: 'from the root seen before',
  'first-use': 'trusted on first use',
} as const;

function good({ checked, trust }: VerifyResult): string {
  const { manifests, events, evidence, objects, signatures, commits, tags } = checked;
  const counts = [
    plural(manifests, 'version'),
    ...(events === 0 ? [] : [plural(events, 'event')]),
    ...(evidence === 0 ? [] : [`${evidence} of evidence`]),
    plural(objects, 'object'),
    plural(signatures, 'signature'),
    plural(commits, 'commit'),
    plural(tags, 'tag'),
  ];
  return `verified: ${counts.join(', ')}, ${TRUST[trust]}`;
}

function bad({ findings }: VerifyResult): string {
  const count = (severity: string) => findings.filter((found) => found.severity === severity).length;
  const warnings = count('warning');
  return `NOT verified: ${plural(count('error'), 'error')}${warnings === 0 ? '' : `, ${plural(warnings, 'warning')}`}`;
}
