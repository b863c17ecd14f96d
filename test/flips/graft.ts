/**
 * One commit again and again with other bytes in one of its files, in microseconds: the pure layers take an object's id
 * for a name, so new ids are counted, not hashed, and trees are copied with twenty bytes replaced.
 */
import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import { parseCommit } from '../../src/git-format/commit.js';
import { findEntry } from '../../src/git-format/diff-trees.js';
import {
  type GitObject,
  type ObjectReader,
  type ObjectType,
  type Oid,
  oidToBytes,
  parseOid,
} from '../../src/git-format/oid.js';
import { type FoldResult, foldHistory } from '../../src/history/fold.js';
import type { RegistryState } from '../../src/history/registry-state.js';
import type { HistoryBuilder } from '../helpers/registry-fixture.js';

interface Level {
  readonly type: ObjectType;
  readonly bytes: Uint8Array;
  /** Where the id of what lies below it stands. */
  readonly at: number;
}

export class Graft implements ObjectReader {
  readonly #base: HistoryBuilder;
  readonly #levels: readonly Level[];
  readonly #own = new Map<Oid, GitObject>();
  #count = 0;

  private constructor(base: HistoryBuilder, levels: readonly Level[]) {
    this.#base = base;
    this.#levels = levels;
  }

  /** `commit` must hold a file at `path`; it is the one that is repeated. */
  static async of(base: HistoryBuilder, commit: Oid, path: string): Promise<Graft> {
    const object = (oid: Oid): GitObject => base.objects.get(oid) ?? assert.fail(oid);
    const { bytes } = object(commit);
    const levels: Level[] = [{ type: 'commit', bytes, at: 'tree '.length }];
    let { tree } = parseCommit(bytes);
    for (const name of path.split('/')) {
      const entry = (await findEntry(base, tree, name)) ?? assert.fail(path);
      const content = object(tree).bytes;
      levels.unshift({ type: 'tree', bytes: content, at: Buffer.from(content).indexOf(oidToBytes(entry.oid)) });
      tree = entry.oid;
    }
    return new Graft(base, levels);
  }

  /** The commit with these bytes in place of the file's. The one before it is forgotten. */
  with(bytes: Uint8Array): Oid {
    this.#own.clear();
    let below = this.#put('blob', bytes);
    for (const level of this.#levels) {
      const copy = level.bytes.slice();
      copy.set(level.type === 'commit' ? utf8(below) : oidToBytes(below), level.at);
      below = this.#put(level.type, copy);
    }
    return below;
  }

  fold(tip: Oid, from?: RegistryState): Promise<FoldResult> {
    return foldHistory({ ...this.#base.source, reader: this }, tip, { from });
  }

  async read(oid: Oid): Promise<GitObject> {
    return this.#own.get(oid) ?? this.#base.objects.get(oid) ?? assert.fail(oid);
  }

  /** Never an id twice: what was read of a policy or manifest is remembered by it. */
  #put(type: ObjectType, bytes: Uint8Array): Oid {
    const oid = parseOid((++this.#count).toString(16).padStart(40, 'f'));
    this.#own.set(oid, { type, bytes });
    return oid;
  }
}
