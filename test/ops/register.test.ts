import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { get, init, openRegistry, register } from '../../src/index.js';
import { git } from '../helpers/git.js';
import { isolatedHome } from '../helpers/run-cli.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('registering while git takes working files away', () => {
  const dir = useTempDir();
  const home = isolatedHome();
  after(() => home.remove());

  /** `times`: how often the objects vanish, after they were stored and before they are committed. */
  async function open(times: number) {
    const root = dir.at('registry');
    let left = times;
    const environment = {
      home: home.dir,
      configDir: join(home.dir, 'config'),
      stateDir: join(home.dir, 'state'),
      now: () => {
        if (left-- > 0) rmSync(join(root, 'objects'), { recursive: true, force: true });
        return new Date('2026-11-28T12:00:00Z');
      },
    };
    if (!existsSync(root)) await init({ dir: root, environment: { ...environment, now: () => new Date() } });
    writeFileSync(dir.at('weights.bin'), 'weights');
    return { root, registry: await openRegistry({ dir: root, environment }) };
  }

  it('stores them again', async () => {
    const { root, registry } = await open(2);
    const { state } = await register(registry, { ref: 'model/a@1.0.0', paths: [dir.at('weights.bin')] });
    assert.equal(state, 'registered');
    assert.equal(git(root, ['status', '--porcelain']), '');
    await get(await openRegistry({ dir: root }), { ref: 'model/a@1.0.0', out: dir.at('back') });
  });

  it('is refused with the reason, leaving nothing, where what came in cannot be read again', async () => {
    const { root, registry } = await open(1);
    const head = git(root, ['rev-parse', 'HEAD']);
    const bytes = (async function* () {
      yield new TextEncoder().encode('a stream');
    })();
    await throwsCode(
      () => register(registry, { ref: 'model/b@1.0.0', content: { name: 'b.bin', bytes } }),
      'object/missing',
    );
    assert.equal(git(root, ['rev-parse', 'HEAD']), head);
    assert.equal(git(root, ['status', '--porcelain']), '');
  });
});
