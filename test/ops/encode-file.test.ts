/** Encoding a file: what is under way is waited for, however it ends. */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { At1Error } from '../../src/errors.js';
import { parseRelPath } from '../../src/manifest/rel-path.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { encodeFile } from '../../src/ops/encode-file.js';
import { SegmentMemory } from '../../src/ops/segment-memory.js';
import { encoderHere } from '../../src/packing/encoder.js';
import { ObjectStore } from '../../src/store/objects.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

/** Fails the first object at once and takes its time over the others. */
class FullStore extends ObjectStore {
  started = 0;
  ended = 0;

  override async add(...args: Parameters<ObjectStore['add']>): ReturnType<ObjectStore['add']> {
    this.started++;
    if (this.started === 1) throw new At1Error('io/full', { message: 'the disk is full' });
    await wait(50);
    this.ended++;
    return super.add(...args);
  }
}

describe('encodeFile', () => {
  const dir = useTempDir();

  it('has nothing under way any more when it fails', async () => {
    const engines = await createNativeEngines();
    const store = new FullStore(dir.path, { sha256: engines.sha256Aside });
    const source = async function* () {
      for (const text of ['one', 'two', 'three', 'four', 'five']) yield { data: new TextEncoder().encode(text) };
    };
    const context = {
      engines,
      encoder: encoderHere(engines),
      store,
      level: 'balanced' as const,
      places: new Map(),
      objects: new Map(),
      folders: new Set<string>(),
      memory: new SegmentMemory(),
      onBytes: () => {},
    };
    await throwsCode(() => encodeFile(parseRelPath('x.bin'), source(), context), 'io/full');
    const { started, ended } = store;
    assert.ok(started > 1, 'several were under way');
    assert.equal(ended, started - 1);
    await wait(100);
    assert.equal(store.started, started);
  });
});
