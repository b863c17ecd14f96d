/** What all entries of a ledger amount to: which artifacts there are, and as what. The chain is judged while it grows. */
import type { Digest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import type { ArtifactPath } from './artifact-path.js';
import { FolderIndex } from './folder-index.js';
import type { PutChange, ReadEntry } from './ledger-entry.js';

export interface LiveArtifact extends PutChange {
  /** The entry that put it there. */
  readonly sequence: number;
}

/** What a signature is checked with; the body is kept only where there is one. */
export interface EntryStanding {
  readonly time: string;
  readonly signature?: { readonly armor: string; readonly body: Uint8Array };
}

export interface LedgerState {
  /** Of the last entry; 0 and null where there is none. */
  readonly sequence: number;
  readonly head: Digest | null;
  readonly artifacts: ReadonlyMap<string, LiveArtifact>;
  /** What lies directly in a folder, which is written with a slash behind it, and so is a folder in it. */
  childrenOf(folder: string): ReadonlySet<string>;
  /** Names that were there once. */
  readonly deleted: ReadonlySet<string>;
  /** By sequence number. */
  readonly entries: ReadonlyMap<number, EntryStanding>;
}

/** Grows by one entry at a time; what it has given out as a state is the same object, grown. */
export class LedgerFold implements LedgerState {
  sequence = 0;
  head: Digest | null = null;
  readonly artifacts = new Map<string, LiveArtifact>();
  readonly deleted = new Set<string>();
  readonly entries = new Map<number, EntryStanding>();
  readonly #folders = new FolderIndex();

  childrenOf(folder: string): ReadonlySet<string> {
    return this.#folders.childrenOf(folder);
  }

  /** `digest`: SHA-256 of all bytes of the entry. Throws `ledger/broken`. */
  add(entry: ReadEntry, digest: Digest): void {
    if (entry.sequence !== this.sequence + 1) {
      throw brokenLedger(`entry ${entry.sequence} stands where entry ${this.sequence + 1} belongs`);
    }
    if (entry.previous !== this.head) {
      throw brokenLedger(`entry ${entry.sequence} does not follow the entry before it, which was changed or replaced`);
    }
    for (const change of entry.changes) {
      if (change.op === 'put') {
        this.artifacts.set(change.path, { ...change, sequence: entry.sequence });
        this.deleted.delete(change.path);
        this.#folders.add(change.path);
      } else if (this.artifacts.delete(change.path)) {
        this.deleted.add(change.path);
        this.#folders.remove(change.path);
      }
    }
    const { time, signature: armor, body } = entry;
    this.entries.set(entry.sequence, armor === undefined ? { time } : { time, signature: { armor, body } });
    this.sequence = entry.sequence;
    this.head = digest;
  }
}

export function brokenLedger(what: string): At1Error {
  return new At1Error('ledger/broken', {
    message: `the ledger is broken: ${what}`,
    hint: 'restore .at1-ledger from a copy; nothing is handed out before that',
  });
}

/** Live artifacts in and below a folder; undefined is the whole directory. */
export function* artifactsBelow(state: LedgerState, folder: ArtifactPath | undefined): Generator<LiveArtifact> {
  const waiting = [folder === undefined ? '' : `${folder}/`];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const child of state.childrenOf(at)) {
      const artifact = state.artifacts.get(child);
      if (artifact === undefined) waiting.push(child);
      else yield artifact;
    }
  }
}

/** Throws `output/exists` where a folder would stand where an artifact is. */
export function refuseArtifactAsFolder(state: LedgerState, path: ArtifactPath): void {
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    if (!state.artifacts.has(path.slice(0, at))) continue;
    throw new At1Error('output/exists', {
      message: `'${path.slice(0, at)}' is an artifact, not a folder`,
      hint: 'delete it first, or choose another name',
    });
  }
}
