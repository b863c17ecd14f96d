/** `at1 help`: the overview, a topic, or one command. */
import * as Args from '@oclif/core/args';
import { At1Command } from './base.js';
import { commandHelp, overview, topicHelp } from './help-text.js';
import { findCommand, unknownCommand } from './words.js';

export class HelpCommand extends At1Command {
  static override summary = 'Show help for at1, a topic or a command.';
  static override description =
    'Without words: all commands. `at1 COMMAND --help` shows the same as `at1 help COMMAND`.';
  static override examples = ['at1 help', 'at1 help register', 'at1 help model list'];
  static override strict = false;
  static override args = {
    command: Args.string({ description: 'Words of a command or topic.' }),
  };

  async run(): Promise<{ readonly help: readonly string[] }> {
    const { argv } = await this.parse(HelpCommand);
    const words = findCommand(argv.map(String));
    if (words.kind === 'unknown') throw unknownCommand(words);
    const { columns } = this.environment;
    const lines =
      words.kind === 'none'
        ? await overview(columns)
        : words.kind === 'topic'
          ? await topicHelp(words.name, columns)
          : await commandHelp(words.name, columns);
    this.log(lines);
    return { help: lines };
  }
}
