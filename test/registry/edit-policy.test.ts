import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import type { Digest } from '../../src/digest/digest.js';
import { type LaneName, parsePrincipalName } from '../../src/manifest/name.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { addPrincipal } from '../../src/registry/edit-policy.js';
import { initialPolicy } from '../../src/registry/initial-policy.js';
import { parsePolicy } from '../../src/registry/policy.js';
import { throwsCode } from '../helpers/throws-code.js';

const A = 'a'.repeat(64) as Digest;
const ANA = 'ssh-ed25519 AAAAana ana@laptop';
const BO = {
  name: parsePrincipalName('bo'),
  key: 'ssh-ed25519 AAAAbo bo@desk',
  role: 'owner' as LaneName,
  printedName: 'Bo "the boss"',
  previousDigest: A,
};
const initial = initialPolicy({
  registry: parseRegistryId('01KAQ4Z6W3T8YB0JV9N2M5X7CD'),
  principal: parsePrincipalName('ana'),
  key: ANA,
  printedName: 'Ana',
});

describe('the initial policy', () => {
  it('lets its owner do everything, and explains itself', () => {
    const policy = parsePolicy(utf8(initial));
    assert.deepEqual([...policy.principals.keys()], ['ana']);
    assert.equal(policy.rules[0]?.threshold, 1);
    assert.ok((initial.match(/^#/gm) ?? []).length > 5);
  });

  it('quotes names that TOML would split', () => {
    const text = initialPolicy({
      registry: parseRegistryId('01KAQ4Z6W3T8YB0JV9N2M5X7CD'),
      principal: parsePrincipalName('ana.lopez'),
      key: ANA,
    });
    assert.ok(text.includes('[principals."ana.lopez"]'));
    assert.ok(addPrincipal(text, BO).includes('owner = ["ana.lopez", "bo"]'));
  });

  it('refuses a printed name that would hide something', async () => {
    const hidden = {
      registry: parseRegistryId('01KAQ4Z6W3T8YB0JV9N2M5X7CD'),
      principal: parsePrincipalName('ana'),
      key: ANA,
    };
    await throwsCode(() => initialPolicy({ ...hidden, printedName: 'A\u202ena' }), 'document/syntax');
  });
});

describe('adding a principal', () => {
  it('changes four places and keeps every other line', () => {
    const edited = addPrincipal(initial, BO);
    const before = initial.split('\n');
    const after = edited.split('\n');
    const added = after.filter((line) => !before.includes(line));
    assert.deepEqual(added, [
      'version = 2                  # one more with every change',
      `previous = "sha256:${A}"`,
      '[principals.bo]',
      'name = "Bo \\"the boss\\""',
      'keys = ["ssh-ed25519 AAAAbo bo@desk"]',
      'owner = ["ana", "bo"]',
    ]);
    const policy = parsePolicy(utf8(edited));
    assert.equal(policy.version, 2);
    assert.equal(policy.principals.get(BO.name)?.printedName, 'Bo "the boss"');
    assert.ok(edited.indexOf('[principals.bo]') < edited.indexOf('# Named groups'));
  });

  it('adds one after the other', () => {
    let text = initial;
    for (let i = 0; i < 20; i++) {
      text = addPrincipal(text, {
        ...BO,
        name: parsePrincipalName(`p${i}`),
        key: `ssh-ed25519 AAAA${i}`,
        printedName: undefined,
      });
    }
    const policy = parsePolicy(utf8(text));
    assert.equal(policy.version, 21);
    assert.equal(policy.roles.get('owner' as LaneName)?.size, 21);
  });

  it('makes a role that is not there yet', () => {
    const policy = parsePolicy(utf8(addPrincipal(initial, { ...BO, role: 'reviewer' as LaneName })));
    assert.deepEqual([...(policy.roles.get('reviewer' as LaneName) ?? [])], ['bo']);
    assert.deepEqual([...(policy.roles.get('owner' as LaneName) ?? [])], ['ana']);
  });

  const forms: [string, (text: string) => string][] = [
    [
      'an array over several lines',
      (t) => t.replace('owner = ["ana"]', 'owner = [\n    "ana", # first\n    # more below\n  ]'),
    ],
    [
      'an array over several lines without a last comma',
      (t) => t.replace('owner = ["ana"]', 'owner = [\n  "ana" # first, ]\n]'),
    ],
    ['a last comma on one line', (t) => t.replace('owner = ["ana"]', "owner = [ 'ana', ] # the ] one")],
    ['a bracket after the last name', (t) => t.replace('owner = ["ana"]', 'owner = [\n  "ana"]')],
    ['a quoted key', (t) => t.replace('owner =', '"owner" =')],
    ['spaces in a header', (t) => t.replace('[roles]', '[ roles ] # groups')],
    ['no final line feed', (t) => t.replace(/\n$/, '')],
    ['version without spaces', (t) => t.replace(/version = 1.*/, 'version=1#x')],
    [
      'rules before principals',
      (t) =>
        `${t.slice(0, t.indexOf('# People'))}${t.slice(t.indexOf('[[rules]]'))}${t.slice(t.indexOf('[principals'), t.indexOf('[[rules]]'))}`,
    ],
    ['roles at the end', (t) => `${t.replace('[roles]\nowner = ["ana"]\n', '')}\n[roles]\nowner = ["ana"]\n`],
    ['a comment that looks like a table', (t) => t.replace('[roles]', '# [principals.zoe]\n# [roles]\n[roles]')],
  ];
  for (const [what, change] of forms) {
    it(`copes with ${what}`, () => {
      const text = change(initial);
      assert.notEqual(text, initial);
      const comments = (source: string) => source.match(/#.*/g) ?? [];
      const edited = addPrincipal(text, BO);
      assert.deepEqual(comments(edited), comments(text));
      const policy = parsePolicy(utf8(edited));
      assert.deepEqual([...(policy.roles.get('owner' as LaneName) ?? [])], ['ana', 'bo']);
    });
  }

  const unusual: [string, (text: string) => string][] = [
    [
      'roles as an inline table',
      (t) =>
        t.replace('[roles]\nowner = ["ana"]\n', '').replace('version = 1', 'roles = { owner = ["ana"] }\nversion = 1'),
    ],
    [
      'roles as dotted keys',
      (t) => t.replace('[roles]\nowner = ["ana"]\n', '').replace('version = 1', 'roles.owner = ["ana"]\nversion = 1'),
    ],
    ['a number in another base', (t) => t.replace('[roles]\nowner', '[roles] \n"own\\u0065r"')],
  ];
  for (const [what, change] of unusual) {
    it(`asks for an edit by hand where it meets ${what}`, async () => {
      const text = change(initial);
      assert.notEqual(text, initial);
      parsePolicy(utf8(text));
      const { hint } = await throwsCode(() => addPrincipal(text, BO), 'policy/invalid');
      assert.match(hint ?? '', /by hand/);
    });
  }

  it('refuses a principal or a key that is there', async () => {
    await throwsCode(
      () => addPrincipal(initial, { ...BO, name: parsePrincipalName('ana') }),
      'policy/principal-exists',
    );
    const { facts } = await throwsCode(
      () => addPrincipal(initial, { ...BO, key: 'ssh-ed25519 AAAAana other' }),
      'policy/principal-exists',
    );
    assert.equal(facts.principal, 'ana');
  });
});
