import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromLatin1, utf8 } from '../../src/bytes/text.js';
import {
  type CatalogPlace,
  catalogPath,
  loadCatalog,
  loadSegmentIndex,
  loadTargetCatalog,
  saveCatalog,
  saveSegmentIndex,
  saveTargetCatalog,
  targetCatalogPath,
} from '../../src/catalog/catalog-file.js';
import type { SegmentIndex } from '../../src/catalog/segment-index.js';
import { parseDigest } from '../../src/digest/digest.js';
import { parseOid } from '../../src/git-format/oid.js';
import type { RegistryState } from '../../src/history/registry-state.js';
import { list, verify } from '../../src/index.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { parseRelPath } from '../../src/manifest/rel-path.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { type EncodeContext, encodeFile } from '../../src/ops/encode-file.js';
import { SegmentMemory } from '../../src/ops/segment-memory.js';
import { encoderHere } from '../../src/packing/encoder.js';
import { ObjectStore } from '../../src/store/objects.js';
import { memoryPath, type RegistryMemory, readMemory, writeMemory } from '../../src/store/state-memory.js';
import { HistoryBuilder, REGISTRY } from '../helpers/registry-fixture.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { SCALE, scaled } from '../scale.js';
import { type Damage, damages } from './damage.js';
import { keepCounts, type Outcome, restOf, tally } from './tally.js';

describe('every flipped bit, cut and addition of what is kept to be faster, or to remember', () => {
  const dir = useTempDir('suite');
  let place: CatalogPlace;
  let state: RegistryState;
  keepCounts();

  before(async () => {
    const b = await HistoryBuilder.make();
    const genesis = await b.commit([], await b.genesis());
    state = (await b.fold(await b.commit([genesis], await b.version('data/a@1.0.0')))).state;
    place = { root: dir.path, stateDir: dir.at('state'), registry: REGISTRY, prefix: '', sha256: b.engines.sha256 };
    mkdirSync(dir.at('state'));
    assert.equal(await saveCatalog(place, state), undefined);
    assert.deepEqual(await loadCatalog(place), state);
    assert.equal(await saveTargetCatalog(place, state), undefined);
    assert.deepEqual(await loadTargetCatalog(place), state);
  });

  /** Damages the file in each way, asks, and puts it back. */
  async function count(path: string, subject: string, judge: (damage: Damage) => Promise<Outcome>) {
    const bytes = Uint8Array.from(readFileSync(path));
    const row = await tally('caches', subject, bytes.length, damages(bytes), (damage) => {
      writeFileSync(path, damage.bytes);
      return judge(damage);
    });
    writeFileSync(path, bytes);
    return row;
  }

  it('makes the catalog one that is not used', async () => {
    const row = await count(catalogPath(dir.path), 'catalog', async ({ what }) => {
      assert.equal(await loadCatalog(place), undefined, what);
      return 'refused';
    });
    assert.deepEqual(row.same, []);
    assert.deepEqual(await loadCatalog(place), state);
  }).timeout(scaled(120_000));

  it('makes the catalog of a target one that is not used', async () => {
    const row = await count(targetCatalogPath(place), 'catalog of a target', async ({ what }) => {
      assert.equal(await loadTargetCatalog(place), undefined, what);
      return 'refused';
    });
    assert.deepEqual(row.same, []);
    assert.deepEqual(await loadTargetCatalog(place), state);
    // A copy in another folder has seals of its own, wherever its catalog comes from.
    assert.equal(await loadTargetCatalog({ ...place, prefix: 'copy' }), undefined);
    assert.equal(await loadCatalog({ ...place, prefix: 'copy' }), undefined);
  }).timeout(scaled(120_000));

  it('makes a note of its digest one of no catalog, or of the same one at another commit', async () => {
    const path = join(dir.at('state'), 'catalogs', `${REGISTRY}.txt`);
    const [, digest] = readFileSync(path, 'utf8').trim().split(' ');
    const row = await count(path, 'digests of catalogs', async ({ what, bytes }) => {
      const found = await loadCatalog(place);
      if (found === undefined) return 'refused';
      assert.deepEqual(found, state, what);
      // Which commit it is of is in the catalog itself.
      assert.ok(fromLatin1(bytes).slice(40).startsWith(` ${digest}`), what);
      return 'same';
    });
    assert.deepEqual(
      restOf(row.same).filter((what) => what.startsWith('cut')),
      ['cut 105'],
    );
  });

  it('makes a segment index none, or one from which the same objects come', async () => {
    const engines = await createNativeEngines();
    const store = new ObjectStore(dir.path, { sha256: engines.sha256 });
    const encode = async (known: SegmentIndex | undefined) => {
      const places = new Map(known?.places);
      const context: EncodeContext = {
        engines,
        encoder: encoderHere(engines),
        store,
        places,
        level: 'balanced',
        objects: new Map(),
        folders: new Set(),
        memory: new SegmentMemory(),
        onBytes: () => {},
      };
      const pieces = (async function* () {
        yield* ['first segment', 'second segment'].map((text) => ({ data: utf8(text) }));
      })();
      return { encoded: await encodeFile(parseRelPath('a.bin'), pieces, context), places };
    };
    const { encoded, places } = await encode(undefined);
    assert.equal(await saveSegmentIndex(dir.path, { head: state.head, versions: 1, places }), undefined);
    await count(dir.at('.at1', 'cache', 'segments.txt'), 'segment index', async ({ what }) => {
      const found = await loadSegmentIndex(dir.path);
      if (found === undefined) return 'refused';
      assert.deepEqual((await encode(found)).encoded, encoded, what);
      return 'same';
    });
  });

  it('makes the memory outside the repository one that is told to be damaged', async () => {
    const memory: RegistryMemory = {
      root: parseDigest('a'.repeat(64)),
      trust: 'first-use',
      branches: new Map([['refs/remotes/origin/main', { commit: parseOid('1'.repeat(40)), policyVersion: 3 }]]),
      policies: [parseDigest('b'.repeat(64))],
    };
    await writeMemory(dir.path, REGISTRY, memory);
    const row = await count(memoryPath(dir.path, REGISTRY), 'memory', async ({ what }) => {
      const read = await readMemory(dir.path, REGISTRY);
      if (read.kind === 'damaged') return 'refused';
      assert.deepEqual(read, { kind: 'found', memory }, what);
      return 'same';
    });
    // Its last line feed, or one more of them.
    assert.deepEqual(row.same, ['cut 492', 'added 1 of its end']);
  });
});

describe('commands beside a damaged file of those', () => {
  const dir = useTempDir('suite');
  let ana: Clone;
  let bystander: string;
  keepCounts();

  before(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    await ana.register('data/a@1.0.0');
    await ana.register('data/a@1.1.0');
    bystander = JSON.stringify(await list(await ana.open()));
  });

  /** A few of all damages, spread evenly; the whole lists are above. */
  function some(bytes: Uint8Array): Damage[] {
    const all = [...damages(bytes)];
    return all.filter(
      (_, at) =>
        Math.floor((at * SCALE.besideDamaged) / all.length) !==
        Math.floor(((at - 1) * SCALE.besideDamaged) / all.length),
    );
  }

  const registryId = () => /id = "(.*)"/.exec(readFileSync(join(ana.dir, 'at1.toml'), 'utf8'))?.[1] ?? assert.fail();

  it('say the same as without it, and put the catalog back', async () => {
    const catalog = catalogPath(ana.dir);
    const good = readFileSync(catalog);
    const files = [
      catalog,
      join(ana.dir, '.at1', 'cache', 'segments.txt'),
      dir.at('home', 'state', 'catalogs', `${registryId()}.txt`),
    ];
    for (const path of files) {
      const bytes = Uint8Array.from(readFileSync(path));
      for (const damage of some(bytes)) {
        writeFileSync(path, damage.bytes);
        assert.equal(JSON.stringify(await list(await ana.open())), bystander, `${path}: ${damage.what}`);
        assert.deepEqual(readFileSync(catalog), good, damage.what);
      }
      writeFileSync(path, bytes);
    }
  }).timeout(scaled(60_000));

  it('refuse to believe a registry whose memory is damaged, and never take it for a new one', async () => {
    const path = memoryPath(dir.at('home', 'state'), parseRegistryId(registryId()));
    const bytes = Uint8Array.from(readFileSync(path));
    for (const damage of some(bytes)) {
      writeFileSync(path, damage.bytes);
      if ([`cut ${bytes.length - 1}`, 'added 1 of its end'].includes(damage.what)) continue;
      await throwsCode(async () => list(await ana.open()), 'trust/root-changed');
      const { ok, findings } = await verify(await ana.open());
      assert.deepEqual([ok, findings.some(({ subject }) => subject === path)], [false, true], damage.what);
      assert.deepEqual(Uint8Array.from(readFileSync(path)), damage.bytes, 'it is not written over');
    }
    writeFileSync(path, bytes);
    assert.equal((await verify(await ana.open())).trust, 'remembered');
  }).timeout(scaled(60_000));
});
