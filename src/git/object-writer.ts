/**
 * Decides where new objects go: few as loose objects, many in packs. What is there intact already is not written again.
 * Nothing is durable before `finish` returns; what an interrupted batch leaves behind is unreachable and pruned by git.
 */
import { join } from 'node:path';
import { ioError } from '../files/io-error.js';
import type { Oid } from '../git-format/oid.js';
import { LooseWriter } from './loose-writer.js';
import { type MemoryObject, type ObjectSource, oidOf, SMALL_OBJECT, sizeOf } from './object-source.js';
import { PackWriter } from './pack-writer.js';

/** Batches above this go into packs. */
const LOOSE_AT_MOST = 64;
/** Packs are closed at this size: other readers of git repositories fail above 2 GiB. */
const PACK_BYTES = 1024 * 1024 * 1024;
/** Loose objects written at the same time: enough to overlap syncs, few enough to keep memory flat. */
const PARALLEL = 4;
/** Small objects held back until it is known whether the batch becomes a pack. */
const HELD_BYTES = 8 * 1024 * 1024;

export interface ObjectWriterOptions {
  /** Whether an intact object of this name is in a pack or an alternate; asked for objects in memory only. */
  readonly contains?: (oid: Oid) => Promise<boolean>;
  /** For tests: another size at which packs are closed. */
  readonly packBytes?: number;
}

export class ObjectWriter {
  readonly #objects: string;
  readonly #options: ObjectWriterOptions;

  constructor(repository: { readonly commonDir: string }, options: ObjectWriterOptions = {}) {
    this.#objects = join(repository.commonDir, 'objects');
    this.#options = options;
  }

  batch(): ObjectBatch {
    return new ObjectBatch(this.#objects, this.#options);
  }

  /** Writes all, durably; names in the order of the sources. */
  async writeObjects(sources: Iterable<ObjectSource> | AsyncIterable<ObjectSource>): Promise<Oid[]> {
    const batch = this.batch();
    try {
      const oids = await batch.addAll(sources);
      await batch.finish();
      return oids;
    } catch (error) {
      await batch.abort();
      throw error;
    }
  }
}

export class ObjectBatch {
  readonly #objects: string;
  readonly #options: ObjectWriterOptions;
  readonly #loose: LooseWriter;
  /** Promises, so that two sources of the same object at once write it once. */
  readonly #seen = new Map<Oid, Promise<boolean>>();
  #held: { readonly source: MemoryObject; readonly oid: Oid }[] = [];
  #heldBytes = 0;
  #count = 0;
  #pack: PackWriter | undefined;
  /** Packs take one object at a time. */
  #packTurn: Promise<unknown> = Promise.resolve();

  constructor(objects: string, options: ObjectWriterOptions) {
    this.#objects = objects;
    this.#options = options;
    this.#loose = new LooseWriter(objects);
  }

  async addAll(sources: Iterable<ObjectSource> | AsyncIterable<ObjectSource>): Promise<Oid[]> {
    const oids: Promise<Oid>[] = [];
    const running = new Set<Promise<void>>();
    let failed = false;
    try {
      for await (const source of sources) {
        const work = this.add(source);
        oids.push(work);
        // Handled at once: a failure may come while the next source is still awaited.
        const done: Promise<void> = work.then(
          () => void running.delete(done),
          () => {
            failed = true;
            running.delete(done);
          },
        );
        running.add(done);
        if (running.size >= PARALLEL) await Promise.race(running);
        if (failed) break;
      }
      return await Promise.all(oids);
    } finally {
      // Nothing of this batch may still be writing when the caller cleans up.
      await Promise.allSettled([...running, ...oids]);
    }
  }

  /** The object's name; the object itself may still be held back. */
  async add(source: ObjectSource): Promise<Oid> {
    if (!('bytes' in source)) {
      this.#count++;
      return await this.#place(source);
    }
    const oid = oidOf(source.type, source.bytes);
    let present = this.#seen.get(oid);
    if (present === undefined) {
      present = this.#addNew(oid, source);
      this.#seen.set(oid, present);
    }
    await present;
    return oid;
  }

  async #addNew(oid: Oid, source: MemoryObject): Promise<boolean> {
    if (await this.#loose.keepIntact(oid)) return true;
    if (await this.#options.contains?.(oid)) return true;
    this.#count++;
    if (sizeOf(source) > SMALL_OBJECT || this.#pack !== undefined) {
      await this.#place(source, oid);
      return true;
    }
    this.#held.push({ source, oid });
    this.#heldBytes += source.bytes.length;
    if (this.#count > LOOSE_AT_MOST || this.#heldBytes > HELD_BYTES) await this.#release();
    return true;
  }

  async finish(): Promise<void> {
    try {
      await this.#release();
      await this.#packTurn;
      await this.#pack?.finish();
      this.#pack = undefined;
      await this.#loose.finish();
    } catch (error) {
      throw ioError('write', this.#objects, error);
    }
  }

  async abort(): Promise<void> {
    await this.#packTurn.catch(() => undefined);
    await this.#pack?.abort();
    this.#pack = undefined;
    this.#held = [];
  }

  async #release(): Promise<void> {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    for (let i = 0; i < held.length; i += PARALLEL) {
      const results = await Promise.allSettled(
        held.slice(i, i + PARALLEL).map(({ source, oid }) => this.#place(source, oid)),
      );
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    }
  }

  async #place(source: ObjectSource, known?: Oid): Promise<Oid> {
    if (this.#pack === undefined && this.#count <= LOOSE_AT_MOST) return await this.#loose.write(source, known);
    this.#pack ??= new PackWriter(this.#objects);
    const turn = this.#packTurn.then(() => this.#intoPack(source, known));
    this.#packTurn = turn.catch(() => undefined);
    return await turn;
  }

  async #intoPack(source: ObjectSource, known: Oid | undefined): Promise<Oid> {
    try {
      const pack = this.#pack ?? new PackWriter(this.#objects);
      this.#pack = pack;
      const oid = await pack.add(source, known);
      if (pack.length >= (this.#options.packBytes ?? PACK_BYTES)) {
        await pack.finish();
        this.#pack = new PackWriter(this.#objects);
      }
      return oid;
    } catch (error) {
      throw ioError('write', this.#objects, error);
    }
  }
}
