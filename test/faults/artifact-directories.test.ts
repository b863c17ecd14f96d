/** Every step of putting and deleting artifacts is the last thing its process does, or is refused: nothing is half done. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundled } from '../helpers/bundle.js';
import { type Home, isolatedHome, runProgram } from '../helpers/run-cli.js';
import { SCALE, scaled } from '../scale.js';
import { roomyTempDir } from './world.js';

interface Answer {
  readonly ok: boolean;
  readonly error?: { readonly code: string };
}

/** Begun with m = old, t/a = old, t/b = old. */
const REQUESTS = [
  { name: 'put', request: { op: 'put', path: 'm', local: 'new' }, changes: { m: 'new' } },
  {
    name: 'put-tree',
    request: { op: 'put-tree', path: 't', local: 'tree' },
    changes: { 't/a': 'new', 't/c/d': 'new' },
  },
  { name: 'delete', request: { op: 'delete', path: 't' }, changes: { 't/a': undefined, 't/b': undefined } },
] as const;
const PATHS = ['m', 't/a', 't/b', 't/c/d'];

describe('artifact directories whose writer dies', () => {
  let dir: string;
  let home: Home;
  let program: string;

  before(async () => {
    dir = roomyTempDir();
    home = isolatedHome();
    program = bundled(join(import.meta.dirname, 'faulty-at1.ts'));
    writeFileSync(join(dir, 'old'), 'old');
    writeFileSync(join(dir, 'new'), 'new');
    for (const path of ['tree/a', 'tree/c/d']) {
      mkdirSync(join(dir, path, '..'), { recursive: true });
      writeFileSync(join(dir, path), 'new');
    }
    for (const path of ['m', 't/a', 't/b']) {
      const [answer] = await ask('template', [{ op: 'put', path, local: 'old' }]);
      assert.equal(answer?.ok, true);
    }
  });

  after(() => {
    rmSync(dir, { recursive: true, force: true });
    home.remove();
  });

  async function ask(
    store: string,
    requests: readonly Readonly<Record<string, string>>[],
    over: Readonly<Record<string, string>> = { AT1_FAULT: 'step:9999:kill' },
  ): Promise<(Answer | undefined)[]> {
    const lines = requests.map((request, id) => {
      const local = request.local === undefined ? {} : { local: join(dir, request.local) };
      return `${JSON.stringify({ id, ...request, root: join(dir, store), ...local })}\n`;
    });
    const env = { ...home.env, ...over };
    const { stdout } = await runProgram(program, ['artifacts', '--stdio'], env, dir, { stdin: lines.join('') });
    const answers = stdout
      .toString()
      .split('\n')
      .filter((line) => line !== '');
    const sorted = new Map(
      answers.map((line) => [(JSON.parse(line) as { id: number }).id, JSON.parse(line) as Answer]),
    );
    return requests.map((_, id) => sorted.get(id));
  }

  /** The contents by path, as a process of its own reads them; undefined for what is not there. */
  async function contents(store: string): Promise<Record<string, string | undefined>> {
    const read = PATHS.map((path, i) => ({ op: 'get', path, local: `out${i}` }));
    for (const { local } of read) rmSync(join(dir, local), { force: true });
    const answers = await ask(store, read);
    return Object.fromEntries(
      PATHS.map((path, i) => {
        const answer = answers[i];
        if (answer?.ok === true) return [path, readFileSync(join(dir, `out${i}`), 'utf8')];
        assert.equal(answer?.error?.code, 'artifact/not-found', `${path}: ${JSON.stringify(answer)}`);
        return [path, undefined];
      }),
    );
  }

  const before_ = { m: 'old', 't/a': 'old', 't/b': 'old', 't/c/d': undefined };
  for (const { name, request, changes } of REQUESTS) {
    for (const fault of name === 'put-tree' ? (['kill', 'enospc'] as const) : (['kill'] as const)) {
      it(`${name} survives ${fault}: all of it or nothing, and the next writer goes on`, async () => {
        const after_ = { ...before_, ...changes };
        cpSync(join(dir, 'template'), join(dir, 'trial'), { recursive: true });
        await ask('trial', [request], { AT1_TRACE: join(dir, 'trace') });
        rmSync(join(dir, 'trial'), { recursive: true });
        const steps = readFileSync(join(dir, 'trace'), 'utf8').split('\n').length;
        rmSync(join(dir, 'trace'));
        const outcomes = new Set<boolean>();
        const rounds = Math.min(steps, SCALE.faultyProcesses);
        for (let i = 0; i < rounds; i++) {
          const step = Math.floor((i * steps) / rounds);
          cpSync(join(dir, 'template'), join(dir, 'trial'), { recursive: true });
          const [answer] = await ask('trial', [request], { AT1_FAULT: `step:${step}:${fault}` });
          const found = await contents('trial');
          const all = JSON.stringify(found) === JSON.stringify(after_);
          assert.ok(all || JSON.stringify(found) === JSON.stringify(before_), `step ${step}: ${JSON.stringify(found)}`);
          if (answer?.ok === true) assert.ok(all, `step ${step} was acknowledged`);
          outcomes.add(all);
          const [again] = await ask('trial', [request]);
          assert.equal(again?.ok, true, `step ${step}: ${JSON.stringify(again)}`);
          assert.deepEqual(await contents('trial'), after_);
          if (name !== 'delete') {
            const ledger = join(dir, 'trial', '.at1-ledger');
            assert.deepEqual(readdirSync(join(ledger, 'staged')), [], `step ${step}`);
            assert.deepEqual(
              readdirSync(ledger).filter((file) => !/^(?:\d{12}\.entry|staged)$/.test(file)),
              [],
            );
          }
          rmSync(join(dir, 'trial'), { recursive: true });
        }
        assert.equal(outcomes.size, 2, 'both before and after were seen');
      }).timeout(scaled(300_000));
    }
  }
});
