/** `at1 approve`: signs the versions and events of a change that wait, without checking it out. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type ApproveResult, approve } from '../src/index.js';
import { At1Command } from './base.js';
import { keyFlag } from './flags.js';
import { eventText } from './gate/text.js';
import { versionReview } from './gate/version-review.js';
import { openRegistry } from './open.js';
import { readText } from './read-text.js';

export class ApproveCommand extends At1Command {
  static override summary = 'Sign what a change is waiting for.';
  static override description =
    'Fetches, prints what the change would do, signs its events and new versions that wait for you, and pushes the signature ' +
    'files to the branch; nothing is checked out. Without a right to push: --print gives the signatures, and somebody who may push adds ' +
    'them with --from. A click on "Approve" at a forge does not count; this does.';
  static override examples = [
    'at1 approve promote/fraud-detector-1.2.0-production',
    'at1 approve pull/12',
    'at1 approve pull/12 --print > mine.sig',
    'at1 approve promote/fraud-detector-1.2.0-production --from mine.sig',
  ];
  static override args = {
    what: Args.string({
      description: 'A branch, pull/12, or the path of an event or a manifest; default what waits where you are.',
    }),
  };
  static override flags = {
    print: Flags.boolean({ summary: 'Print the signatures; commit and push nothing.', exclusive: ['from'] }),
    from: Flags.string({ summary: 'Add signatures that somebody printed; - for standard input.', helpValue: 'FILE' }),
    'no-push': Flags.boolean({ summary: 'Leave the commit on the branch here.' }),
    key: keyFlag,
  };

  async run(): Promise<ApproveResult> {
    const { args, flags } = await this.parse(ApproveCommand);
    const { print, from: file, 'no-push': noPush, key } = flags;
    const registry = await openRegistry(this, { key });
    const from = file === undefined ? undefined : await readText(file, this.environment);
    const onReview = ({ versions, events }: ApproveResult['review'], where: string | null): void => {
      // What waits on the registry branch itself is named by its path.
      const asked = (path: string) => (where === registry.config.branch ? path : (where ?? undefined));
      const about = [
        ...versions.flatMap((version) => versionReview(version, asked(version.path))),
        ...events.flatMap((event) => eventText(event, asked(event.path))),
      ];
      if (print) this.note(about);
      else this.log(about);
    };
    const result = await approve(registry, { what: args.what, print, from, push: noPush !== true, onReview });
    const { branch, signed, commit, pushed } = result;
    if (print) {
      this.log(signed.flatMap(({ armor }) => armor.trimEnd().split('\n')));
      return result;
    }
    for (const { path, by } of signed) this.log(`${this.paint.green('signed')} by ${by}: ${path}`);
    this.log(`commit ${commit} on ${branch}${pushed ? ', pushed' : ''}`);
    if (branch === registry.config.branch) this.next('at1 push, where there is a remote');
    else this.next(pushed ? `at1 gate --base ${registry.config.branch} --head ${branch}` : `git push origin ${branch}`);
    return result;
  }
}
