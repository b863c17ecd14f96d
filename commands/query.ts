/** `at1 query`: rows, groups and sums of a table, where it lies. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type QueryResult, query } from '../src/index.js';
import { At1Command } from './base.js';
import { atFlag, forceFlag } from './flags.js';
import { openRegistry } from './open.js';
import { formatBytes, plural, table } from './print.js';
import { rawOutput } from './raw-output.js';
import { noteStanding } from './version-text.js';

const FORMATS = ['table', 'csv', 'json', 'parquet'] as const;

export class QueryCommand extends At1Command {
  static override summary = 'Select, filter, group and sum a table without unpacking it.';
  static override description =
    'Takes a version, a CSV file, or an .at1 file. Of one that `at1 pack --queryable` made only the columns and groups of ' +
    'rows that matter are read, each verified before it is used; everything else is decoded and verified whole. Numbers ' +
    'are exact. An empty cell is null. Names are quoted "so" where they have to be, texts \'so\'.';
  static override examples = [
    'at1 query train.csv.at1 --where "price >= 9.99 and shop like \'B%\'" --select "id, price" --limit 20',
    'at1 query data/sales --select "shop, count(*), avg(price)" --group-by shop --order-by "count(*) desc"',
  ];
  static override args = {
    what: Args.string({ description: 'A file, which may be an .at1 file, or a reference.', required: true }),
  };
  static override flags = {
    select: Flags.string({ summary: 'Columns, count(*), and count, sum, min, max, avg of a column; default *.' }),
    where: Flags.string({ summary: 'Condition of = <> < <= > >=, in, like, is null, and, or, not, parentheses.' }),
    'group-by': Flags.string({ summary: 'Columns whose equal values make a group.' }),
    'order-by': Flags.string({ summary: 'Columns or results, each with asc or desc; nulls come last.' }),
    limit: Flags.integer({ summary: 'Most rows of the answer.', min: 0 }),
    path: Flags.string({ summary: 'File of the version; needed where it has several.', helpValue: 'PATH' }),
    format: Flags.option({ options: FORMATS, default: 'table' as const })({ summary: 'How the answer is printed.' }),
    explain: Flags.boolean({ summary: 'Say what was read and what was not.' }),
    out: Flags.string({ char: 'o', summary: 'File to write, as csv, json or parquet.', helpValue: 'FILE' }),
    force: forceFlag,
    at: atFlag,
  };

  async run(): Promise<QueryResult> {
    const { args, flags } = await this.parse(QueryCommand);
    const { select, where, limit, path, out, force, at } = flags;
    const format = flags.format === 'table' ? undefined : flags.format;
    const result = await query({
      ...{ what: args.what, select, where, groupBy: flags['group-by'], orderBy: flags['order-by'], limit, path },
      ...{ format, out, force, cwd: this.environment.cwd },
      sink: format === undefined ? undefined : rawOutput(this, out),
      registry: () => openRegistry(this, { at }),
    });
    noteStanding(this, result);
    if (result.written !== null) this.log([`${this.paint.green('wrote')} ${result.written}`]);
    else if (format === undefined) this.#print(result);
    if (flags.explain) this.note(explain(result));
    return result;
  }

  #print({ columns, rows, count }: QueryResult): void {
    const numbers = columns.flatMap(({ type }, i) => (type === 'text' ? [] : [i]));
    const shown = rows.map((row) => row.map((value) => value ?? 'null'));
    this.log([...table([columns.map(({ name }) => name), ...shown], numbers), plural(count, 'row')]);
  }
}

function explain({ explanation }: QueryResult): string[] {
  const { size, read, parts, groups, skipped, told, blocks, blocksRead } = explanation;
  const bytes = `read: ${formatBytes(read)} of ${formatBytes(size)}`;
  if (!parts) return [`${bytes}, decoded whole`];
  return [
    `${bytes}, in parts`,
    `groups of rows: ${groups}, of which ${skipped} skipped and ${told} answered by what is known of them`,
    `columns of groups: ${blocksRead} of ${blocks} read`,
  ];
}
