/** at1 doctor and at1 reindex: what they say, in text and JSON, and the exit number of findings. */
import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkOutput } from '../helpers/check-output.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';

interface DoctorJson {
  readonly ok: boolean;
  readonly git: string | null;
  readonly key: { readonly principal: string | null } | null;
  readonly findings: readonly { readonly code: string; readonly severity: string; readonly subject: string }[];
  readonly fixed: readonly string[];
}

const dir = useTempDir();
let ana: Clone;

beforeEach(async () => {
  ana = await initRegistry(dir.at('ana registry'), makePerson(dir.at('home-ana'), 'ana'));
  await ana.register('model/fraud@1.0.0');
});

async function doctor(exit: number, ...flags: string[]): Promise<DoctorJson> {
  const { code, json } = await ana.at1(['doctor', ...flags, '--json']);
  checkOutput('doctor', json);
  assert.equal(code, exit, JSON.stringify(json));
  return json as DoctorJson;
}

function anObject(): string {
  const name = readdirSync(join(ana.dir, 'objects'), { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('.at1'),
  );
  assert.ok(name !== undefined);
  return join('objects', name);
}

describe('at1 doctor', () => {
  it('finds nothing in a fresh registry, and names git, the key and who it is', async () => {
    const result = await doctor(0);
    assert.deepEqual([result.ok, result.findings, result.fixed], [true, [], []]);
    assert.match(result.git ?? '', /^\d+\.\d+/);
    assert.equal(result.key?.principal, 'ana');
    const { stdout, code } = await ana.at1(['doctor']);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^git: \d\S+\nkey: \S.*id_ed25519, ana\nall is well\nnext: at1 verify checks the registry itself\n$/,
    );
  });

  it('exits by its findings, and mends what has an intact copy', async () => {
    const path = anObject();
    const whole = readFileSync(join(ana.dir, path));
    appendFileSync(join(ana.dir, path), 'x');
    const { findings } = await doctor(20);
    assert.deepEqual(
      findings.map(({ code, subject }) => [code, subject]),
      [['worktree/damaged-copy', path]],
    );
    const text = await ana.at1(['doctor']);
    assert.equal(text.code, 20);
    assert.match(text.stdout, /^error: objects\/.*git has an intact copy \[worktree\/damaged-copy\]$/m);
    assert.match(text.stdout, /\nnext: at1 doctor --fix\n$/);
    const fixed = await ana.at1(['doctor', '--fix']);
    assert.equal(fixed.code, 0);
    assert.match(fixed.stdout, /^fixed: objects\/\S+ mended from git$/m);
    assert.deepEqual(readFileSync(join(ana.dir, path)), whole);
    assert.deepEqual((await doctor(0)).findings, []);
  });

  it('warns where the key is not in the policy, or where there is none', async () => {
    const nobody = makePerson(dir.at('home-nobody'), 'nobody');
    const none = await ana.at1(['doctor', '--json'], { env: nobody.env });
    assert.equal(none.code, 0);
    checkOutput('doctor', none.json);
    assert.equal((none.json as DoctorJson).key, null);
    assert.deepEqual(
      (none.json as DoctorJson).findings.map(({ code, severity }) => [code, severity]),
      [['key/none', 'warning']],
    );
    await nobody.makeKey();
    const unknown = await ana.at1(['doctor'], { env: nobody.env });
    assert.equal(unknown.code, 0);
    assert.match(unknown.stdout, /^key: .*, not in the policy$/m);
    assert.match(unknown.stdout, /^warning: .*the policy does not list your key \[signature\/unknown-key\]$/m);
  });

  it('says where there is no git, which is no error', async () => {
    const { code, json, stdout } = await ana.at1(['doctor', '--json'], { env: { PATH: dir.at('empty') } });
    assert.equal(code, 0, stdout);
    checkOutput('doctor', json);
    assert.equal((json as DoctorJson).git, null);
    assert.match((await ana.at1(['doctor'], { env: { PATH: dir.at('empty') } })).stdout, /^git: not found$/m);
  });

  it('fails outside of a registry', async () => {
    const { code, json } = await ana.at1(['doctor', '--json'], { cwd: dir.path });
    assert.equal(code, 10);
    checkOutput('error', json);
  });
});

describe('at1 reindex', () => {
  it('reads all of history again, and says what it found', async () => {
    await ana.register('model/fraud@1.0.1');
    const { code, json } = await ana.at1(['reindex', '--json']);
    assert.equal(code, 0);
    checkOutput('reindex', json);
    assert.deepEqual(json, { head: ana.git('rev-parse', 'HEAD'), commits: 3, versions: 2, segments: 2 });
    const { stdout } = await ana.at1(['reindex']);
    assert.match(stdout, /^read 3 commits up to [0-9a-f]{12}: 2 versions, 2 segments\n$/);
  });

  it('replaces a catalog that was planted or lost', async () => {
    const catalog = join(ana.dir, '.at1', 'cache', 'catalog.jsonl');
    const good = readFileSync(catalog, 'utf8');
    writeFileSync(catalog, good.replaceAll('1.0.0', '6.6.6'));
    assert.equal((await ana.at1(['reindex'])).code, 0);
    assert.equal(readFileSync(catalog, 'utf8'), good);
    rmSync(join(ana.dir, '.at1', 'cache'), { recursive: true });
    assert.equal((await ana.at1(['reindex'])).code, 0);
    assert.equal(readFileSync(catalog, 'utf8'), good);
  });

  it('fails where the cache cannot be written', async () => {
    rmSync(join(ana.dir, '.at1', 'cache'), { recursive: true });
    writeFileSync(join(ana.dir, '.at1', 'cache'), 'in the way');
    const { code, json } = await ana.at1(['reindex', '--json']);
    assert.equal(code, 15);
    checkOutput('error', json);
    assert.match((await ana.at1(['reindex'])).stderr, /cache' is a file \[io\/unsafe-path\]/);
  });
});
