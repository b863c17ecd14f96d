/**
 * The ledger of a directory of artifacts on a disk: one file an entry, numbered. A new entry appears whole under the next
 * number or not at all, so that there is no lock a dead writer could leave and no torn end.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LEDGER_FOLDER } from '../artifacts/artifact-path.js';
import {
  type Change,
  ENTRY_LIMIT,
  entryName,
  formatEntry,
  parseEntry,
  sequenceOf,
  withSignature,
} from '../artifacts/ledger-entry.js';
import { brokenLedger, LedgerFold, type LedgerState } from '../artifacts/ledger-state.js';
import { digestOf } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { createWhole } from '../files/durable-file.js';
import { type FileStat, nodeFileSystem } from '../files/file-system.js';
import { attempt, ioError } from '../files/io-error.js';
import { isSystemError } from '../files/system-error.js';
import { readFileBounded } from './read-file.js';
import { isRealFolder, makeFolders } from './root.js';

export interface AppendOptions {
  /** The changes, given what the ledger says by then; none, and there is no entry. Asked again when another was quicker. */
  readonly plan: (state: LedgerState) => readonly Change[];
  readonly time: () => string;
  /** The armor of a signature over the entry, or undefined for none. */
  readonly sign: (body: Uint8Array) => Promise<string | undefined>;
}

/** Fifty writers at once each lose the race a few dozen times. */
const ATTEMPTS = 1000;

export class Ledger {
  readonly folder: string;
  readonly #sha256: (data: Uint8Array) => Uint8Array;
  readonly #fold = new LedgerFold();
  #last: FileStat | undefined;
  /** One at a time: what grows must not grow twice. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(dir: string, sha256: (data: Uint8Array) => Uint8Array) {
    this.folder = join(dir, LEDGER_FOLDER);
    this.#sha256 = sha256;
  }

  /** Whether it was read and had an entry: from then on it may not be gone. */
  get seen(): boolean {
    return this.#fold.sequence > 0;
  }

  /** What it says now. The object grows with every later call. Throws `ledger/malformed`, `ledger/broken`, `io/*`. */
  read(): Promise<LedgerState> {
    return this.#inTurn(() => this.#refresh());
  }

  /** Makes the folder too, where there is something to append. Returns what was appended, which is nothing where the plan is empty. */
  append(options: AppendOptions): Promise<readonly Change[]> {
    return this.#inTurn(async () => {
      for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
        // Before anything is made: a ledger that is gone is not begun anew.
        const changes = options.plan(await this.#refresh());
        if (changes.length === 0) return changes;
        await makeFolders(this.folder);
        if (await this.#tryAppend(changes, options)) return changes;
        await sleep(Math.random() * Math.min(attempts, 20));
      }
      throw new At1Error('io/failed', { message: `no entry could be added to '${this.folder}'` });
    });
  }

  async #tryAppend(changes: readonly Change[], { time, sign }: AppendOptions): Promise<boolean> {
    const sequence = this.#fold.sequence + 1;
    const body = formatEntry({ sequence, previous: this.#fold.head, time: time(), changes });
    const bytes = withSignature(body, await sign(body));
    const path = join(this.folder, entryName(sequence));
    try {
      await createWhole(path, bytes, 0o666);
    } catch (error) {
      if (isSystemError(error, 'EEXIST')) return false;
      throw ioError('write', path, error);
    }
    const digest = digestOf(this.#sha256(bytes));
    // Where the file system has no links two may have been first; the one that is not there has lost.
    const found = await this.#bytesOf(sequence);
    if (found === undefined || digestOf(this.#sha256(found)) !== digest) return false;
    this.#fold.add(parseEntry(found), digest);
    this.#last = await this.#statOf(sequence);
    return true;
  }

  async #refresh(): Promise<LedgerState> {
    await isRealFolder(this.folder);
    const highest = this.#last === undefined ? await this.#highest() : await this.#stillThere();
    for (;;) {
      const sequence = this.#fold.sequence + 1;
      const bytes = await this.#bytesOf(sequence);
      if (bytes === undefined) break;
      this.#fold.add(parseEntry(bytes), digestOf(this.#sha256(bytes)));
      this.#last = await this.#statOf(sequence);
    }
    if (highest > this.#fold.sequence) throw brokenLedger(`entry ${this.#fold.sequence + 1} is gone`);
    return this.#fold;
  }

  /** Of what was read before, nothing may be missing or other than it was. */
  async #stillThere(): Promise<number> {
    const { sequence, head } = this.#fold;
    const found = await this.#statOf(sequence);
    if (found === undefined) throw brokenLedger(`entry ${sequence}, which was there, is gone`);
    const { ino, size, mtimeNs } = this.#last as FileStat;
    if (found.ino === ino && found.size === size && found.mtimeNs === mtimeNs) return sequence;
    const bytes = await this.#bytesOf(sequence);
    if (bytes === undefined || digestOf(this.#sha256(bytes)) !== head) {
      throw brokenLedger(`entry ${sequence} is not what it was`);
    }
    this.#last = found;
    return sequence;
  }

  async #highest(): Promise<number> {
    let highest = 0;
    for (const { name } of await attempt('read', this.folder, () => this.#names())) {
      highest = Math.max(highest, sequenceOf(name) ?? 0);
    }
    return highest;
  }

  async #names(): Promise<readonly { readonly name: string }[]> {
    try {
      return await nodeFileSystem.readdir(this.folder);
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return [];
      throw error;
    }
  }

  #bytesOf(sequence: number): Promise<Uint8Array | undefined> {
    return readFileBounded(join(this.folder, entryName(sequence)), ENTRY_LIMIT);
  }

  #statOf(sequence: number): Promise<FileStat | undefined> {
    const path = join(this.folder, entryName(sequence));
    return attempt('read', path, () => nodeFileSystem.lstat(path));
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(run, run);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
