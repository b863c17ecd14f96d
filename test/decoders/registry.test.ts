/** A registry without at1: a clone of it, Python, ssh-keygen and sha256sum, as its VERIFY.md says; Node where asked. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { assertVerified, makePerson, type Person, put, treeOf } from '../e2e/people.js';
import { git } from '../helpers/git.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { ROOT, SCRIPT, sha256 } from './both.js';

const TOOLS = ['sh', 'ssh-keygen', 'sha256sum', 'find'];

describe('a registry without at1', () => {
  const dir = useTempDir('suite');
  let ana: Person;
  let clone: string;
  let content: string;

  before(async () => {
    ana = makePerson(dir.path, 'ana');
    const registry = dir.at('registry');
    await ana.init(registry);
    put(dir.at('tree', 'weights', 'großes modell.bin'), randomBytes((16 << 20) + 5, 1));
    put(dir.at('tree', 'config "x".json'), '{"layers": 12}\n'.repeat(3000));
    put(dir.at('tree', 'nothing'), '');
    put(dir.at('tree', 'run.sh'), '#!/bin/sh\n', 0o755);
    chmodSync(dir.at('tree', 'run.sh'), 0o755);
    mkdirSync(dir.at('tree', 'out', 'empty'), { recursive: true });
    put(
      dir.at('table.csv'),
      Array.from({ length: 2000 }, (_, i) => `${i},${(i / 8).toFixed(2)},name ${i % 7}\n`).join(''),
    );
    await ana.register(registry, { ref: 'model/team/net@1.0.0', paths: [dir.at('tree')] });
    ({ content } = await ana.register(registry, { ref: 'data/table@0.1.0', paths: [dir.at('table.csv')] }));
    clone = dir.at('clone');
    git(dir.path, ['clone', '--quiet', registry, clone]);
    mkdirSync(dir.at('bin'));
    for (const tool of TOOLS) {
      const found = (process.env.PATH ?? '').split(':').find((folder) => existsSync(join(folder, tool)));
      symlinkSync(join(found ?? assert.fail(`no ${tool}`), tool), dir.at('bin', tool));
    }
    // Not a link: what is called python3 may be a script that needs more of the path to find the program.
    const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
    writeFileSync(dir.at('bin', 'python3'), `#!/bin/sh\nexec '${stdout.trim()}' "$@"\n`, { mode: 0o755 });
  });

  /** In the clone, with Python and the programs above on the path and nothing else. */
  const without = (argv: readonly string[], cwd = clone) => {
    const env = { PATH: dir.at('bin'), PYTHONDONTWRITEBYTECODE: '1' };
    const [program = '', ...rest] = argv;
    return spawnSync(dir.at('bin', program), rest, { cwd, env, encoding: 'utf8' });
  };
  const python = (...argv: readonly string[]) => without(['python3', '.at1/verify/at1.py', ...argv]);
  const script = (...argv: readonly string[]) =>
    spawnSync(process.execPath, [SCRIPT, ...argv], { cwd: clone, encoding: 'utf8' });
  const programs = [
    ['python', python],
    ['script', script],
  ] as const;
  const ok = ({ status, stdout, stderr }: ReturnType<typeof python>) => {
    assert.equal(status, 0, `${stdout}${stderr}`);
    return stdout;
  };

  it('has the decoder and the guide in its first commit, and at1 finds nothing wrong with that', async () => {
    const first = git(clone, ['rev-list', '--max-parents=0', 'HEAD']).trim();
    const files = git(clone, ['ls-tree', '-r', '--name-only', first]).split('\n');
    assert.ok(files.includes('.at1/verify/at1.py') && files.includes('.at1/verify/VERIFY.md'));
    assert.deepEqual(
      readFileSync(join(clone, '.at1', 'verify', 'at1.py')),
      readFileSync(join(ROOT, 'decoders', 'at1.py')),
    );
    assertVerified(await ana.verify(dir.at('registry')), []);
  });

  it('verifies by the commands of VERIFY.md, word for word', () => {
    const text = readFileSync(join(clone, '.at1', 'verify', 'VERIFY.md'), 'utf8');
    const blocks = [...text.matchAll(/```sh\n([^`]*)```/g)].map(([, block = '']) => block);
    assert.equal(blocks.length, 5);
    const said = blocks.map((block) => ok(without(['sh', '-c', block])));
    assert.ok(said[0]?.startsWith(`${/ {4}([0-9a-f]{64})\n/.exec(text)?.[1]}  .at1/policy/policy.toml\n`));
    assert.match(said[0] ?? '', /\nGood "at1-policy" signature for ana with ED25519 key /);
    assert.equal(said[1]?.match(/^Good "at1-manifest" signature for ana /gm)?.length, 2);
    assert.equal(said[2], '');
    assert.match(
      said[3] ?? '',
      /^ok {6}sha256:[0-9a-f]{64} {2}data\/table\/0.1.0.toml\nok {6}sha256:.*net\/1.0.0.toml\n$/,
    );
    assert.ok(said[4]?.includes(`${content}  `));
    assert.notEqual(without(['sh', '-c', 'command -v node || command -v npm || command -v at1']).status, 0);
  });

  it('verifies one version by the lines of VERIFY.md, with its names put in', () => {
    const text = readFileSync(join(clone, '.at1', 'verify', 'VERIFY.md'), 'utf8');
    const lines = text.match(/(?<=^ {4})(ssh-keygen|python3).*/gm) ?? [];
    assert.equal(lines.length, 4);
    const object = readdirSync(join(clone, 'objects'), { recursive: true, encoding: 'utf8' }).find((name) =>
      name.endsWith('.at1'),
    );
    for (const [i, line] of lines.entries()) {
      const names = {
        NAME: 'team/net',
        VERSION: '1.0.0',
        ANA: 'ana',
        OUT: dir.at(`line ${i}`),
        FILE: `objects/${object}`,
      };
      const command = line
        .replaceAll(/\b(NAME|VERSION|ANA)\b/g, (word) => names[word as 'NAME'])
        .replace('PATH/IN/IT', '"run.sh"')
        .replace('FILE.at1', names.FILE)
        .replace('OUT', `"${names.OUT}"`);
      ok(without(['sh', '-c', command]));
    }
    assert.equal(readFileSync(dir.at('line 2'), 'utf8'), '#!/bin/sh\n');
  });

  for (const [name, at1] of programs) {
    it(`gives back a tree, a file of it and a file (${name})`, () => {
      ok(at1('get', '.', 'model/team/net/1.0.0.toml', '-o', dir.at(`${name} tree`)));
      assert.deepEqual(treeOf(dir.at(`${name} tree`)), treeOf(dir.at('tree')));
      assert.equal(statSync(dir.at(`${name} tree`, 'run.sh')).mode & 0o100, 0o100);
      assert.equal(statSync(dir.at(`${name} tree`, 'nothing')).mode & 0o100, 0);
      ok(at1('get', '.', 'model/team/net@1.0.0', 'config "x".json', '-o', dir.at(`${name} config`)));
      assert.deepEqual(readFileSync(dir.at(`${name} config`)), readFileSync(dir.at('tree', 'config "x".json')));
      ok(at1('get', clone, 'data/table/0.1.0.toml', '-o', dir.at(`${name} table`)));
      assert.equal(`sha256:${sha256(readFileSync(dir.at(`${name} table`)))}`, content);
    });

    it(`says in a line what is wrong, and ends with the number of at1 (${name})`, () => {
      put(dir.at('no container'), 'AT1?');
      const cases: readonly (readonly [number, ...string[]])[] = [
        [2],
        [2, 'frobnicate'],
        [2, 'decode'],
        [2, 'decode', 'x', '--wrong'],
        [2, 'get', '.', 'data/table@0.1.0'],
        [2, 'get', '.', '../x/1.0.0.toml', '-o', dir.at('x')],
        [10, 'list', dir.path],
        [12, 'decode', dir.at('absent')],
        [12, 'get', '.', 'data/table@9.9.9', '-o', dir.at('x')],
        [12, 'get', '.', 'data/table@0.1.0', 'absent', '-o', dir.at('x')],
        [13, 'get', '.', 'data/table@0.1.0', '-o', dir.at('table.csv')],
        [20, 'decode', dir.at('no container')],
        [15, 'decode', dir.path],
      ];
      for (const [number, ...argv] of cases) {
        const { status, stderr } = at1(...argv);
        assert.equal(status, number, `${argv.join(' ')}: ${stderr}`);
        if (argv.length > 0) assert.match(stderr, /^at1[-.a-z]+: [a-z/-]+: .*\n$/);
      }
      assert.ok(!existsSync(dir.at('x')));
      assert.match(ok(at1('--help')), /^Reads AT-1 containers/);
    });

    it(`refuses objects and manifests that were changed, and leaves nothing behind (${name})`, () => {
      const copy = dir.at(`${name} changed`);
      cpSync(clone, copy, { recursive: true });
      const manifest = join(copy, 'data', 'table', '0.1.0.toml');
      const text = readFileSync(manifest, 'utf8');
      const object = /object = "([0-9a-f]{64})"/.exec(text)?.[1] as string;
      const path = join(copy, 'objects', object.slice(0, 2), `${object}.at1`);
      const bytes = readFileSync(path);
      const refuses = (number: number, code: string) => {
        const { status, stderr } = at1('get', copy, 'data/table@0.1.0', '-o', dir.at('x'));
        assert.equal(status, number, stderr);
        assert.ok(stderr.includes(code), stderr);
        assert.equal(at1('verify', copy, 'data/table@0.1.0').status, number);
        assert.deepEqual(
          readdirSync(dir.path).filter((entry) => entry === 'x' || entry.startsWith('.at1-')),
          [],
        );
      };
      chmodSync(path, 0o644);
      writeFileSync(
        path,
        bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
      );
      refuses(20, 'object/digest-mismatch');
      rmSync(path);
      refuses(32, 'object/missing');
      writeFileSync(path, bytes);
      writeFileSync(manifest, text.replace('version = "0.1.0"', 'version = "0.1.1"'));
      refuses(23, 'document/invalid');
      writeFileSync(manifest, text.replace(/content = "sha256:.{8}/, 'content = "sha256:00000000'));
      refuses(20, 'manifest/content-mismatch');
      for (const path of ['../table.csv', '.git. /config', 'GIT~1:x']) {
        writeFileSync(manifest, text.replace('path = "table.csv"', `path = "${path}"`));
        refuses(23, 'document/invalid');
      }
      writeFileSync(manifest, text.replace('[[files]]', '[[files'));
      refuses(23, 'line ');
    });
  }

  it('is as valid without the two files, and gets them from nobody later', async () => {
    const bare = dir.at('older');
    git(dir.path, ['clone', '--quiet', dir.at('registry'), bare]);
    git(bare, ['rm', '-r', '--quiet', '.at1/verify']);
    git(bare, ['-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '--message', 'drop']);
    assertVerified(await ana.verify(bare), []);
    assert.ok(!existsSync(join(bare, '.at1', 'verify')));
    assert.equal(dirname(SCRIPT), join(ROOT, 'decoders'));
  });
});
