/** at1 policy init and at1 init --policy: a registry that begins with a policy that somebody wrote. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { DraftPolicy, InitResult, PolicyResult, VerifyResult } from '../../src/index.js';
import { git } from '../helpers/git.js';
import { makePerson, type Person } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

describe('the first policy', () => {
  const dir = useTempDir();
  let ana: Person;
  let bo: string;
  let here: Terminal;

  beforeEach(async () => {
    ana = makePerson(dir.at('home'), 'ana');
    bo = (await makePerson(dir.at('home-bo'), 'bo').makeKey()).public;
    mkdirSync(dir.at('work'));
    here = terminalOf(ana, dir.at('work'));
  });

  const draftFile = () => dir.at('first.toml');

  async function edited(edit: (text: string) => string): Promise<void> {
    const { policy } = await here.json<DraftPolicy>('policy-init', 'policy init --principal ana');
    writeFileSync(draftFile(), edit(policy));
  }

  const withBo = (text: string) =>
    text
      .replace('[roles]\n', `[principals.bo] # joined early\nkeys = ["${bo}"]\n\n[roles]\n`)
      .replace('owner = ["ana"]', 'owner = ["ana", "bo"]')
      .replace(
        '[[rules]]\n',
        '[[rules]]\nartifacts = ["model/**"]\nactions = ["promote:production"]\nrole = "owner"\nthreshold = 2\n\n[[rules]]\n',
      );

  describe('`at1 policy init`', () => {
    it('prints what at1 init would write, with the key that would sign, and writes nothing', async () => {
      const { id, public: key } = await ana.makeKey();
      const text = await here.text('policy init');
      const told = await here.json<DraftPolicy>('policy-init', 'policy init');
      assert.deepEqual([text, told.principal, told.key.id], [told.policy, 'test', id]);
      assert.ok(text.includes(key));
      assert.deepEqual(readdirSync(dir.at('work')), []);
      await here.text('init');
      const written = readFileSync(dir.at('work', '.at1', 'policy', 'policy.toml'), 'utf8');
      assert.equal(text.replace(/^registry = .*$/m, ''), written.replace(/^registry = .*$/m, ''));
    });

    it('is refused in a registry, which has one already, and makes no key', async () => {
      await here.refuses(14, 'key/none', 'policy init');
      assert.ok(!existsSync(dir.at('home', 'config', 'keys')));
      await here.text('init');
      assert.match(
        await here.refuses(13, 'policy/exists', 'policy init'),
        /has had a policy since its first commit[\s\S]*at1 policy show/,
      );
      mkdirSync(dir.at('work', 'below'));
      await here.refuses(13, 'policy/exists', 'policy init --registry below');
    });

    it('works in a repository that has commits and no registry', async () => {
      await ana.makeKey();
      git(dir.at('work'), ['init', '--quiet']);
      assert.match(await here.text('policy init'), /^#:schema urn:at1:schema:policy:1\n/);
      git(dir.at('work'), ['commit', '--quiet', '--allow-empty', '-m', 'x']);
      assert.match(await here.text('policy init --principal bo'), /\n\[principals\.bo\]\n/);
    });
  });

  describe('`at1 init --policy`', () => {
    beforeEach(async () => {
      await ana.makeKey();
    });

    it('begins with it, comments kept, and an identity of its own each time', async () => {
      await edited(withBo);
      const first = await here.json<InitResult>('init', 'init one --policy', draftFile());
      const second = await here.json<InitResult>('init', 'init two --policy', draftFile());
      assert.deepEqual([first.principal, first.key.created], ['ana', false]);
      assert.notEqual(first.registry, second.registry);
      assert.notEqual(first.root, second.root);
      const shown = await here.json<PolicyResult>('policy-show', 'policy show --registry one');
      assert.deepEqual([shown.version, shown.registry, shown.root], [1, first.registry, first.root]);
      assert.deepEqual(
        shown.rules.map(({ threshold }) => threshold),
        [2, 1],
      );
      assert.match(readFileSync(dir.at('work', 'one', '.at1', 'policy', 'policy.toml'), 'utf8'), /# joined early/);
      assert.ok((await here.json<VerifyResult>('verify', 'verify --registry one')).ok);
    });

    it('refuses what cannot begin a registry, and makes none', async () => {
      const cases: readonly [number, string, (text: string) => string][] = [
        [
          23,
          'policy/invalid',
          (text) => text.replace('version = 1 ', `version = 2\nprevious = "sha256:${'a'.repeat(64)}"\n#`),
        ],
        [22, 'policy/denied', (text) => withBo(text).replace('threshold = 1', 'threshold = 2')],
        [
          22,
          'policy/denied',
          (text) =>
            withBo(text)
              .replace('owner = ["ana", "bo"]', 'owner = ["bo", "bo2"]')
              .replace(
                '[roles]',
                `[principals.bo2]\nkeys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"]\n[roles]`,
              ),
        ],
        [21, 'signature/unknown-key', (text) => text.replace(/^keys = .*$/m, `keys = ["${bo}"]`)],
        [23, 'policy/invalid', (text) => text.replace('artifacts = ["*"]', 'artifacts = ["model/**"]')],
        [23, 'document/schema', (text) => text.replace('threshold = 1', '')],
        [23, 'document/syntax', () => 'x'],
        [23, 'policy/invalid', (text) => text.replace('registry =', '"registr\\u0079" =')],
      ];
      for (const [exit, code, edit] of cases) {
        await edited(edit);
        await here.refuses(exit, code, 'init bad --policy', draftFile());
        assert.ok(!existsSync(dir.at('work', 'bad', 'at1.toml')), code);
      }
      // Whoever comes with an empty file hears what one looks like, and of no place that has no name.
      await edited(() => '');
      const told = await here.at1('init bad --policy', draftFile());
      assert.match(
        told.stderr,
        /^error: field 'registry' is missing.*\nhint: at1 policy init prints one to begin with\n$/,
      );
      await here.refuses(2, 'usage/path', 'init bad --policy none.toml');
      await here.refuses(2, 'usage/invalid', 'init bad --principal bo --policy', draftFile());
    });
  });
});
