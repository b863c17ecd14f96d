/** What is remembered outside the repository, and what it is good for: other roots, rewinds, turned histories. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Oid } from '../../src/git-format/oid.js';
import { get, openRegistry, type VerifyResult, verify } from '../../src/index.js';
import { memoryPath } from '../../src/store/state-memory.js';
import { codesOf } from '../helpers/fold-results.js';
import { git } from '../helpers/git.js';
import {
  ana,
  bo,
  carol,
  environmentOf,
  eve,
  HistoryBuilder,
  type Key,
  OTHER_REGISTRY,
  REGISTRY,
} from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const dir = useTempDir();
let b: HistoryBuilder;
let root: Oid;
let tip: Oid;
let environment: Awaited<ReturnType<typeof environmentOf>>;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
  tip = await b.commit([root], await b.version('model/x@1.0.0'));
  environment = await environmentOf(dir.at('home'), ana);
});

const open = (name: string, extra: object = {}, at?: string) =>
  openRegistry({ dir: dir.at(name), environment: { ...environment, ...extra }, at });

async function check(name: string, extra: object = {}): Promise<VerifyResult> {
  return verify(await open(name, extra));
}

/** The remote is at `commit`; whoever fetches sees it. */
function publish(commit: Oid): void {
  const bare = dir.at('remote.git');
  if (!existsSync(bare)) git(dir.path, ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  b.writeObjects(bare);
  git(bare, ['update-ref', 'refs/heads/main', commit]);
}

function clone(name: string): void {
  git(dir.path, ['clone', '--quiet', dir.at('remote.git'), name]);
}

function pull(name: string): void {
  git(dir.at(name), ['fetch', '--quiet', '--force', 'origin']);
  git(dir.at(name), ['reset', '--quiet', '--hard', 'origin/main']);
}

describe('the root of trust', () => {
  it('is trusted on first use, then remembered', async () => {
    b.writeTo(dir.at('one'), tip);
    const first = await check('one');
    assert.deepEqual(
      [first.trust, first.ok, codesOf(first.findings, 'note')],
      ['first-use', true, ['trust/first-use', 'tag/missing']],
    );
    assert.equal((await check('one')).trust, 'remembered');
  });

  it('is what was pinned, or nothing is believed', async () => {
    b.writeTo(dir.at('one'), tip);
    const { root: digest } = await check('one');
    assert.deepEqual(
      [(await check('one', { root: digest })).trust, (await check('one', { root: digest })).ok],
      ['pinned', true],
    );
    const wrong = { root: `sha256:${'0'.repeat(64)}` };
    assert.deepEqual(codesOf((await check('one', wrong)).findings), ['trust/root-changed']);
    await throwsCode(
      async () => get(await open('one', wrong), { ref: 'model/x', out: dir.at('out') }),
      'trust/root-changed',
    );
    assert.ok(!existsSync(dir.at('out')));
    assert.ok((await check('one')).ok, 'a wrong pin leaves no trace');
  });

  it('cannot be replaced under the same id', async () => {
    b.writeTo(dir.at('one'), tip);
    await check('one');
    const fake = await b.commit(
      [await b.commit([], await b.genesis(eve))],
      await b.version('model/x@1.0.0', { keys: [eve] }),
    );
    b.writeTo(dir.at('two'), fake);
    const { ok, findings } = await check('two');
    assert.deepEqual([ok, codesOf(findings)], [false, ['trust/root-changed']]);
    await throwsCode(async () => get(await open('two'), { ref: 'model/x', out: dir.at('out') }), 'trust/root-changed');
  });

  it('does not need a state folder that can be written', async () => {
    b.writeTo(dir.at('one'), tip);
    writeFileSync(dir.at('blocked'), '');
    const { ok, findings } = await check('one', { stateDir: join(dir.at('blocked'), 'state') });
    assert.ok(ok);
    assert.ok(findings.some(({ code }) => code === 'trust/state-unwritable'));
    await get(await open('one', { stateDir: join(dir.at('blocked'), 'state') }), {
      ref: 'model/x',
      out: dir.at('out'),
    });
  });

  it('is not recognised in a shallow clone, which is no error unless it was pinned', async () => {
    publish(tip);
    git(dir.path, ['clone', '--quiet', '--depth=1', `file://${dir.at('remote.git')}`, 'shallow']);
    const { ok, trust, findings, root: digest } = await check('shallow');
    assert.deepEqual([ok, trust], [true, 'first-use']);
    assert.ok(codesOf(findings, 'note').includes('history/shallow'));
    assert.deepEqual(codesOf((await check('shallow', { root: digest })).findings), ['trust/root-changed']);
    git(dir.at('shallow'), ['fetch', '--quiet', '--unshallow']);
    const whole = await check('shallow', { root: digest });
    assert.deepEqual([whole.ok, whole.trust], [true, 'pinned']);
    const log = await get(await open('shallow'), { ref: 'model/x', out: dir.at('out') });
    assert.equal(log.commit, tip, 'what the shallow clone showed is forgotten');
  });
});

describe('a memory that is there', () => {
  it('does not accept a shallow clone that begins with what nobody here has seen', async () => {
    const two = await b.commit([tip], await b.policy(2, tip, [ana], { principals: [ana, carol] }));
    const three = await b.commit([two], await b.version('model/x@1.1.0'));
    publish(three);
    clone('mine');
    assert.ok((await check('mine')).ok);
    // Honest ones begin with a policy that was in force.
    git(dir.path, ['clone', '--quiet', '--depth=2', `file://${dir.at('remote.git')}`, 'shallow']);
    assert.ok((await check('shallow')).ok);
    const fake = await b.commit(
      [await b.commit([await b.commit([], await b.genesis(eve))], await b.version('model/x@1.1.0', { keys: [eve] }))],
      { 'README.md': 'x' },
    );
    publish(fake);
    git(dir.path, ['clone', '--quiet', '--depth=2', `file://${dir.at('remote.git')}`, 'forged']);
    const { findings } = await check('forged');
    assert.ok(codesOf(findings).includes('trust/root-changed'));
    const error = findings.find(({ code }) => code === 'trust/root-changed');
    assert.equal(error?.hint, 'git fetch --unshallow');
    await throwsCode(
      async () => get(await open('forged'), { ref: 'model/x', out: dir.at('out') }),
      'trust/root-changed',
    );
    // An older policy is no beginning without the one that replaced it.
    publish(await b.commit([tip], { 'README.md': 'y' }));
    git(dir.path, ['clone', '--quiet', '--depth=1', `file://${dir.at('remote.git')}`, 'older']);
    assert.ok(codesOf((await check('older')).findings).includes('trust/root-changed'));
  });

  it('and is damaged is an error until somebody moves it away, and is not written over', async () => {
    b.writeTo(dir.at('one'), tip);
    assert.ok((await check('one')).ok);
    const path = memoryPath(environment.stateDir, REGISTRY);
    writeFileSync(path, 'junk');
    for (let times = 0; times < 2; times++) {
      assert.deepEqual(codesOf((await check('one')).findings), ['trust/root-changed']);
    }
    assert.equal(readFileSync(path, 'utf8'), 'junk');
    await throwsCode(async () => get(await open('one'), { ref: 'model/x', out: dir.at('out') }), 'trust/root-changed');
    rmSync(path);
    assert.ok((await check('one')).ok);
  });

  it('is held against mirrors too, which have no remote-tracking branches', async () => {
    publish(await b.commit([tip], await b.version('model/x@1.1.0')));
    git(dir.path, ['clone', '--quiet', '--mirror', dir.at('remote.git'), 'mirror.git']);
    assert.ok((await check('mirror.git')).ok);
    publish(tip);
    git(dir.at('mirror.git'), ['fetch', '--quiet', 'origin']);
    assert.deepEqual(codesOf((await check('mirror.git')).findings), ['history/rewound']);
  });
});

describe('a policy file that a stranger changed', () => {
  it('is told, and stops reading only where it is gone', async () => {
    publish(tip);
    clone('mine');
    assert.ok((await check('mine')).ok);
    const junk = await b.commit([tip], { '.at1/policy/policy.toml': 'junk' }, { key: null });
    publish(junk);
    pull('mine');
    assert.ok(!(await check('mine')).ok);
    await get(await open('mine'), { ref: 'model/x', out: dir.at('out') });
    git(dir.at('mine'), ['reset', '--quiet', '--hard', tip]);
    await get(await open('mine'), { ref: 'model/x', out: dir.at('out'), force: true });
    const removed = await b.commit([junk], { '.at1/policy/policy.toml': null }, { key: null });
    publish(removed);
    pull('mine');
    assert.ok(codesOf((await check('mine')).findings).includes('history/policy-removed'));
    await throwsCode(
      async () => get(await open('mine'), { ref: 'model/x', out: dir.at('out') }),
      'history/policy-removed',
    );
  });
});

describe('a remote-tracking branch', () => {
  it('may go forward, and nowhere else', async () => {
    publish(tip);
    clone('mine');
    assert.ok((await check('mine')).ok);
    const next = await b.commit([tip], await b.version('model/x@1.1.0'));
    publish(next);
    pull('mine');
    assert.ok((await check('mine')).ok);
    for (const rewound of [tip, await b.commit([tip], await b.version('model/x@1.1.0', { content: 'other' }))]) {
      publish(rewound);
      pull('mine');
      const { findings } = await check('mine');
      assert.deepEqual(codesOf(findings), ['history/rewound']);
      await throwsCode(async () => get(await open('mine'), { ref: 'model/x', out: dir.at('out') }), 'history/rewound');
    }
    publish(next);
    pull('mine');
    assert.ok((await check('mine')).ok, 'what was wrong was not remembered');
  });

  it('that was rewound is seen from a new clone too, and a clone that was not fetched is no rewind', async () => {
    publish(tip);
    for (const name of ['mine', 'stale']) {
      clone(name);
      assert.ok((await check(name)).ok);
    }
    publish(await b.commit([tip], await b.version('model/x@1.1.0')));
    pull('mine');
    assert.ok((await check('mine')).ok);
    assert.ok((await check('stale')).ok);
    publish(tip);
    clone('new');
    assert.deepEqual(codesOf((await check('new')).findings), ['history/rewound']);
    pull('stale');
    assert.ok((await check('stale')).ok);
  });

  it('of a fork, whose clones call it origin as well, has no say about the repository it was made from', async () => {
    publish(tip);
    for (const name of ['mine', 'other']) clone(name);
    git(dir.path, ['clone', '--quiet', '--bare', dir.at('remote.git'), 'fork.git']);
    clone('theirs');
    git(dir.at('theirs'), ['remote', 'set-url', 'origin', dir.at('fork.git')]);
    const forked = await b.commit([tip], await b.version('model/x@1.1.0'));
    b.writeTo(dir.at('built'), forked);
    git(dir.at('fork.git'), ['fetch', '--quiet', dir.at('built'), '+HEAD:refs/heads/main']);
    pull('theirs');
    assert.ok((await check('theirs')).ok);
    for (const name of ['mine', 'other']) assert.ok((await check(name)).ok);
    git(dir.path, ['clone', '--quiet', dir.at('fork.git'), 'new']);
    assert.ok((await check('new')).ok);
    git(dir.at('fork.git'), ['update-ref', 'refs/heads/main', tip]);
    git(dir.path, ['clone', '--quiet', dir.at('fork.git'), 'rewound']);
    assert.deepEqual(codesOf((await check('rewound')).findings), ['history/rewound']);
  });

  it('is watched under its old name when at1.toml names another', async () => {
    publish(tip);
    clone('mine');
    assert.ok((await check('mine')).ok);
    const config = new TextDecoder().decode(b.bytesAt(root, 'at1.toml')).replace('"main"', '"trunk"');
    const rewound = await b.commit([root], { 'at1.toml': config });
    publish(rewound);
    git(dir.at('remote.git'), ['update-ref', 'refs/heads/trunk', rewound]);
    pull('mine');
    assert.ok(codesOf((await check('mine')).findings).includes('history/rewound'));
    git(dir.at('mine'), ['update-ref', '-d', 'refs/remotes/origin/main']);
    assert.deepEqual(codesOf((await check('mine')).findings), ['history/rewound']);
  });

  it('says nothing about local resets, feature branches and the past', async () => {
    const next = await b.commit([tip], await b.version('model/x@1.1.0'));
    publish(next);
    clone('mine');
    assert.ok((await check('mine')).ok);
    git(dir.at('mine'), ['reset', '--quiet', '--hard', tip]);
    assert.ok((await check('mine')).ok);
    git(dir.at('mine'), ['switch', '--quiet', '-c', 'feature']);
    git(dir.at('mine'), ['commit', '--quiet', '--allow-empty', '-m', 'x']);
    assert.ok((await check('mine')).ok);
    assert.ok((await verify(await open('mine', {}, root))).ok);
  });
});

describe('a history turned around by a merge', () => {
  let main: Oid;

  async function turned(key: Key, extra: { forgedPolicy?: boolean } = {}): Promise<void> {
    // Before the commit everybody has seen: under the policy that still listed them.
    let side = await b.commit([tip], await b.version('data/y@1.0.0', { keys: [key] }), { key });
    if (extra.forgedPolicy) side = await b.commit([side], everything(main, '.at1'), { key });
    const merged = await b.commit(
      [side, main],
      { ...everything(main, ''), ...(await b.version('data/y@1.0.0', { keys: [key] })) },
      { key },
    );
    publish(merged);
    pull('mine');
  }

  function everything(commit: Oid, folder: string) {
    const old = Object.keys(b.filesBelow(tip, '.at1/policy/policy.sig')).map((path) => [path, null]);
    return { ...Object.fromEntries(old), ...b.filesBelow(commit, folder) };
  }

  it('by an honest pull is nothing wrong', async () => {
    main = await b.commit([tip], await b.version('model/x@1.1.0'));
    publish(main);
    clone('mine');
    assert.ok((await check('mine')).ok);
    await turned(bo);
    const { ok, findings } = await check('mine');
    assert.deepEqual([ok, codesOf(findings)], [true, []]);
  });

  it('by somebody without a key who drops a version is seen, however it is hidden', async () => {
    main = await b.commit([tip], await b.version('model/x@1.1.0'));
    publish(main);
    clone('mine');
    assert.ok((await check('mine')).ok);
    const side = await b.commit([main], {}, { key: null, onto: tip });
    publish(await b.commit([tip, side], {}, { key: null }));
    pull('mine');
    assert.ok(!(await check('mine')).ok);
    assert.ok(codesOf((await check('mine')).findings).includes('history/manifest-removed'));
    await throwsCode(
      async () => get(await open('mine'), { ref: 'model/x@1.1.0', out: dir.at('out') }),
      'history/manifest-removed',
    );
  });

  for (const forgedPolicy of [false, true]) {
    it(`by somebody who was dropped is seen, the policy ${forgedPolicy ? 'put back before' : 'merged'}`, async () => {
      main = await b.commit([tip], await b.policy(2, tip, [ana], { principals: [ana] }));
      publish(main);
      clone('mine');
      assert.ok((await check('mine')).ok);
      await turned(bo, { forgedPolicy });
      assert.deepEqual(codesOf((await check('mine')).findings), ['signature/unknown-key']);
      await throwsCode(
        async () => get(await open('mine'), { ref: 'data/y@1.0.0', out: dir.at('out') }),
        'signature/unknown-key',
      );
    });
  }
});

describe('the catalog', () => {
  it('is believed only as this machine wrote it', async () => {
    const evil = await b.commit([tip], await b.version('model/x@1.1.0', { keys: [eve] }));
    b.writeTo(dir.at('one'), evil);
    const ask = async () => get(await open('one'), { ref: 'model/x@1.1.0', out: dir.at('out') });
    await throwsCode(ask, 'signature/unknown-key');
    const path = dir.at('one', '.at1', 'cache', 'catalog.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    const rows = lines.slice(1, -1).map((line) => JSON.parse(line));
    for (const row of rows) Object.assign(row, { effective: row.commit, problems: [], signers: ['ana'] });
    const forged = `${[lines[0], ...rows.map((row) => JSON.stringify(row))].join('\n')}\n`;
    for (const text of [forged, '', '{', `${lines[0]}\n`, `${lines[0]?.replace(/"catalog":\d+/, '"catalog":99')}\n`]) {
      chmodSync(path, 0o644);
      writeFileSync(path, text);
      await throwsCode(ask, 'signature/unknown-key');
    }
    assert.ok(!existsSync(dir.at('out')));
  });

  it('of a repository on another machine, or committed by somebody, is made anew', async () => {
    b.writeTo(dir.at('one'), tip);
    await get(await open('one'), { ref: 'model/x', out: dir.at('out') });
    rmSync(dir.at('home', 'state', 'catalogs', `${REGISTRY}.txt`));
    const found = await get(await open('one'), { ref: 'model/x', out: dir.at('out'), force: true });
    assert.equal(found.commit, tip);
  });

  it('keeps nothing that damage of this clone made seem wrong', async () => {
    b.writeTo(dir.at('one'), tip);
    const oid = b.fileAt(tip, 'model/x/1.0.0.sig/ana.sig');
    const loose = dir.at('one', '.git', 'objects', oid.slice(0, 2), oid.slice(2));
    const bytes = readFileSync(loose);
    chmodSync(loose, 0o644);
    writeFileSync(loose, 'damaged');
    const ask = async () => get(await open('one'), { ref: 'model/x@1.0.0', out: dir.at('out') });
    await throwsCode(ask, 'git/invalid-object');
    writeFileSync(loose, bytes);
    await ask();
  });
});

describe('a registry in or around another one', () => {
  /** Files of a registry of eve's, in a folder. */
  async function planted(folder: string): Promise<Record<string, Uint8Array>> {
    const other = await HistoryBuilder.make();
    const begun = await other.commit([], await other.genesis(eve, {}, OTHER_REGISTRY), { key: eve });
    const all = await other.commit(
      [begun],
      await other.version('model/x@1.0.0', { keys: [eve], registry: OTHER_REGISTRY }),
    );
    const files = Object.entries(other.filesBelow(all, ''));
    return Object.fromEntries(files.map(([path, bytes]) => [folder === '' ? path : `${folder}/${path}`, bytes]));
  }

  it('that was there before is not what a newer one is taken for', async () => {
    b.writeTo(dir.at('one'), await b.commit([tip], await planted('docs'), { key: eve }));
    assert.ok((await check('one')).ok, 'the older one is what it was');
    const inside = await check('one/docs');
    assert.deepEqual(codesOf(inside.findings), ['trust/root-changed']);
    assert.match(
      inside.findings.map(({ message }) => message).join(),
      /in 'docs' began when there was one in the top folder/,
    );
    await throwsCode(
      async () => get(await open('one/docs'), { ref: 'model/x', out: dir.at('out') }),
      'trust/root-changed',
    );
    // Whoever means it says so, once.
    assert.ok((await check('one/docs', { root: inside.root })).ok);
    assert.equal((await check('one/docs')).ok, true);
  });

  it('that was there before in a folder, though somebody begins one around it', async () => {
    const inner = await HistoryBuilder.make('reg');
    const begun = await inner.commit([], await inner.genesis(ana, { principals: [ana, bo] }));
    const landed = await inner.commit([begun], await inner.version('model/x@1.0.0'));
    inner.writeTo(dir.at('before'), landed);
    assert.equal((await check('before')).ok, true);
    inner.writeTo(dir.at('after'), landed);
    for (const [path, bytes] of Object.entries(await planted(''))) {
      const full = join(dir.at('after'), path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, bytes);
    }
    git(dir.at('after'), ['add', '--all', '--force']);
    git(dir.at('after'), ['commit', '--quiet', '-m', 'x']);
    assert.deepEqual(codesOf((await check('after')).findings), ['trust/root-changed']);
    assert.ok((await check('after/reg')).ok);
    // At the edge of a shallow clone nothing tells which of them was first.
    git(dir.path, ['clone', '--quiet', '--depth', '1', `file://${dir.at('after')}`, 'shallow']);
    const state = dir.at('another-state');
    assert.ok(codesOf((await check('shallow', { stateDir: state })).findings).includes('trust/root-changed'));
  });

  it('that began with it is as good', async () => {
    const both = await HistoryBuilder.make();
    const begun = await both.commit([], { ...(await both.genesis(ana)), ...(await planted('docs')) });
    both.writeTo(dir.at('both'), begun);
    for (const place of ['both', 'both/docs'])
      assert.ok(!codesOf((await check(place)).findings).includes('trust/root-changed'));
  });
});
