/**
 * What this clone cannot read is never taken for absent: no older version is handed out in its place, nobody is believed
 * whom the unreadable policy may have dropped, and nothing is registered over it.
 */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { addPrincipal, get, list, type VerifyResult, verify } from '../../src/index.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('what cannot be read from git', () => {
  const dir = useTempDir();
  let ana: Clone;

  beforeEach(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    await ana.register('model/net@1.0.0');
    await ana.register('model/net@1.1.0');
    await ana.register('model/other@1.0.0');
  });

  const path = (what: string) => {
    const oid = ana.git('rev-parse', what);
    return dir.at('registry', '.git', 'objects', oid.slice(0, 2), oid.slice(2));
  };
  const HARM = {
    'git/invalid-object': (what: string) => {
      const file = path(what);
      chmodSync(file, 0o644);
      writeFileSync(file, 'damaged');
    },
    'git/object-missing': (what: string) => rmSync(path(what)),
  } as const;
  /** The catalog remembers what was read before it was harmed; here it was never read. */
  const harm = (code: keyof typeof HARM, what: string) => {
    HARM[code](what);
    rmSync(dir.at('home', 'state'), { recursive: true });
  };
  const take = async (ref: string) => get(await ana.open(), { ref, out: dir.at('out'), force: true });

  for (const code of ['git/invalid-object', 'git/object-missing'] as const) {
    const harmed = code === 'git/invalid-object' ? 'damaged' : 'missing';

    for (const file of ['1.1.0.toml', '1.1.0.sig/ana.sig']) {
      it(`stops the newest version, its ${file} ${harmed}, from being answered by an older one`, async () => {
        harm(code, `HEAD:model/net/${file}`);
        for (const ref of ['model/net', 'net', 'model/net@^1.0', 'model/net@1.1.0']) {
          await throwsCode(() => take(ref), code);
        }
        assert.ok(!existsSync(dir.at('out')));
        assert.equal((await take('model/net@1.0.0')).ref, 'model/net@1.0.0');
        assert.equal((await take('model/other')).ref, 'model/other@1.0.0');
      });
    }

    it(`stops a version from being registered over its manifest, ${harmed}`, async () => {
      harm(code, 'HEAD:model/net/1.1.0.toml');
      const head = ana.git('rev-parse', 'HEAD');
      await throwsCode(() => ana.register('model/net@1.1.0', 'other bytes'), code);
      await throwsCode(() => ana.register('model/net', 'other bytes'), code);
      assert.equal(ana.git('rev-parse', 'HEAD'), head);
    });

    it(`stops every answer where a tree of any commit is ${harmed}`, async () => {
      harm(code, 'HEAD^^:model');
      await throwsCode(async () => list(await ana.open()), code);
      await throwsCode(() => take('model/other'), code);
      await throwsCode(async () => verify(await ana.open()), code);
    });

    it(`stops every answer where a later policy is ${harmed}`, async () => {
      const { public: key } = await makePerson(dir.at('home-bo'), 'bo').makeKey();
      await addPrincipal(await ana.open(), { name: 'bo', key });
      harm(code, 'HEAD:.at1/policy/policy.toml');
      await throwsCode(() => take('model/other'), code);
      await throwsCode(async () => list(await ana.open()), code);
      await throwsCode(() => ana.register('model/more@1.0.0'), code);
      const verified = await verify(await ana.open()).catch((error: unknown) => error);
      if (verified instanceof Error) await throwsCode(() => Promise.reject(verified), code);
      else assert.deepEqual([(verified as VerifyResult).ok, code], [false, 'git/invalid-object']);
    });
  }
});
