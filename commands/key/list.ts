/** `at1 key list`: the user's own signing keys. */
import { listKeys } from '../../src/index.js';
import { At1Command } from '../base.js';
import { libraryEnvironment } from '../open.js';
import { table } from '../print.js';

export class KeyListCommand extends At1Command {
  static override summary = 'List your signing keys.';
  static override description =
    'Keys in your configuration folder; the default key comes first. Keys of git (`user.signingkey`) and of an ' +
    'ssh-agent are used as well, but not listed: `at1 doctor` tells which key signs.';
  static override examples = ['at1 key list', 'at1 key list --json'];

  async run(): Promise<Awaited<ReturnType<typeof listKeys>>> {
    await this.parse(KeyListCommand);
    const result = await listKeys(libraryEnvironment(this.environment));
    const rows = result.keys.map(({ name, id, encrypted, public: line }) => [
      name,
      id,
      encrypted ? 'encrypted' : '',
      line.split(' ').slice(2).join(' '),
    ]);
    this.log(table(rows));
    for (const problem of result.problems) this.note(`${this.paint.yellow('warning')}: ${problem}`);
    if (rows.length === 0) {
      this.log('no keys');
      this.next('at1 key generate');
    }
    return result;
  }
}
