/** `at1 key show`: the public key, for others to add to their policy. */
import * as Args from '@oclif/core/args';
import { type KeyResult, showKey } from '../../src/index.js';
import { At1Command } from '../base.js';
import { libraryEnvironment } from '../open.js';

export class KeyShowCommand extends At1Command {
  static override summary = 'Print the public part of a signing key.';
  static override description =
    'Standard output gets the public key alone, as one line that can be sent or piped; the key id and the path of the ' +
    'file go to standard error. The private part is never printed.';
  static override examples = ['at1 key show', 'at1 key show ci', 'at1 key show ci | at1 policy add-principal ci -'];
  static override args = {
    name: Args.string({ description: 'Name of the key; default id_ed25519.' }),
  };

  async run(): Promise<KeyResult> {
    const { args } = await this.parse(KeyShowCommand);
    const key = await showKey(args.name, libraryEnvironment(this.environment));
    this.log(key.public);
    this.note([
      `${key.id} ${key.path}${key.encrypted ? ' (encrypted)' : ''}`,
      'next: somebody in the policy runs at1 policy add-principal NAME with this key',
    ]);
    return key;
  }
}
