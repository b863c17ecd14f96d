/** at1 list, show, log, stats, identify and get: what they print, their JSON, and the registry as it was. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type {
  GetResult,
  IdentifyResult,
  ListResult,
  LogEntry,
  RegisterResult,
  ShowResult,
  StatsResult,
} from '../../src/index.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { inProcess } from '../helpers/run-cli.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

describe('reading a registry', () => {
  const dir = useTempDir('suite');
  const first = randomBytes(5000, 1);
  let ana: Clone;
  let here: Terminal;
  let net: RegisterResult;

  before(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    mkdirSync(dir.at('work', 'rows', 'empty'), { recursive: true });
    here = terminalOf(ana.person, dir.at('work'), { env: { AT1_REGISTRY: ana.dir } });
    writeFileSync(dir.at('work', 'net.apr'), first);
    writeFileSync(dir.at('work', 'rows', 'a.csv'), 'a\n1\n');
    writeFileSync(dir.at('work', 'rows', 'b.csv'), 'b\n2\n');
    net = await here.json<RegisterResult>('register', 'register model/net@1.9.0 net.apr');
    writeFileSync(dir.at('work', 'newer.apr'), randomBytes(6000, 2));
    await here.text('register model/net@1.10.0 newer.apr -d newer');
    await here.text('register data/rows@1.0.0 rows');
  });

  describe('`at1 list`', () => {
    it('has one aligned line for each version, newest first, and a last line what to do', async () => {
      const lines = (await here.text('list')).split('\n');
      assert.match(lines[0] ?? '', /^VERSION +CREATED +SIZE +STORED +STAGE +SIGNED BY +CONTENT$/);
      assert.deepEqual(
        lines.slice(1, 4).map((line) => line.split(' ')[0]),
        ['data/rows@1.0.0', 'model/net@1.10.0', 'model/net@1.9.0'],
      );
      assert.match(lines[3] ?? '', / 4\.88 KiB .* development {2}ana {8}[0-9a-f]{12}$/);
      assert.deepEqual(lines.slice(4), ['3 versions of 2 artifacts', 'next: at1 show data/rows@1.0.0', '']);
    });

    it('lists one kind, one artifact, one moment', async () => {
      const refs = async (line: string) =>
        (await here.json<ListResult>('list', line)).artifacts.flatMap(({ kind, name, versions }) =>
          versions.map(({ version }) => `${kind}/${name}@${version}`),
        );
      assert.deepEqual(await refs('list model'), ['model/net@1.10.0', 'model/net@1.9.0']);
      assert.deepEqual(await refs('list rows'), ['data/rows@1.0.0']);
      assert.deepEqual(await refs('list recipe'), []);
      assert.deepEqual(await refs(`list --at ${net.commit}`), ['model/net@1.9.0']);
      assert.deepEqual(await refs('list --at model/net@v1.10.0'), ['model/net@1.10.0', 'model/net@1.9.0']);
      assert.equal((await refs('list --at 2999-01-01T00:00:00Z')).length, 3);
      assert.match(await here.text('list recipe'), /^no versions of kind recipe yet\nnext: at1 recipe register /);
      await here.refuses(12, 'artifact/not-found', 'list model/nett');
      await here.refuses(12, 'artifact/not-found', 'list --at nowhere');
      await here.refuses(12, 'artifact/not-found', 'list --at 1999-01-01T00:00:00Z');
    });

    it('has no colours where it is not a terminal, and some where it is', async function () {
      // A terminal can be played only in this process; from source this test always runs.
      if (!inProcess) this.skip();
      assert.ok(!(await here.text('list')).includes('\u001b'));
      const terminal = terminalOf(ana.person, ana.dir, { terminal: true });
      assert.ok((await terminal.text('list')).includes('\u001b[2m'));
    });
  });

  describe('`at1 show`', () => {
    it('has whole digests and every file', async () => {
      const text = await here.text('show data/rows');
      assert.match(text, /^data\/rows@1\.0\.0\nstate +effective, signed by ana\nstage +development\n/);
      assert.match(text, /\ncontent +sha256:[0-9a-f]{64}\n/);
      assert.match(text, /\n[0-9a-f]{64} +4 B {2}a\.csv\n[0-9a-f]{64} +4 B {2}b\.csv\n +empty\/\n/);
      assert.match(text, /\nnext: at1 get data\/rows@1\.0\.0 -o OUT\n$/);
    });

    it('takes every form of a reference, and the past', async () => {
      const version = async (line: string) => (await here.json<ShowResult>('show', line)).version;
      assert.equal(await version('show net'), '1.10.0');
      assert.equal(await version('show pacha://model/net:1.9.0'), '1.9.0');
      assert.equal(await version('show model/net@^1.9'), '1.10.0');
      assert.equal(await version(`show net@${net.content}`), '1.9.0');
      assert.equal(await version(`show net --at ${net.commit?.slice(0, 10)}`), '1.9.0');
      await here.refuses(12, 'artifact/not-found', 'show net@2.0.0');
      await here.refuses(2, 'usage/reference', 'show net@');
      await here.refuses(2, 'usage/invalid', 'show');
    });
  });

  describe('`at1 log`', () => {
    it('tells who registered what, newest first', async () => {
      const text = await here.text('log');
      assert.match(text, /^TIME \(UTC\) +EVENT +VERSION +SIGNED BY +COMMIT +DESCRIPTION\n/);
      assert.match(text, /registered {2}model\/net@1\.10\.0 +ana +[0-9a-f]{12} {2}newer\n/);
      const { entries } = await here.json<{ entries: LogEntry[] }>('log', 'log model/net');
      assert.equal(entries.length, 2);
      const past = await here.json<{ entries: LogEntry[] }>('log', `log --at ${net.commit}`);
      assert.deepEqual(
        past.entries.map(({ ref, commit }) => [ref, commit]),
        [['model/net@1.9.0', net.commit]],
      );
    });
  });

  describe('`at1 stats`', () => {
    it('counts', async () => {
      const found = await here.json<StatsResult>('stats', 'stats');
      assert.deepEqual([found.models, found.datasets, found.recipes, found.versions, found.files], [1, 1, 0, 3, 4]);
      assert.equal(found.size, 11008);
      assert.match(await here.text('stats'), /^models +1\ndatasets +1\n[\s\S]*\nsize +10\.8 KiB\nstored +/);
      assert.equal((await here.json<StatsResult>('stats', `stats --at ${net.commit}`)).versions, 1);
    });
  });

  describe('`at1 identify`', () => {
    it('knows a file, a folder, a file of a folder and a digest, whatever they are called', async () => {
      writeFileSync(dir.at('work', 'unnamed'), first);
      assert.match(await here.text('identify unnamed'), /^model\/net@1\.9\.0: development, signed by ana, created /);
      assert.match(await here.text('identify rows'), /^data\/rows@1\.0\.0: /);
      assert.match(await here.text('identify rows/a.csv'), /^data\/rows@1\.0\.0 \(a file of it: a\.csv\): /);
      const { versions } = await here.json<IdentifyResult>('identify', `identify ${net.content}`);
      assert.deepEqual([versions[0]?.ref, versions[0]?.match], ['model/net@1.9.0', 'content']);
      const object = await here.json<IdentifyResult>('identify', `identify sha256:${net.objects[0]?.digest}`);
      assert.equal(object.versions[0]?.match, 'object');
    });

    it('says unknown, with exit 12, in text and in JSON', async () => {
      writeFileSync(dir.at('work', 'strange'), 'nobody registered this');
      const text = await here.at1('identify strange');
      assert.equal(text.code, 12);
      assert.match(
        text.stdout,
        /^unknown: no version has these bytes\ndigest: sha256:[0-9a-f]{64}\nnext: at1 register /,
      );
      const { code, json } = await here.at1('identify strange --json');
      assert.deepEqual([code, (json as IdentifyResult).known], [12, false]);
      const earlier = await here.at1(`identify newer.apr --at ${net.commit}`);
      assert.equal(earlier.code, 12);
      await here.refuses(2, 'usage/path', 'identify not-there');
    });
  });

  describe('`at1 get`', () => {
    it('writes a file under its name, under another, into a folder, and a tree', async () => {
      const text = await here.text('get net@1.9.0 -o got.apr');
      assert.match(text, /^wrote .*got\.apr\nmodel\/net@1\.9\.0, 4\.88 KiB, content [0-9a-f]{12}, signed by ana\n/);
      assert.deepEqual(new Uint8Array(readFileSync(dir.at('work', 'got.apr'))), first);
      mkdirSync(dir.at('work', 'folder'));
      await here.text('get net@1.9.0 --out folder');
      assert.ok(existsSync(dir.at('work', 'folder', 'net.apr')));
      const tree = await here.json<GetResult>('get', 'get rows -o copy');
      assert.deepEqual([tree.files, tree.damaged], [2, []]);
      assert.equal(readFileSync(dir.at('work', 'copy', 'a.csv'), 'utf8'), 'a\n1\n');
      assert.ok(existsSync(dir.at('work', 'copy', 'empty')));
    });

    it('writes over a file only with --force', async () => {
      writeFileSync(dir.at('work', 'mine'), 'mine');
      await here.refuses(13, 'output/exists', 'get net -o mine');
      assert.equal(readFileSync(dir.at('work', 'mine'), 'utf8'), 'mine');
      await here.text('get net@1.9.0 -o mine -f');
      assert.deepEqual(new Uint8Array(readFileSync(dir.at('work', 'mine'))), first);
    });

    it('gives one container, and what was there at another time', async () => {
      await here.text('get net@1.9.0 --as at1 -o net.at1');
      await here.text('unpack net.at1 -o unpacked.apr');
      assert.deepEqual(new Uint8Array(readFileSync(dir.at('work', 'unpacked.apr'))), first);
      const { ref } = await here.json<GetResult>('get', `get net --at ${net.commit} -o past.apr`);
      assert.equal(ref, 'model/net@1.9.0');
      await here.refuses(2, 'usage/invalid', 'get rows --as at1 -o rows.at1');
      await here.refuses(2, 'usage/invalid', 'get net --as zip');
      await here.refuses(12, 'artifact/not-found', 'get nett -o x');
    });

    it('says which damaged copy it passed over, and fails where none is intact', async () => {
      const other = await initRegistry(dir.at('damaged'), makePerson(dir.at('home-2'), 'bo'));
      const { objects } = await other.register('model/net@1.0.0');
      const path = `${other.dir}/${objects[0]?.path}`;
      writeFileSync(path, Buffer.concat([readFileSync(path).subarray(0, 40), Buffer.from('damage')]));
      const { code, stderr } = await other.at1(['get', 'net', '-o', dir.at('mended')]);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^warning: passed over a damaged copy: objects\/.*\(working file\)\nhint: at1 doctor --fix/);
      assert.equal(readFileSync(dir.at('mended'), 'utf8'), 'content of model/net@1.0.0');
    });
  });
});
