/** `at1 register`: files become a version, or a batch of versions. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { parseLineage, type RegisterResult } from '../src/index.js';
import { At1Command } from './base.js';
import { metricFlag, registerFlags } from './flags.js';
import { readBatch } from './register-batch.js';
import { parseMetrics, readCard, splitWords, usage } from './register-input.js';
import { registerBatch, registerVersions } from './register-versions.js';

export class RegisterCommand extends At1Command {
  static override summary = 'Register files as a version.';
  static override description =
    'Stores the files, signs a manifest, commits. Kind, name and version that are not given are chosen from the content, the file name and what is registered; the choice is printed. With two words or more the first is the reference; a single word is the path. Where a plain name could be either, say model/NAME for the reference or ./NAME for the path. Where the policy asks for several signatures, register on a branch of its own; others sign there with at1 approve.';
  static override examples = [
    'at1 register model/fraud-detector@1.0.0 model.safetensors',
    { description: 'kind, name and version are chosen', command: 'at1 register model.safetensors' },
    'at1 register model/fraud-detector model.apr --bump minor --metric auc=0.91 --card card.md',
    { description: 'what it was made from', command: 'at1 register model.safetensors --lineage trained-on=data/train' },
    { description: 'several versions in one commit, or none', command: 'at1 register --batch versions.jsonl' },
  ];
  // The first word may be left out, so the parser cannot tell which is which.
  static override strict = false;
  static override args = {
    ref: Args.string({ description: 'kind/name@1.0.0, kind/name for the next version, or the only PATH.' }),
    path: Args.string({ description: 'Files or folders.' }),
  };
  static override flags = {
    ...registerFlags,
    metric: metricFlag,
    card: Flags.string({ summary: 'Model card or datasheet: a .md or .toml file.', helpValue: 'FILE' }),
    batch: Flags.string({
      summary:
        'JSON lines with ref, paths, description, purpose, license, metrics, lineage, card; - is standard input.',
      helpValue: 'FILE|-',
    }),
  };

  async run(): Promise<RegisterResult | { readonly registered: readonly RegisterResult[] }> {
    const { argv, flags } = await this.parse(RegisterCommand);
    const { environment } = this;
    const { message, key, description, purpose, license, bump, level, threads, from, card, batch } = flags;
    const said = { description, purpose, license, bump, level, from };
    const words = argv.map(String);
    const options = { message, key, threads, commit: !flags['no-commit'], forceSize: flags['force-size'] };
    if (batch !== undefined) {
      if (words.length > 0)
        throw usage('--batch names the files, so no others can be given', 'at1 register --batch FILE');
      return {
        registered: await registerBatch(this, await readBatch(batch, environment), { ...options, level, from }),
      };
    }
    const extra = {
      metrics: parseMetrics(flags.metric ?? []),
      lineage: (flags.lineage ?? []).map(parseLineage),
      card: card === undefined ? undefined : await readCard(card, environment),
    };
    const request = { ...splitWords(words, environment), cwd: environment.cwd, ...said, ...extra };
    const [result] = await registerVersions(this, [request], options);
    if (result === undefined) throw new RangeError('one request gives one result');
    return result;
  }
}
