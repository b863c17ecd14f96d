/** `at1 identify`: which version is this? */
import * as Args from '@oclif/core/args';
import { type IdentifiedVersion, type IdentifyResult, identify } from '../src/index.js';
import { At1Command } from './base.js';
import { exitOf } from './exit-codes.js';
import { atFlag } from './flags.js';
import { openRegistry } from './open.js';
import { shellWord, signedBy } from './version-text.js';

export class IdentifyCommand extends At1Command {
  static override summary = 'Tell which version a file, folder or digest is.';
  static override description =
    'Answers from content alone: names and places do not count. A digest may be that of a version, of one of its files or objects, or of its manifest. Exits with 12 where no effective version has it; pending and wrong ones are shown all the same.';
  static override examples = ['at1 identify model.apr', 'at1 identify sha256:2c26b46b68ffc68ff99b453c1d304134…'];
  static override args = {
    what: Args.string({ description: 'A file, a folder, or sha256:….', required: true }),
  };
  static override flags = { at: atFlag };

  async run(): Promise<IdentifyResult> {
    const { args, flags } = await this.parse(IdentifyCommand);
    const result = await identify(await openRegistry(this, flags), args.what, this.environment.cwd);
    const { paint } = this;
    const [first] = result.versions;
    if (first === undefined) {
      this.log([`${paint.yellow('unknown:')} no version has these bytes`, `digest: ${result.digest}`]);
      this.next(`at1 register ${args.what.startsWith('sha256:') ? 'FILE' : shellWord(args.what)}`);
      this.exitWith(exitOf('artifact/not-found'));
      return result;
    }
    if (!result.known) {
      this.log(`${paint.red('not vouched for:')} only versions that do not count have these bytes`);
      const isRevoked = result.versions.some(({ withdrawn }) => withdrawn?.state === 'revoked');
      this.exitWith(exitOf(isRevoked ? 'artifact/revoked' : 'artifact/not-found'));
    }
    this.log([...result.versions.map((version) => `${paint.green(version.ref)}${about(version)}`)]);
    this.log(`digest: ${result.digest}`);
    this.next(`at1 show ${first.ref}`);
    return result;
  }
}

const MATCHES = { content: '', file: 'a file of it', object: 'an object of it', manifest: 'its manifest' } as const;

function about({ match, path, state, stage, withdrawn, signers, created }: IdentifiedVersion): string {
  const what = match === 'content' ? '' : ` (${MATCHES[match]}${path === null ? '' : `: ${path}`})`;
  const where = withdrawn?.state ?? stage;
  const standing = state === 'effective' ? (where === null ? '' : `${where}, `) : `${state}, `;
  return `${what}: ${standing}signed by ${signedBy(signers)}, created ${created.slice(0, 10)}`;
}
