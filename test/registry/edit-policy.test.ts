import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import type { Digest } from '../../src/digest/digest.js';
import { type LaneName, parsePrincipalName } from '../../src/manifest/name.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { editPolicy } from '../../src/registry/edit-policy.js';
import { addingPrincipal } from '../../src/registry/edit-principals.js';
import { initialPolicy } from '../../src/registry/initial-policy.js';
import { parsePolicy } from '../../src/registry/policy.js';
import { throwsCode } from '../helpers/throws-code.js';

const A = 'a'.repeat(64) as Digest;
const B = 'b'.repeat(64) as Digest;
const SCHEMA_LINE = '#:schema urn:at1:schema:policy:1';
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

function addPrincipal(
  text: string,
  { previousDigest, ...added }: Omit<typeof BO, 'printedName'> & { printedName?: string | undefined },
): string {
  return editPolicy(text, addingPrincipal(added), previousDigest);
}

describe('the initial policy', () => {
  it('lets its owner do everything, and explains itself', () => {
    const policy = parsePolicy(utf8(initial));
    assert.deepEqual([...policy.principals.keys()], ['ana']);
    assert.equal(policy.rules[0]?.threshold, 1);
    assert.equal(
      initial,
      `${SCHEMA_LINE}

# Who may do what in this registry, and how many of them it takes.
# A change counts once enough people whom the policy before allowed it have signed it:
# their signatures lie in policy.sig/. \`at1 policy add-principal\` edits this file and keeps comments.

registry = "01KAQ4Z6W3T8YB0JV9N2M5X7CD"
version = 1                  # one more with every change

# People and machines. A principal counts once, however many keys it has.
[principals.ana]
name = "Ana"
keys = ["${ANA}"]

# Named groups of principals.
[roles]
owner = ["ana"]

# The first rule that matches decides. What no rule allows is denied.
# artifacts: "*" for everything, or patterns such as "model/fraud-*" and "data/**".
# actions: "*", or some of "register", "tag", "policy", "configure".
[[rules]]
artifacts = ["*"]
actions = ["*"]
role = "owner"
threshold = 1
`,
    );
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

  /** What is there afterwards and was not before, and the other way round. */
  function changed(from: string, to: string): { gone: string[]; new: string[] } {
    const [before, after] = [from.split('\n'), to.split('\n')];
    return {
      gone: before.filter((line) => !after.includes(line)),
      new: after.filter((line) => !before.includes(line)),
    };
  }

  const TABLE = ['[principals.bo]', 'name = "Bo \\"the boss\\""', 'keys = ["ssh-ed25519 AAAAbo bo@desk"]'];
  const PREVIOUS = `previous = "sha256:${A}"`;
  const VERSION = 'version = 2                  # one more with every change';
  const ROLE = 'owner = ["ana"]';

  /** The role as it is written and as it is then, at its place between comments. */
  const roles: [string, string, string][] = [
    [
      'over several lines',
      'owner = [\n    "ana", # first\n    # more below\n  ]',
      'owner = [\n    "ana", # first\n    # more below\n    "bo",\n  ]',
    ],
    [
      'over several lines without a last comma',
      'owner = [\n\t"ana" # first, ]\n] # ]',
      'owner = [\n\t"ana", # first, ]\n\t"bo",\n] # ]',
    ],
    ['that begins on its first line', 'owner = ["ana"\n  ]', 'owner = ["ana",\n"bo",\n  ]'],
    ['with a last comma on one line', "owner = [ 'ana', ] # the ] one", `owner = [ 'ana', "bo"] # the ] one`],
    ['with a bracket after the last name', 'owner = [\n  "ana"]', 'owner = [\n  "ana", "bo"]'],
    ['with space before the bracket', 'owner = ["ana"  ]', 'owner = ["ana", "bo"]'],
    ['in literal strings', "'owner' = ['ana']", `'owner' = ['ana', "bo"]`],
    ['with a quoted key', '"owner"=["ana"]', '"owner"=["ana", "bo"]'],
    ['with an escape in a name', 'owner = ["\\u0061na"]#"', 'owner = ["\\u0061na", "bo"]#"'],
  ];
  for (const [what, from, to] of roles) {
    it(`puts the name into a list ${what}`, () => {
      const text = initial.replace(ROLE, `# before ]\n\n${from}\n# after ["\n`);
      const edited = addPrincipal(text, BO);
      assert.ok(edited.includes(`\n[roles]\n# before ]\n\n${to}\n# after ["\n`), edited);
      assert.deepEqual([...(parsePolicy(utf8(edited)).roles.get('owner' as LaneName) ?? [])], ['ana', 'bo']);
    });
  }

  it('puts a new role below the last one, above the comments of what follows', () => {
    const more = { ...BO, role: 'reviewer' as LaneName };
    const edited = addPrincipal(initial.replace(ROLE, `${ROLE}\nother = [\n  "ana",\n]\n# of the other`), more);
    assert.ok(edited.includes('other = [\n  "ana",\n]\nreviewer = ["bo"]\n# of the other\n'), edited);
    const dotted = addPrincipal(initial, { ...more, role: 're.viewer' as LaneName });
    assert.ok(dotted.includes(`${ROLE}\n"re.viewer" = ["bo"]\n`));
    // Elsewhere the same key is none of its business.
    const named = addPrincipal(initial, { ...more, role: 'keys' as LaneName });
    assert.ok(named.includes(`${ROLE}\nkeys = ["bo"]\n`));
    const ruled = addPrincipal(initial, { ...more, role: 'threshold' as LaneName });
    assert.ok(ruled.includes(`${ROLE}\nthreshold = ["bo"]\n`));
  });

  const tops: [string, string, string[]][] = [
    ['without spaces', 'version=1#x', ['version= 2 #x']],
    ['with tabs', 'version\t=\t1\t\t# x', ['version\t= 2\t\t# x']],
    ['without a comment', 'version = 1', ['version = 2']],
    ['with a quoted key', '"version" = 1 # = 1', ['"version" = 2 # = 1']],
    ['with a literal key', "'version' = 1", ["'version' = 2"]],
  ];
  for (const [what, from, to] of tops) {
    it(`raises a version ${what}`, () => {
      const text = initial.replace(/version = 1.*/, from);
      assert.deepEqual(changed(text, addPrincipal(text, BO)).new, [...to, PREVIOUS, ...TABLE, 'owner = ["ana", "bo"]']);
    });
  }

  it('replaces the former digest, wherever it stands above the tables', () => {
    const first = addPrincipal(initial, BO);
    const next = { ...BO, name: parsePrincipalName('zoe'), key: 'ssh-ed25519 AAAAzoe', previousDigest: B };
    const quoted = first.replace(PREVIOUS, '').replace('registry =', `"previous" = "sha256:${A}" # was\nregistry =`);
    assert.deepEqual(changed(first, addPrincipal(first, next)).gone, [
      'version = 2                  # one more with every change',
      PREVIOUS,
      'owner = ["ana", "bo"]',
    ]);
    assert.ok(addPrincipal(quoted, next).startsWith(`${SCHEMA_LINE}\n`));
    assert.ok(addPrincipal(quoted, next).includes(`\n"previous" = "sha256:${B}" # was\nregistry =`));
    const atTop = initial.replace(/^version = 1.*\n/m, '').replace(SCHEMA_LINE, 'version = 1');
    assert.ok(addPrincipal(atTop, BO).startsWith(`version = 2\n${PREVIOUS}\n`));
  });

  it('puts the table below the last of its kind, with an empty line before it', () => {
    const table = `\n\n${TABLE.join('\n')}\n`;
    assert.ok(addPrincipal(initial, BO).includes(`keys = ["${ANA}"]${table}\n# Named groups`));
    const spaced = initial.replace('[principals.ana]', '  [ principals . ana ] # she');
    assert.ok(addPrincipal(spaced, BO).includes(`keys = ["${ANA}"]${table}\n# Named groups`));
    const cut = (from: string, to: string) => initial.slice(initial.indexOf(from), initial.indexOf(to));
    const people = cut('[principals.ana]', '# Named groups').trimEnd();
    const last = `${initial.replace(people, '')}${people}\n\n# the end\n\n`;
    assert.ok(addPrincipal(last, BO).endsWith(`keys = ["${ANA}"]${table}\n# the end\n`));
    const unnamed = addPrincipal(initial, { ...BO, printedName: undefined });
    assert.ok(unnamed.includes(`\n\n${TABLE[0]}\n${TABLE[2]}\n\n# Named groups`));
    const quoted = initial.replace('[principals.ana]', '["principals".ana]');
    assert.ok(addPrincipal(quoted, BO).endsWith(`threshold = 1${table}`));
  });

  it('is not led astray by comments, strings and missing line ends', () => {
    const comments = initial.replace('[roles]', '# [principals.zoe]\n# [roles]\n[roles] # [x]');
    assert.deepEqual(changed(comments, addPrincipal(comments, BO)).new, [
      VERSION,
      PREVIOUS,
      ...TABLE,
      'owner = ["ana", "bo"]',
    ]);
    assert.equal(addPrincipal(initial.replace(/\n$/, ''), BO), addPrincipal(initial, BO));
    assert.equal(addPrincipal(`${initial}\n\n`, BO), addPrincipal(initial, BO));
    for (const key of ['ssh-ed25519 AAAAana #1 [x] = "', "ssh-ed25519 AAAAana it's # \\"]) {
      const text = initial.replace(`"${ANA}"`, JSON.stringify(key));
      assert.equal(addPrincipal(text, BO).replace(JSON.stringify(key), `"${ANA}"`), addPrincipal(initial, BO));
    }
  });

  const unusual: [string, (text: string) => string, RegExp][] = [
    [
      'roles as an inline table',
      (t) =>
        t.replace('[roles]\nowner = ["ana"]\n', '').replace('version = 1', 'roles = { owner = ["ana"] }\nversion = 1'),
      /^the policy could not be edited: there is no \[roles\] table$/,
    ],
    [
      'roles as dotted keys',
      (t) => t.replace('[roles]\nowner = ["ana"]\n', '').replace('version = 1', 'roles.owner = ["ana"]\nversion = 1'),
      /^the policy could not be edited: there is no \[roles\] table$/,
    ],
    [
      'a key in escapes',
      (t) => t.replace('[roles]\nowner', '[roles]\n"own\\u0065r"'),
      /: the edit would not have given the policy that was meant$/,
    ],
    [
      'a list that ends inside a string of several lines',
      (t) => t.replace(ROLE, 'owner = ["""an\\\n   a"""]'),
      /: the (?:end of a list was not found|edit would not .*)$/,
    ],
  ];
  for (const [what, change, why] of unusual) {
    it(`asks for an edit by hand where it meets ${what}`, async () => {
      const text = change(initial);
      assert.notEqual(text, initial);
      parsePolicy(utf8(text));
      const { message, hint } = await throwsCode(() => addPrincipal(text, BO), 'policy/invalid');
      assert.match(message, why);
      assert.equal(
        hint,
        'edit .at1/policy/policy.toml by hand: raise version, set previous, add the principal and put it into a role',
      );
    });
  }

  it('refuses a principal or a key that is there', async () => {
    const there = await throwsCode(
      () => addPrincipal(initial, { ...BO, name: parsePrincipalName('ana') }),
      'policy/principal-exists',
    );
    assert.deepEqual([there.message, there.facts], ['the policy has ana already', { principal: 'ana' }]);
    const { facts, message } = await throwsCode(
      () => addPrincipal(initial, { ...BO, key: 'ssh-ed25519 AAAAana other' }),
      'policy/principal-exists',
    );
    assert.deepEqual([message, facts], ['this key belongs to ana already', { principal: 'ana' }]);
  });
});
