/** A registry in which promotions ask for complete lineage, and what lands in it, one commit after the other. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import type { FoldResult } from '../../src/history/fold.js';
import type { Manifest } from '../../src/manifest/documents.js';
import type { LineageEntry } from '../../src/manifest/generated/types.js';
import { compareLinks } from '../../src/manifest/lineage.js';
import { type EventOptions, eventFiles } from './event-fixture.js';
import { rowOf } from './fold-results.js';
import { ana, bo, type Changes, HistoryBuilder } from './registry-fixture.js';

export const M = 'model/m@1.0.0';
export const BASE = 'model/base@1.0.0';
export const DATA = 'data/t@1.0.0';
/** Names the data, with a content it never had. */
export const ELSEWHERE: LineageEntry = { relation: 'derived-from', ref: DATA, content: `sha256:${'0'.repeat(64)}` };
export const COMPLETE = [
  { artifacts: ['*'], actions: ['promote:*'], role: 'owner', threshold: 1, lineage: 'complete' as const },
  { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
];

export class LineageHistory {
  readonly b: HistoryBuilder;
  tip: Oid;

  private constructor(b: HistoryBuilder, tip: Oid) {
    this.b = b;
    this.tip = tip;
  }

  /** With `DATA` in it; without rules it asks for nothing. */
  static async make(rules: readonly (typeof COMPLETE)[number][] = COMPLETE): Promise<LineageHistory> {
    const b = await HistoryBuilder.make();
    const policy = { principals: [ana, bo], ...(rules.length === 0 ? {} : { rules: [...rules] }) };
    const made = new LineageHistory(b, await b.commit([], await b.genesis(ana, policy)));
    await made.lands(DATA);
    return made;
  }

  async commit(changes: Changes): Promise<void> {
    this.tip = await this.b.commit([this.tip], changes);
  }

  async lands(ref: string, lineage?: readonly LineageEntry[]): Promise<void> {
    const edit = (honest: Manifest): Manifest => ({
      ...honest,
      ...(lineage === undefined ? {} : { lineage: [...lineage].sort(compareLinks) }),
    });
    await this.commit(await this.b.version(ref, { edit }));
  }

  async event(action: Parameters<typeof eventFiles>[2], ref: string, options?: EventOptions): Promise<void> {
    await this.commit(await eventFiles(this.b, this.tip, action, ref, options));
  }

  async from(ref: string, relation: LineageEntry['relation'] = 'derived-from'): Promise<LineageEntry> {
    return { relation, ref, content: `sha256:${rowOf(await this.fold(), ref).content}` };
  }

  fold(): Promise<FoldResult> {
    return this.b.fold(this.tip);
  }
}

/** The content that a manifest not yet committed names. */
export function contentIn(files: Readonly<Record<string, unknown>>, path: string): string {
  const text = new TextDecoder().decode(files[path] as Uint8Array);
  return /^content = "(sha256:\w+)"/m.exec(text)?.[1] ?? assert.fail(path);
}
