/** Edits of a policy about bars before stages, and about keys that are revoked. */
import { At1Error } from '../errors.js';
import type { Oid } from '../git-format/oid.js';
import { type LaneName, parseLaneName } from '../manifest/name.js';
import { writeBasic } from '../manifest/toml-writer.js';
import type { PolicyEdit } from './edit-policy.js';
import { formatBound, parseBound } from './metric-bound.js';
import { type Bar, keyWithoutComment, type Policy, type Revocation } from './policy.js';
import { type Block, blocksOf, contentEnd, insertBelow, removeBlock, tooUnusual } from './policy-text.js';

export interface BarRequest {
  /** A pattern such as `model/fraud-detector`. */
  readonly artifact: string;
  readonly stage: LaneName;
  /** As it is written: `auc >= 0.9`. */
  readonly metric: string;
}

/** Refuses with `policy/exists` what is there. */
export function addingBar({ artifact, stage, metric }: BarRequest): PolicyEdit {
  const bar: Bar = { artifacts: [artifact], stage: parseLaneName(stage), bound: parseBound(metric) };
  return {
    apply: (lines, before) => {
      if (before.bars.some((other) => isBar(other, bar))) {
        throw new At1Error('policy/exists', { message: `there is this bar already: ${describeBar(bar)}` });
      }
      append(lines, 'bars', before.bars.length, [
        `artifacts = [${writeBasic(artifact)}]`,
        `stage = ${writeBasic(stage)}`,
        `metric = ${writeBasic(metric)}`,
      ]);
    },
    meant: (before) => ({ ...before, bars: [...before.bars, bar] }),
    byHand: 'add the bar',
  };
}

/** All of the artifact and stage where no metric is named. Refuses with `usage/name` where there is none. */
export function removingBars({
  artifact,
  stage,
  metric,
}: Omit<BarRequest, 'metric'> & { metric?: string | undefined }): PolicyEdit {
  const bound = metric === undefined ? undefined : parseBound(metric);
  const goes = (bar: Bar) => isBar(bar, { artifacts: [artifact], stage, bound: bound ?? bar.bound });
  return {
    apply: (lines, before) => {
      if (!before.bars.some(goes)) {
        const what = metric === undefined ? '' : ` of ${metric}`;
        throw new At1Error('usage/name', {
          message: `there is no bar${what} before ${stage} for exactly ${artifact}`,
          hint: 'at1 policy show lists the bars',
        });
      }
      const blocks = allBlocks(lines, 'bars', before.bars.length);
      for (const [i, bar] of [...before.bars.entries()].reverse())
        if (goes(bar)) removeBlock(lines, blocks[i] as Block);
    },
    meant: (before) => ({ ...before, bars: before.bars.filter((bar) => !goes(bar)) }),
    byHand: 'remove the bar',
  };
}

function isBar(a: Bar, b: Bar): boolean {
  const text = ({ artifacts, stage, bound }: Bar) => JSON.stringify([artifacts, stage, formatBound(bound)]);
  return text(a) === text(b);
}

export function describeBar({ artifacts, stage, bound }: Bar): string {
  return `${artifacts.join(', ')} before ${stage}: ${formatBound(bound)}`;
}

export interface KeyRevocation {
  /** In OpenSSH form. */
  readonly keys: readonly string[];
  /** Last commit by which what they signed counts. */
  readonly cutoff: Oid;
  readonly reason: string;
}

/** Refuses with `policy/exists` a key that is revoked already: a later cutoff would bring back what counted no more. */
export function revokingKeys({ keys, cutoff, reason }: KeyRevocation): PolicyEdit {
  const added: Revocation[] = keys.map((key) => ({ key, cutoff, reason }));
  return {
    apply: (lines, before) => {
      for (const [i, { key }] of added.entries()) {
        if (isRevoked(before, key)) {
          throw new At1Error('policy/exists', { message: `this key is revoked already: ${key}` });
        }
        append(lines, 'revoked', before.revoked.length + i, [
          `key = ${writeBasic(key)}`,
          `cutoff = ${writeBasic(cutoff)}`,
          `reason = ${writeBasic(reason)}`,
        ]);
      }
    },
    meant: (before) => ({ ...before, revoked: [...before.revoked, ...added] }),
    byHand: 'add the key to [[revoked]]',
  };
}

export function isRevoked({ revoked }: Policy, key: string): boolean {
  return revoked.some((other) => keyWithoutComment(other.key) === keyWithoutComment(key));
}

function append(lines: string[], name: string, count: number, fields: readonly string[]): void {
  const last = allBlocks(lines, name, count).at(-1);
  insertBelow(lines, last?.end ?? contentEnd(lines, -1, lines.length), [`[[${name}]]`, ...fields]);
}

function allBlocks(lines: readonly string[], name: string, count: number): Block[] {
  const blocks = blocksOf(lines, name);
  if (blocks.length !== count) throw tooUnusual(`not all of ${name} are tables [[${name}]]`);
  return blocks;
}
