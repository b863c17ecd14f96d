/** The loop of fuzz/ itself: it must find what is planted, or finding nothing would mean nothing. */
import assert from 'node:assert/strict';
import { COVERAGE_VARIABLE, coverageOf } from '../fuzz/coverage.js';
import { fuzz } from '../fuzz/loop.js';
import { minimise } from '../fuzz/minimise.js';
import { mutate } from '../fuzz/mutate.js';
import { runCase } from '../fuzz/oracles.js';
import { randomFrom } from '../fuzz/random.js';
import { type ParserTarget, violated } from '../fuzz/target.js';
import { At1Error, type ErrorCode } from '../src/errors.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const noWatch = { begin: () => {}, end: () => {} };

function targetThat(run: (input: Uint8Array) => void): ParserTarget {
  return {
    kind: 'parser',
    name: 'planted',
    about: '',
    files: [],
    seeds: () => [bytes('abc')],
    tokens: ['needle'],
    run,
  };
}

describe('the fuzzing loop', () => {
  it('finds a planted fault, and makes its input as small as it gets', async () => {
    const target = targetThat((input) => {
      if (Buffer.from(input).includes('needle')) violated('planted');
    });
    const { findings, cases } = await fuzz(target, [], { cases: 5000, seconds: 60, seed: 1 }, noWatch);
    assert.equal(cases, 5000);
    // Memory is that of the process, in which other tests ran before.
    const planted = findings.filter(({ problem }) => !problem.startsWith('memory: '));
    assert.deepEqual(
      planted.map(({ input }) => Buffer.from(input).toString()),
      ['needle'],
    );
    assert.match(planted[0]?.problem ?? '', /^Violation: planted/);
  });

  it('repeats itself with the same seed only', () => {
    const material = { pool: [bytes('xyz')], tokens: [], maxLength: 64 };
    const some = (seed: number): string => {
      const random = randomFrom(seed);
      return Array.from({ length: 20 }, () => Buffer.from(mutate(bytes('abc'), material, random)).toString('hex')).join(
        ' ',
      );
    };
    assert.equal(some(1), some(1));
    assert.notEqual(some(1), some(2));
  });

  it('tells refusals from findings', async () => {
    const outcome = async (thrown: unknown) =>
      runCase(
        targetThat(() => {
          throw thrown;
        }),
        bytes(''),
      );
    assert.deepEqual(await outcome(new At1Error('usage/invalid', { message: 'no' })), {
      accepted: false,
      problem: undefined,
    });
    for (const thrown of [
      new RangeError('x'),
      'text',
      new At1Error('made/up' as ErrorCode, { message: 'no' }),
      new At1Error('internal/unexpected', { message: 'no' }),
    ]) {
      assert.notEqual((await outcome(thrown)).problem, undefined, String(thrown));
    }
    assert.deepEqual(
      await runCase(
        targetThat(() => {}),
        bytes(''),
      ),
      { accepted: true, problem: undefined },
    );
  });

  it('sees that a prototype was changed', async () => {
    const polluted = targetThat(() => {
      Object.assign(Object.prototype, { polluted: true });
    });
    try {
      assert.match((await runCase(polluted, bytes(''))).problem ?? '', /polluted/);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted');
    }
  });

  it('calls a case slow that takes more processor time than it may, however busy the machine', async () => {
    // Both clocks: other threads of this process spend processor time too, and would end it before it was long.
    const spin = targetThat(() => {
      const began = performance.now();
      const before = process.cpuUsage();
      const spent = (): number => process.cpuUsage(before).user + process.cpuUsage(before).system;
      while (spent() < 60_000 || performance.now() - began < 60);
    });
    assert.match((await runCase(spin, bytes(''), 50)).problem ?? '', /^slow/);
  });

  it('takes a branch for new once, and again when it is taken far more often', () => {
    const counters = { f: {}, b: { 0: [0, 0] } };
    const all = globalThis as unknown as Record<string, unknown>;
    const before = all[COVERAGE_VARIABLE];
    all[COVERAGE_VARIABLE] = { 'src/planted.ts': counters };
    try {
      const coverage = coverageOf(['src/planted.ts'], { loops: true });
      const takenAgain = (times: number): boolean => {
        counters.b[0][0] = (counters.b[0][0] ?? 0) + times;
        return coverage.isNew();
      };
      assert.deepEqual([1, 1, 20, 20, 0].map(takenAgain), [true, false, true, false, false]);
      assert.deepEqual([coverage.reached, coverage.total], [1, 2]);
    } finally {
      all[COVERAGE_VARIABLE] = before;
    }
  });

  it('keeps what shows a problem while it leaves out the rest', async () => {
    const smallest = await minimise(bytes('some long input with an ! in it'), async (input) => input.includes(0x21));
    assert.deepEqual(smallest, bytes('!'));
  });
});
