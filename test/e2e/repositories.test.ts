import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  addPrincipal,
  generateKey,
  get,
  list,
  openRegistry,
  push,
  type Registry,
  reindex,
  tag,
  unregister,
  verify,
} from '../../src/index.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { assertFsck, assertVerified, makePerson, makeTeam, type Person, put, type Team, treeOf } from './people.js';

describe('repositories that are not a plain clone', () => {
  const dir = useTempDir();
  let team: Team;
  let guest: Person;

  beforeEach(async () => {
    team = await makeTeam(dir.path);
    guest = makePerson(dir.path, 'guest');
  });

  const file = (content: string) => put(dir.at('new.bin'), content);
  const url = () => pathToFileURL(team.bare).href;

  /** Reading gives the one version, byte for byte. */
  async function assertReadable(registry: Registry): Promise<void> {
    const { artifacts } = await list(registry);
    assert.deepEqual(
      artifacts.map(({ name, versions }) => [name, versions.length]),
      [['base', 1]],
    );
    const out = dir.at('got.bin');
    await get(registry, { ref: 'model/base@1.0.0', out, force: true });
    assert.equal(readFileSync(out, 'utf8'), 'base');
  }

  it('a sha256 repository is refused, for init and for reading, and nothing is written', async () => {
    const place = dir.at('sha256');
    guest.git(dir.path, 'init', '-q', '--object-format=sha256', place);
    const refused = await throwsCode(() => guest.init(place), 'git/unsupported');
    assert.match(`${refused.message} ${refused.hint}`, /sha256/);
    await throwsCode(() => guest.open(place), 'git/unsupported');
    assert.equal(guest.git(place, 'status', '--porcelain'), '');
  });

  for (const [name, settings, said] of [
    ['reftable', { 'extensions.refStorage': 'reftable' }, /reftable/i],
    ['an extension nobody has heard of', { 'extensions.marvellous': 'true' }, /marvellous/],
    ['a format version of the future', { 'core.repositoryFormatVersion': '2' }, /version|2/],
  ] as const) {
    it(`${name} is refused by name, not misread`, async () => {
      const { ben, bens } = team;
      ben.git(bens, 'config', 'core.repositoryFormatVersion', '1');
      for (const [key, value] of Object.entries(settings)) ben.git(bens, 'config', key, value);
      const refused = await throwsCode(() => ben.open(bens), 'git/unsupported');
      assert.match(`${refused.message} ${refused.hint} ${JSON.stringify(refused.facts)}`, said);
    });
  }

  it('a linked working tree reads and registers on its own branch', async () => {
    const { ana, anas } = team;
    const linked = dir.at('linked');
    ana.git(anas, 'worktree', 'add', '-q', '-b', 'side', linked);
    await assertReadable(await ana.open(linked));
    const done = await ana.register(linked, { ref: 'model/linked@1.0.0', paths: [file('linked')] });
    assert.equal(ana.git(linked, 'rev-parse', 'HEAD'), done.commit);
    assert.equal(ana.git(anas, 'rev-parse', 'side'), done.commit);
    assert.notEqual(ana.git(anas, 'rev-parse', 'main'), done.commit);
    assertVerified(await ana.verify(linked));
    assertVerified(await ana.verify(anas));
    for (const place of [linked, anas]) assert.equal(ana.git(place, 'status', '--porcelain'), '');
    assertFsck(ana, anas);
  });

  it('a shallow clone reads and gives files, and verify notes what it cannot see', async () => {
    const clone = dir.at('shallow');
    guest.git(dir.path, 'clone', '-q', '--depth=1', url(), clone);
    await assertReadable(await guest.open(clone));
    const result = await guest.verify(clone);
    assert.equal(result.ok, true);
    assert.ok(result.findings.some(({ code, severity }) => code === 'history/shallow' && severity === 'note'));
    assertVerified(result);
    guest.git(clone, 'fetch', '-q', '--unshallow');
    const whole = await guest.verify(clone);
    assertVerified(whole);
    assert.ok(!whole.findings.some(({ code }) => code === 'history/shallow'));
  });

  it('a bare repository lists, verifies and gives files, with no file of ours in it', async () => {
    const { ana, bare } = team;
    const before = treeOf(bare);
    await assertReadable(await ana.open(bare));
    const result = await ana.verify(bare);
    assertVerified(result);
    assert.equal(result.checked.tags, 1);
    assert.deepEqual(treeOf(bare), before);
  });

  it('a bare repository refuses whatever would change it before anything is stored, and says what to do', async () => {
    const { ana, bare } = team;
    const before = treeOf(bare);
    const { public: key } = await generateKey({ environment: guest.environment });
    for (const change of [
      () => ana.register(bare, { ref: 'model/direct@1.0.0', paths: [file('direct')] }),
      () => ana.register(bare, { ref: 'model/direct@1.0.0', paths: [file('direct')] }, { commit: false }),
      async () => addPrincipal(await ana.open(bare), { name: 'guest', key }),
      async () => unregister(await ana.open(bare), { ref: 'model/base@1.0.0' }),
    ]) {
      const refused = await throwsCode(change, 'git/unsupported');
      assert.match(`${refused.message} ${refused.hint}`, /bare repository.*clone and push/s);
    }
    const cache = await throwsCode(async () => reindex(await ana.open(bare)), 'git/unsupported');
    assert.match(cache.message, /no cache/);
    assert.deepEqual(treeOf(bare), before);
    assertFsck(ana, bare);
  });

  it('a clone with nothing checked out registers beside git, not in it', async () => {
    const { ana, bare } = team;
    const clone = dir.at('unchecked');
    ana.git(dir.path, 'clone', '-q', '--no-checkout', bare, clone);
    const [object] = (await ana.register(clone, { ref: 'model/x@1.0.0', paths: [file('x')] })).objects;
    assert.ok(existsSync(`${clone}/${object?.path}`));
    assertFsck(ana, clone);
    assertVerified(await ana.verify(clone), ['worktree/differs']);
  });

  it('reading a partial clone runs nothing its configuration names, unless that is asked for', async () => {
    const clone = dir.at('partial');
    const sign = dir.at('was-run');
    team.ana.git(team.bare, 'config', 'uploadpack.allowFilter', 'true');
    guest.git(dir.path, 'clone', '-q', '--filter=blob:none', '--no-checkout', url(), clone);
    guest.git(clone, 'config', 'remote.origin.url', 'ssh://git@localhost/nowhere');
    guest.git(clone, 'config', 'core.sshCommand', `touch ${sign} #`);
    await throwsCode(async () => list(await guest.open(clone)), 'git/object-missing');
    assert.equal(existsSync(sign), false);
  });

  it('a partial clone fetches what it needs through git where that is asked for', async () => {
    const clone = dir.at('partial');
    team.ana.git(team.bare, 'config', 'uploadpack.allowFilter', 'true');
    team.ana.git(team.bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    guest.git(dir.path, 'clone', '-q', '--filter=blob:none', '--no-checkout', url(), clone);
    guest.git(clone, 'reset', '-q', '--mixed');
    const lazy = async () => openRegistry({ dir: clone, environment: { ...guest.environment, lazyFetch: true } });
    await assertReadable(await lazy());
    assertVerified(await verify(await lazy()), ['worktree/differs']);
  });

  it('a partial clone without git says what is missing and how to get it', async () => {
    const clone = dir.at('partial');
    team.ana.git(team.bare, 'config', 'uploadpack.allowFilter', 'true');
    guest.git(dir.path, 'clone', '-q', '--filter=blob:none', '--no-checkout', url(), clone);
    const environment = { ...guest.environment, lazyFetch: true, variables: { PATH: dir.at('empty') } };
    const missing = await throwsCode(
      async () => list(await openRegistry({ dir: clone, environment })),
      'git/object-missing',
    );
    assert.match(`${missing.message} ${missing.hint}`, /partial clone.*git/s);
  });

  it('local work needs no git program at all', async () => {
    const { ana, anas } = team;
    const environment = { ...ana.environment, variables: { PATH: dir.at('empty') } };
    const without = { ...ana, environment, open: (place: string) => openRegistry({ dir: place, environment }) };
    await assertReadable(await without.open(anas));
    await throwsCode(async () => push(await without.open(anas)), 'capability/missing');
  });

  it('on a detached HEAD reads work and registering is refused, with nothing written', async () => {
    const { ana, anas } = team;
    ana.git(anas, 'checkout', '-q', '--detach');
    await assertReadable(await ana.open(anas));
    assertVerified(await ana.verify(anas));
    const refused = await throwsCode(
      () => ana.register(anas, { ref: 'model/lost@1.0.0', paths: [file('lost')] }),
      'git/unsupported',
    );
    assert.match(`${refused.message} ${refused.hint}`, /detached.*git switch/);
    assert.equal(ana.git(anas, 'status', '--porcelain'), '');
  });

  for (const [way, merge] of [
    ['a merge commit', ['merge', '-q', '--no-ff', '-m', 'merge feature', 'feature']],
    ['a fast-forward', ['merge', '-q', '--ff-only', 'feature']],
    ['a squash', ['merge', '-q', '--squash', 'feature']],
    ['a rebase', ['rebase', '-q', 'main', 'feature']],
  ] as const) {
    it(`what a feature branch registers lands through ${way} and verifies`, async () => {
      const { ana, anas, bare } = team;
      ana.git(anas, 'checkout', '-q', '-b', 'feature');
      await ana.register(anas, { ref: 'model/feature@1.0.0', paths: [file('feature')] });
      const second = await ana.register(anas, { ref: 'model/base@1.1.0', paths: [file('more')] });
      assert.equal(second.tag, null);
      assertVerified(await ana.verify(anas));
      ana.git(anas, 'checkout', '-q', 'main');
      if (way !== 'a fast-forward') {
        await ana.register(anas, { ref: 'model/meanwhile@1.0.0', paths: [file('meanwhile')] });
      }
      ana.git(anas, ...merge);
      if (way === 'a squash') ana.git(anas, 'commit', '-qm', 'squashed: two versions');
      if (way === 'a rebase') {
        ana.git(anas, 'checkout', '-q', 'main');
        ana.git(anas, 'merge', '-q', '--ff-only', 'feature');
      }
      ana.git(anas, 'push', '-q');
      const versions = way === 'a fast-forward' ? 3 : 4;
      const made = await tag(await ana.open(anas));
      assert.equal(made.created.length, versions - 1);
      ana.git(anas, 'push', '-q', '--tags');
      guest.git(dir.path, 'clone', '-q', bare, dir.at('clone'));
      const result = await guest.verify(dir.at('clone'));
      assertVerified(result);
      assert.deepEqual([result.checked.manifests, result.checked.tags], [versions, versions]);
      const codes = new Set(result.findings.map(({ code }) => code));
      codes.delete('trust/first-use');
      assert.deepEqual([...codes], way === 'a fast-forward' ? [] : ['commit/unsigned']);
      await get(await guest.open(dir.at('clone')), { ref: 'model/feature@1.0.0', out: dir.at('feature') });
      assert.equal(readFileSync(dir.at('feature'), 'utf8'), 'feature');
    });
  }

  it('a repository packed and repacked by git reads the same', async () => {
    const { ana, anas } = team;
    for (let i = 0; i < 5; i++) await ana.register(anas, { ref: `model/m${i}@1.0.0`, paths: [file(`${i}`)] });
    ana.git(anas, 'gc', '-q', '--aggressive', '--prune=now');
    ana.git(anas, 'pack-refs', '--all');
    rmSync(`${anas}/objects`, { recursive: true });
    const result = await ana.verify(anas);
    assertVerified(result);
    await get(await ana.open(anas), { ref: 'model/m3@1.0.0', out: dir.at('m3') });
    assert.equal(readFileSync(dir.at('m3'), 'utf8'), '3');
  });
});
