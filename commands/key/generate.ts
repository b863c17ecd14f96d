/** `at1 key generate`: makes a signing key. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { generateKey, type KeyResult } from '../../src/index.js';
import { At1Command } from '../base.js';
import { libraryEnvironment } from '../open.js';

export class KeyGenerateCommand extends At1Command {
  static override summary = 'Make a signing key.';
  static override description =
    'An Ed25519 key in the OpenSSH format, in your own configuration folder, readable by you only; ssh-keygen and git ' +
    'can use it too. With AT1_PASSPHRASE set the key is encrypted with it. `id_ed25519` is the key that is used when ' +
    'nothing else is said.';
  static override examples = ['at1 key generate', 'at1 key generate ci --comment ci@build'];
  static override args = {
    name: Args.string({ description: 'Name of the key; default id_ed25519.' }),
  };
  static override flags = {
    comment: Flags.string({ summary: 'Label for people, such as ana@laptop.', helpValue: 'TEXT' }),
  };

  async run(): Promise<KeyResult> {
    const { args, flags } = await this.parse(KeyGenerateCommand);
    const environment = libraryEnvironment(this.environment);
    const key = await generateKey({ name: args.name, comment: flags.comment, environment });
    this.log([`made ${key.path}${key.encrypted ? ' (encrypted)' : ''}`, key.id, key.public]);
    this.next(`somebody in the policy runs: at1 policy add-principal NAME '${key.public}'`);
    return key;
  }
}
