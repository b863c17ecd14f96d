/** `query`: rows, groups and sums of a table, where it lies. */
import { At1Error } from '../errors.js';
import { createNativeEngines } from '../native/engines.js';
import type { QueryColumn } from '../query/columns.js';
import { type AnswerFormat, formatAnswer, formatValue } from '../query/format-answer.js';
import { formatParquet } from '../query/format-parquet.js';
import { HeldMemory } from '../query/held-memory.js';
import { MOST_ORDERED_ROWS, type Row } from '../query/order-rows.js';
import { type Plan, planQuery, type Query } from '../query/plan.js';
import { type RunCounts, runPlan } from '../query/run.js';
import { formatName } from '../query/tokens.js';
import type { Trust } from './judge-trust.js';
import { openQueryTable, type QueryTable, type QueryTarget } from './open-query-table.js';
import { type Destination, sendBytes } from './send-bytes.js';

export interface QueryRequest extends Query, QueryTarget, Destination {
  readonly cwd?: string | undefined;
  /** What is sent to the destination. Without one the rows are in the result. */
  readonly format?: AnswerFormat | 'parquet' | undefined;
}

export interface QueryExplanation {
  /** Bytes of the file, and how many of them were read. */
  readonly size: number;
  readonly read: number;
  /** False where the table had to be decoded whole. */
  readonly parts: boolean;
  /** Groups of rows: all, those that cannot have an answer, those whose zones had it. */
  readonly groups: number;
  readonly skipped: number;
  readonly told: number;
  /** Blocks, a column of a group each: all, and those that were read. */
  readonly blocks: number;
  readonly blocksRead: number;
}

export interface QueryResult {
  /** The version; null for a file on the disk. */
  readonly ref: string | null;
  readonly path: string;
  readonly columns: readonly QueryColumn[];
  /** Numbers as text, with every digit; empty where they were sent elsewhere. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Rows of the answer. */
  readonly count: number;
  readonly explanation: QueryExplanation;
  /** The file that was written; null where none was. */
  readonly written: string | null;
  readonly trust: Trust | null;
  readonly damaged: readonly string[];
  readonly warnings: readonly string[];
}

/** Throws `usage/query`, `usage/path`, `file/malformed`, `container/*`, `object/*`, `artifact/*`, `output/exists`, `io/*`. */
export async function query(request: QueryRequest): Promise<QueryResult> {
  const { format, out, sink } = request;
  const sent = out !== undefined || sink !== undefined;
  if (sent && format === undefined) {
    throw new At1Error('usage/invalid', {
      message: 'the format of the output is not said',
      hint: 'say --format csv, json or parquet',
    });
  }
  const table = await openQueryTable(request);
  try {
    const { source } = table;
    const plan = planQuery(request, source.columns);
    const counts: RunCounts = { skipped: 0, told: 0, blocks: 0 };
    let count = 0;
    const rows = async function* (): AsyncGenerator<Row, void, undefined> {
      for await (const row of runPlan(plan, source, counts)) {
        count++;
        yield row;
      }
    };
    let written: string | null = null;
    let kept: QueryResult['rows'] = [];
    if (sent && format !== undefined) {
      const engines = await createNativeEngines();
      const { columns } = plan;
      const pieces =
        format === 'parquet' ? formatParquet(rows(), columns, engines) : formatAnswer(rows(), columns, format);
      written = (await sendBytes(pieces, request, engines)).path;
    } else {
      kept = await keepRows(rows(), plan);
    }
    return {
      ref: table.ref,
      path: table.path,
      columns: plan.columns.map(({ name, type, scale }) => ({ name, type, scale })),
      rows: kept,
      count,
      explanation: explain(table, counts),
      written,
      trust: table.trust,
      damaged: [...table.damaged],
      warnings: [...table.warnings, ...remarks(table)],
    };
  } finally {
    await table.close();
  }
}

async function keepRows(rows: AsyncIterable<Row>, plan: Plan): Promise<QueryResult['rows']> {
  const memory = new HeldMemory();
  const kept: (readonly (string | null)[])[] = [];
  for await (const row of rows) {
    if (kept.length >= MOST_ORDERED_ROWS) {
      throw new At1Error('usage/query', {
        message: `the answer has more than ${MOST_ORDERED_ROWS} rows`,
        hint: 'set a limit, or write it with --format csv',
      });
    }
    kept.push(memory.keep(row).map((value, i) => formatValue(value, plan.columns[i] as QueryColumn)));
  }
  return kept;
}

function explain({ size, parts, bytesRead, source }: QueryTable, counts: RunCounts): QueryExplanation {
  const { groups, columns } = source;
  const { skipped, told, blocks: blocksRead } = counts;
  return { size, read: bytesRead(), parts, groups, skipped, told, blocks: groups * columns.length, blocksRead };
}

function remarks({ source }: QueryTable): readonly string[] {
  const { outside } = source;
  const open = source.openTexts();
  return [
    ...(outside > 0 ? [`${outside} of the lines are no rows, and the answer does not speak of them`] : []),
    ...(open > 0
      ? [`${open} of the cells open a quote that their line does not close: they are taken as they are`]
      : []),
    ...source.columns.flatMap(({ name }, i) =>
      i === source.returns ? [`the lines end in CR LF, so that the column ${formatName(name)} is text`] : [],
    ),
  ];
}
