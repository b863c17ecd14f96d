/** doctor and what it mends with: every state a crash, a slip or a disk may leave, checked with git afterwards. */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { At1Error } from '../../src/errors.js';
import { nodeFileSystem } from '../../src/files/file-system.js';
import { processMark } from '../../src/files/process-mark.js';
import { type DoctorResult, doctor, openRegistry, verify } from '../../src/index.js';
import { tempBeside } from '../../src/store/atomic.js';
import { buried } from '../helpers/dead-process.js';
import { git } from '../helpers/git.js';
import { type Clone, initRegistry, makePerson, NOW } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';

const MANIFEST = 'model/fraud/1.0.0.toml';
const SIGNATURE = 'model/fraud/1.0.0.sig/ana.sig';

const dir = useTempDir();
let ana: Clone;
let object: string;

beforeEach(async () => {
  ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
  object = (await ana.register('model/fraud@1.0.0')).objects[0]?.path ?? '';
});

const here = (path: string) => join(ana.dir, ...path.split('/'));
const look = async (fix = false): Promise<DoctorResult> => doctor(await ana.open(), { fix });
const found = ({ findings }: DoctorResult) => findings.map(({ severity, code, subject }) => [severity, code, subject]);

/** Finds exactly this, mends it, finds nothing any more; git sees a clean tree and verify a true registry. */
async function mends(expected: string[][], fixed: RegExp): Promise<void> {
  const before = await look();
  assert.deepEqual(found(before), expected);
  assert.deepEqual(before.fixed, []);
  assert.deepEqual(found(await look()), expected, 'looking changes nothing');
  const after = await look(true);
  assert.deepEqual(after.findings, []);
  assert.equal(after.ok, true);
  assert.match(after.fixed.join('\n'), fixed);
  assert.deepEqual(await look(true), { ...after, fixed: [] });
  assert.equal(ana.git('status', '--porcelain'), '');
  assert.equal((await verify(await ana.open())).ok, true);
}

describe('doctor mends working copies of objects', () => {
  const damages: Record<string, (path: string) => void> = {
    'longer than they were': (path) => appendFileSync(path, 'x'),
    'cut off': (path) => truncateSync(path, 20),
    'empty, as after a crash': (path) => truncateSync(path, 0),
    'of other bytes': (path) => {
      const bytes = readFileSync(path);
      bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    gone: (path) => rmSync(path),
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`that are ${name}`, async () => {
      damage(here(object));
      await mends([['error', 'worktree/damaged-copy', object]], /^objects\/\S+ mended from git$/);
    });
  }

  it('and says what has no intact copy anywhere', async () => {
    ana.git('rm', '--quiet', '--cached', object);
    ana.git('commit', '--quiet', '-m', 'lose it');
    rmSync(here(object));
    const { ok, findings, fixed } = await look(true);
    assert.equal(ok, false);
    assert.deepEqual(fixed, []);
    assert.ok(findings.some(({ code, subject }) => code === 'object/missing' && subject === object));
  });
});

describe('doctor mends what git holds of an object, from the working file', () => {
  const loose = () => {
    const oid = ana.git('rev-parse', `HEAD:${object}`);
    return here(`.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`);
  };
  const overwrite = (path: string, at: number) => {
    const bytes = readFileSync(path);
    bytes.fill(0x55, at, at + 4);
    rmSync(path);
    writeFileSync(path, bytes);
  };
  const expected = () => [['error', 'object/damaged-copy', object]];

  it('where its loose object is damaged, as verify says', async () => {
    overwrite(loose(), Math.floor(readFileSync(loose()).length / 2));
    const [finding] = (await verify(await ana.open())).findings.filter(({ severity }) => severity === 'error');
    assert.match(finding?.hint ?? '', /^at1 doctor --fix/);
    await mends(expected(), /mended in git from the working file/);
    ana.git('fsck', '--full');
  });

  it('where its loose object is gone', async () => {
    rmSync(loose());
    await mends(expected(), /mended in git from the working file/);
    ana.git('fsck', '--full');
  });

  it('where it is damaged in a pack', async () => {
    const oid = ana.git('rev-parse', `HEAD:${object}`);
    ana.git('gc', '--quiet');
    const index = ana.git('rev-parse', '--git-path', 'objects/pack');
    const pack = readdirSync(here(index)).find((name) => name.endsWith('.pack')) ?? '';
    const row = ana
      .git('verify-pack', '-v', `${index}/${pack}`)
      .split('\n')
      .find((line) => line.startsWith(oid));
    overwrite(here(`${index}/${pack}`), Number(row?.split(/\s+/)[4]) + 30);
    await mends(expected(), /mended in git from the working file/);
    ana.git('cat-file', 'blob', oid);
  });

  it('but not where other bytes are committed, which it names', async () => {
    const bytes = readFileSync(here(object));
    writeFileSync(here(object), 'other bytes');
    ana.git('commit', '--quiet', '-am', 'damage it');
    writeFileSync(here(object), bytes);
    assert.deepEqual(found(await look(true)), expected());
    ana.git('commit', '--quiet', '-am', 'mend it');
    assert.deepEqual(found(await look()), []);
  });
});

describe('doctor mends working files', () => {
  it('that are gone, from git', async () => {
    rmSync(here('model'), { recursive: true });
    await mends(
      [
        ['warning', 'worktree/differs', SIGNATURE],
        ['warning', 'worktree/differs', MANIFEST],
      ],
      /^model\/fraud\/1\.0\.0\.sig\/ana\.sig written again from git\nmodel\/fraud\/1\.0\.0\.toml written again from git$/,
    );
  });

  it('but never writes over one that was changed, nor brings back one whose deletion is staged', async () => {
    writeFileSync(here(MANIFEST), 'mine\n');
    const { ok, findings, fixed } = await look(true);
    assert.equal(ok, false);
    assert.deepEqual(fixed, []);
    assert.equal(findings[0]?.hint, `git checkout -- ${MANIFEST}`);
    assert.equal(readFileSync(here(MANIFEST), 'utf8'), 'mine\n');
    ana.git('rm', '--quiet', '--force', MANIFEST);
    await look(true);
    assert.ok(!existsSync(here(MANIFEST)));
    assert.equal(ana.git('status', '--porcelain'), `D  ${MANIFEST}`);
  });

  it('and writes allowed_signers as the policy says', async () => {
    appendFileSync(here('.at1/allowed_signers'), 'eve namespaces="git" ssh-ed25519 AAAA\n');
    await mends([['error', 'worktree/differs', '.at1/allowed_signers']], /allowed_signers written as the policy says$/);
  });

  it('and names an allowed_signers that is committed with somebody in it whom the policy does not know', async () => {
    appendFileSync(here('.at1/allowed_signers'), 'eve namespaces="git" ssh-ed25519 AAAA\n');
    ana.git('commit', '--quiet', '-am', 'let eve in');
    const { ok, findings } = await look();
    assert.equal(ok, false);
    assert.ok(findings.some(({ code }) => code === 'policy/allowed-signers'));
    const mended = await look(true);
    assert.equal(mended.ok, false, 'the commit is wrong until there is a better one');
    ana.git('commit', '--quiet', '-am', 'as the policy says');
    assert.deepEqual((await look()).findings, []);
  });

  it('and completes .gitattributes, keeping what is in it', async () => {
    const lines = readFileSync(here('.gitattributes'), 'utf8');
    writeFileSync(here('.gitattributes'), '*.png binary\n');
    assert.deepEqual(found(await look()), [['error', 'worktree/differs', '.gitattributes']]);
    const { ok, fixed } = await look(true);
    assert.equal(ok, true);
    assert.deepEqual(fixed, ['.gitattributes completed; commit it']);
    assert.equal(readFileSync(here('.gitattributes'), 'utf8'), `*.png binary\n${lines}`);
  });

  it('and moves its block in .gitattributes behind what would take it back', async () => {
    const lines = readFileSync(here('.gitattributes'), 'utf8');
    const eol = () => ana.git('check-attr', 'text', '--', MANIFEST);
    writeFileSync(here('.gitattributes'), `${lines}\n  # a remark\n`);
    assert.deepEqual((await look()).findings, []);
    writeFileSync(here('.gitattributes'), `${lines}* text=auto\n`);
    assert.match(eol(), /text: auto$/);
    assert.deepEqual(found(await look()), [['error', 'worktree/differs', '.gitattributes']]);
    assert.equal((await look(true)).ok, true);
    assert.match(eol(), /text: unset$/);
    assert.equal(readFileSync(here('.gitattributes'), 'utf8'), `* text=auto\n${lines}`);
  });

  it('but not a .gitattributes it cannot read, which it names', async () => {
    const bytes = Buffer.from('# caf\u00e9\n', 'latin1');
    writeFileSync(here('.gitattributes'), bytes);
    assert.deepEqual(found(await look(true)), [['error', 'document/not-utf8', '.gitattributes']]);
    assert.deepEqual(readFileSync(here('.gitattributes')), bytes);
  });
});

describe('doctor mends the index', () => {
  it('that is not there, with the links and submodules of HEAD in it', async () => {
    symlinkSync('at1.toml', here('link'));
    ana.git('add', 'link');
    ana.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    ana.git('commit', '--quiet', '-m', 'a link and a submodule');
    mkdirSync(here('module'));
    rmSync(here('.git/index'));
    await mends([['error', 'worktree/differs', 'index']], /^index made of HEAD$/);
  });

  it('after a stop between branch and index', async () => {
    const before = readFileSync(here('.git/index'));
    await ana.register('model/fraud@1.0.1');
    writeFileSync(here('.git/index'), before);
    assert.match(ana.git('status', '--porcelain'), /^D /, 'the next git commit would take the version back');
    await mends([['error', 'worktree/differs', 'index']], /^3 entries of the index set to HEAD$/);
  });

  it('after a policy change, whose old signatures are gone', async () => {
    const bo = makePerson(dir.at('home-bo'), 'bo');
    const { public: key } = await bo.makeKey();
    assert.equal((await ana.at1(['policy', 'add-principal', 'bo', key])).code, 0);
    const before = readFileSync(here('.git/index'));
    const ci = makePerson(dir.at('home-ci'), 'ci');
    const argv = ['policy', 'add-principal', 'ci', (await ci.makeKey()).public];
    const done = await ana.at1(argv, { env: bo.env });
    assert.equal(done.code, 0, done.stderr);
    assert.ok(!existsSync(here('.at1/policy/policy.sig/ana.sig')));
    writeFileSync(here('.git/index'), before);
    await mends([['error', 'worktree/differs', 'index']], /^4 entries of the index set to HEAD$/);
  });

  it('and leaves what the user has staged, in registry files and beside them', async () => {
    const before = readFileSync(here('.git/index'));
    await ana.register('model/fraud@1.0.1');
    writeFileSync(here('.git/index'), before);
    writeFileSync(here('notes.txt'), 'mine');
    appendFileSync(here('at1.toml'), '# mine\n');
    ana.git('add', 'notes.txt', 'at1.toml');
    const { ok } = await look(true);
    assert.equal(ok, true);
    assert.equal(ana.git('status', '--porcelain'), 'M  at1.toml\nA  notes.txt');
  });

  it('but not while another program holds it', async () => {
    const before = readFileSync(here('.git/index'));
    await ana.register('model/fraud@1.0.1');
    writeFileSync(here('.git/index'), before);
    writeFileSync(here('.git/index.lock'), '');
    const { findings } = await look(true);
    assert.deepEqual(
      findings.map(({ code, subject }) => [code, subject]),
      [['git/busy', 'index']],
    );
    assert.ok(existsSync(here('.git/index.lock')));
  });
});

describe('doctor tidies', () => {
  it('unfinished writes of a killed process away, and nothing else', async () => {
    const temporary = (path: string) => tempBeside(here(path), nodeFileSystem);
    const litter = [MANIFEST, object, 'at1.toml', '.git/objects/x'].map((path) => buried(temporary(path)));
    const [alive, elsewhere] = [temporary('at1.toml'), buried(temporary('at1.toml'), 'elsewhere')];
    for (const path of [...litter, alive, elsewhere]) writeFileSync(path, 'half');
    writeFileSync(here('model/mine.tmp'), 'mine');
    const { findings } = await look();
    assert.deepEqual(findings.map(({ severity, code }) => [severity, code]).sort(), [
      ['note', 'io/failed'],
      ...litter.map(() => ['warning', 'io/failed']),
    ]);
    const { fixed } = await look(true);
    assert.equal(fixed.length, litter.length);
    for (const path of litter) assert.ok(!existsSync(path));
    for (const path of [alive, elsewhere, here('model/mine.tmp')]) assert.ok(existsSync(path));
  });

  it('no lock away, but names one that is old', async () => {
    writeFileSync(here('.git/refs/heads/main.lock'), '');
    const seconds = NOW.getTime() / 1000;
    utimesSync(here('.git/refs/heads/main.lock'), seconds - 10, seconds - 10);
    assert.deepEqual((await look()).findings, [], 'somebody may be at work');
    utimesSync(here('.git/refs/heads/main.lock'), seconds - 7200, seconds - 7200);
    const { findings } = await look(true);
    assert.deepEqual(
      findings.map(({ code, severity }) => [code, severity]),
      [['git/busy', 'error']],
    );
    assert.ok(existsSync(here('.git/refs/heads/main.lock')));
  });

  it('a lock of the registry away that is empty or cut off, once nobody can be about to write it', async () => {
    const lock = here('.git/at1.lock');
    const seconds = NOW.getTime() / 1000;
    for (const text of ['', '{"pid": 1']) {
      writeFileSync(lock, text);
      utimesSync(lock, seconds - 2, seconds - 2);
      const young = await look(true);
      assert.deepEqual(found(young), [['note', 'registry/locked', lock]]);
      assert.equal(readFileSync(lock, 'utf8'), text, 'its maker may be writing it');
      utimesSync(lock, seconds - 7200, seconds - 7200);
      await mends([['error', 'registry/locked', lock]], /at1\.lock removed/);
      assert.ok(!existsSync(lock));
    }
  });

  it('no lock of the registry away that says what at1 does not understand', async () => {
    const lock = here('.git/at1.lock');
    const seconds = NOW.getTime() / 1000;
    for (const text of ['do not touch: moving disks', '{"version": 9}']) {
      writeFileSync(lock, text);
      utimesSync(lock, seconds - 7200, seconds - 7200);
      assert.deepEqual(found(await look(true)), [['error', 'git/busy', lock]]);
      assert.equal(readFileSync(lock, 'utf8'), text);
    }
  });

  it('an old lock of a dead process away, and names it once', async () => {
    const lock = here('.git/refs/heads/main.lock');
    mkdirSync(here('.git/at1-locks'), { recursive: true });
    const owner = buried(here(`.git/at1-locks/${processMark()}`));
    writeFileSync(owner, '');
    linkSync(owner, lock);
    const seconds = NOW.getTime() / 1000;
    utimesSync(lock, seconds - 7200, seconds - 7200);
    const { findings } = await look();
    assert.deepEqual(
      findings.map(({ code, severity, hint }) => [code, severity, hint]),
      [['git/busy', 'warning', 'at1 doctor --fix removes it']],
    );
    assert.equal((await look(true)).ok, true);
    assert.ok(!existsSync(lock));
  });
});

describe('doctor in other places', () => {
  it('looks at a bare clone without wanting files in it', async () => {
    ana.git('clone', '--quiet', '--bare', '.', dir.at('bare.git'));
    const { ok, findings } = await doctor(
      await openRegistry({ dir: dir.at('bare.git'), environment: ana.person.environment }),
      { fix: true },
    );
    assert.deepEqual([ok, findings], [true, []]);
  });

  it('leaves the rest of the repository of a registry in a folder alone', async () => {
    const repository = dir.at('project');
    git(dir.path, ['init', '--quiet', 'project']);
    const inner = await initRegistry(join(repository, 'registry'), makePerson(dir.at('home-ana'), 'ana'));
    await inner.register('model/fraud@1.0.0');
    writeFileSync(join(repository, 'code.py'), 'print()');
    inner.git('add', '../code.py');
    rmSync(join(inner.dir, 'model'), { recursive: true });
    const { ok, fixed } = await doctor(await inner.open(), { fix: true });
    assert.deepEqual([ok, fixed.length], [true, 2]);
    assert.equal(inner.git('status', '--porcelain'), 'A  code.py');
  });
});

describe('doctor and verify name a damaged packed-refs', () => {
  const packed = () => here('.git/packed-refs');
  const codes = ({ findings }: Pick<DoctorResult, 'findings'>) =>
    findings.filter(({ severity }) => severity === 'error').map(({ code, subject }) => [code, subject]);

  beforeEach(() => {
    ana.git('pack-refs', '--all');
  });

  it('that was cut off, until its last line is out', async () => {
    ana.git('update-ref', 'refs/heads/zz', 'HEAD');
    ana.git('pack-refs', '--all');
    truncateSync(packed(), readFileSync(packed()).length - 5);
    assert.deepEqual(codes(await look(true)), [['git/ref-invalid', '.git/packed-refs']]);
    const result = await verify(await ana.open());
    assert.deepEqual(codes(result), [['git/ref-invalid', '.git/packed-refs']]);
    assert.match(result.findings.find(({ code }) => code === 'git/ref-invalid')?.hint ?? '', /bad lines out/);
    writeFileSync(packed(), readFileSync(packed(), 'utf8').replace(/[^\n]+$/, ''));
    assert.equal((await verify(await ana.open())).ok, true);
    assert.deepEqual(found(await look()), []);
  });

  it('and do not take a branch that was in it for one without a commit', async () => {
    writeFileSync(packed(), Buffer.from('\u0000\u0001 no refs at all'));
    await assert.rejects(
      async () => ana.open(),
      (error: At1Error) => error.code === 'git/ref-invalid' && /packed-refs/.test(`${error.message} ${error.hint}`),
    );
  });
});
