/** Objects that cannot be read while a history is judged: nothing is swallowed, and nothing counts for it. */
import assert from 'node:assert/strict';
import { At1Error } from '../../src/errors.js';
import type { GitObject, ObjectReader, Oid } from '../../src/git-format/oid.js';
import { type FoldResult, foldHistory } from '../../src/history/fold.js';
import { errorsOf } from '../helpers/fold-results.js';
import { type Troubled, troubledHistory } from '../helpers/troubled-history.js';
import { SCALE } from '../scale.js';

let troubled: Troubled;

before(async () => {
  troubled = await troubledHistory();
});

/** There are more; fewer mean that the stacks do not tell. */
const PLACES = 100;

type Read = (oid: Oid) => Promise<GitObject>;

/** Folds with a reader of its own: nothing is remembered from the run before. */
function foldBy(read: Read): Promise<FoldResult> {
  const reader: ObjectReader = { read };
  return foldHistory({ ...troubled.b.source, reader }, troubled.tip);
}

async function readOf(oid: Oid): Promise<GitObject> {
  return troubled.b.objects.get(oid) as GitObject;
}

/** Each place in the code that reads, by all who called it, and when it did so first. */
async function placesThatRead(): Promise<number[]> {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 40;
  const first = new Map<string, number>();
  let count = 0;
  await foldBy((oid) => {
    const lines = (new Error().stack ?? '').split('\n').filter((line) => line.includes('/src/history/'));
    const place = lines.map((line) => line.slice(line.lastIndexOf('/'))).join();
    if (!first.has(place)) first.set(place, count);
    count++;
    return readOf(oid);
  });
  Error.stackTraceLimit = limit;
  if (first.size >= PLACES) return [...first.values()];
  // Where stacks are cut short (other tests share the process), reads are taken evenly instead.
  return Array.from({ length: 2 * PLACES }, (_, i) => Math.floor((i * count) / (2 * PLACES)));
}

function inEffect({ state }: FoldResult): string[] {
  return [...state.versions.values()].filter(({ effective }) => effective !== null).map(({ path }) => path);
}

describe('a read that fails', () => {
  it('for a reason nobody foresaw ends the fold with that reason, wherever it is', async () => {
    const places = await placesThatRead();
    assert.ok(places.length >= PLACES, `${places.length} places`);
    for (const place of places) {
      const reason = new Error(`read ${place}`);
      let count = 0;
      await assert.rejects(
        foldBy((oid) => (count++ === place ? Promise.reject(reason) : readOf(oid))),
        reason,
      );
    }
  }).timeout(120_000);

  it('because an object is missing or damaged brings nothing into effect untold', async () => {
    const reads = new Set<Oid>();
    const whole = await foldBy((oid) => {
      reads.add(oid);
      return readOf(oid);
    });
    const known = new Set(inEffect(whole));
    for (const [at, gone] of [...reads].entries()) {
      for (const code of ['git/object-missing', 'git/invalid-object'] as const) {
        if (!SCALE.everyLoss && (at % 2 === 0) === (code === 'git/object-missing')) continue;
        const lost = new At1Error(code, { message: 'gone' });
        const folded = await foldBy((oid) => (oid === gone ? Promise.reject(lost) : readOf(oid))).catch(
          (error: unknown) => error,
        );
        if (folded instanceof At1Error && folded.code === code) continue;
        if (folded instanceof Error) throw folded;
        const result = folded as FoldResult;
        // What nobody can read may be what somebody pushed, so history goes on; but never without a word.
        const told = result.state.findings.some((found) => found.code === code);
        if (inEffect(result).some((path) => !known.has(path))) assert.ok(told, `${code} ${gone}`);
        if (inEffect(result).length < known.size) assert.notDeepEqual(errorsOf(result), []);
      }
    }
  }).timeout(120_000);
});
