/** `at1 key import`: takes a private key over into the configuration folder. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { importKey, type KeyResult } from '../../src/index.js';
import { At1Command } from '../base.js';
import { libraryEnvironment } from '../open.js';

export class KeyImportCommand extends At1Command {
  static override summary = 'Copy an Ed25519 private key into your signing keys.';
  static override description =
    'Reads OpenSSH, PKCS#8 and pacha key files. An encrypted key stays encrypted; AT1_PASSPHRASE opens it. The file ' +
    'itself is left as it is, and no key of yours is replaced.';
  static override examples = ['at1 key import ~/.ssh/id_ed25519', 'at1 key import signing.pem --name release'];
  static override args = {
    file: Args.string({ description: 'The private key file.', required: true }),
  };
  static override flags = {
    name: Flags.string({ summary: 'Name of the key here; default id_ed25519.', helpValue: 'NAME' }),
  };

  async run(): Promise<KeyResult> {
    const { args, flags } = await this.parse(KeyImportCommand);
    const { cwd } = this.environment;
    const key = await importKey(args.file, {
      name: flags.name,
      cwd,
      environment: libraryEnvironment(this.environment),
    });
    this.log([`imported ${key.path}${key.encrypted ? ' (encrypted)' : ''}`, key.id, key.public]);
    this.next(`somebody in the policy runs: at1 policy add-principal NAME '${key.public}'`);
    return key;
  }
}
