import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import type { Digest } from '../../src/digest/digest.js';
import type { LaneName, PrincipalName } from '../../src/manifest/name.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { editPolicy } from '../../src/registry/edit-policy.js';
import { addingPrincipal, removingPrincipal, rotatingKey } from '../../src/registry/edit-principals.js';
import { initialPolicy } from '../../src/registry/initial-policy.js';
import { parsePolicy } from '../../src/registry/policy.js';
import { throwsCode } from '../helpers/throws-code.js';

const A = 'a'.repeat(64) as Digest;
const ana = 'ana' as PrincipalName;
const bo = 'bo.li' as PrincipalName;
const owner = 'owner' as LaneName;
const initial = initialPolicy({
  registry: parseRegistryId('01KAQ4Z6W3T8YB0JV9N2M5X7CD'),
  principal: ana,
  key: 'ssh-ed25519 AAAAana ana',
});
const two = editPolicy(initial, addingPrincipal({ name: bo, key: 'ssh-ed25519 AAAAbo', role: owner }), A);
const TOP = /^(version|previous) .*\n/gm;

function keysOf(text: string, name: PrincipalName): readonly string[] | undefined {
  return parsePolicy(utf8(text)).principals.get(name)?.keys;
}

describe('another key for a principal', () => {
  const rotate = (text: string, key: string, add = false, name = bo) =>
    editPolicy(text, rotatingKey({ name, key, add }), A);

  it('stands in the place of the old one, and nothing else changes', () => {
    const text = rotate(two, 'ssh-ed25519 AAAAnew new');
    assert.equal(text.replaceAll(TOP, ''), two.replace('AAAAbo', 'AAAAnew new').replaceAll(TOP, ''));
  });

  it('comes beside the old one, in whatever form the list has', () => {
    const lists = [
      'keys = ["ssh-ed25519 AAAAbo"] # hers',
      'keys = [\n  "ssh-ed25519 AAAAbo", # laptop ]\n]',
      "keys = ['ssh-ed25519 AAAAbo',]",
    ];
    for (const list of lists) {
      const text = two.replace('keys = ["ssh-ed25519 AAAAbo"]', list);
      const more = rotate(text, 'ssh-ed25519 AAAAnew', true);
      assert.deepEqual(keysOf(more, bo), ['ssh-ed25519 AAAAbo', 'ssh-ed25519 AAAAnew']);
      assert.deepEqual(keysOf(rotate(more, 'ssh-ed25519 AAAAnew other comment'), bo), ['ssh-ed25519 AAAAnew']);
      assert.deepEqual(keysOf(rotate(more, 'ssh-ed25519 AAAAthird'), bo), ['ssh-ed25519 AAAAthird']);
    }
  });

  it('is not one that somebody has', async () => {
    await throwsCode(() => rotate(two, 'ssh-ed25519 AAAAana'), 'policy/principal-exists');
    await throwsCode(() => rotate(two, 'ssh-ed25519 AAAAbo x'), 'policy/principal-exists');
    await throwsCode(() => rotate(two, 'ssh-ed25519 AAAAbo x', true), 'policy/principal-exists');
    const { hint } = await throwsCode(
      () => rotate(two, 'ssh-ed25519 AAAAx', false, 'anna' as PrincipalName),
      'usage/name',
    );
    assert.equal(hint, 'did you mean ana?');
  });

  it('cannot stand in a text that does not read back as it is meant', async () => {
    const dotted = two.replace('[principals."bo.li"]\nkeys', '[principals]\n"bo.li".keys');
    parsePolicy(utf8(dotted));
    const { hint } = await throwsCode(() => rotate(dotted, 'ssh-ed25519 AAAAx'), 'policy/invalid');
    assert.match(hint ?? '', /by hand: raise version, set previous, change the keys of bo\.li$/);
  });
});

describe('taking somebody out', () => {
  const remove = (text: string, name = bo) => editPolicy(text, removingPrincipal(name), A);

  it('gives back the text from before', () => {
    assert.equal(remove(two).replaceAll(TOP, ''), initial.replaceAll(TOP, ''));
  });

  it('takes the name out of every role, in whatever form it is written', () => {
    const forms: [string, string][] = [
      ['owner = ["bo.li", "ana"]', 'owner = ["ana"]'],
      ['owner = ["ana", "bo.li"] # x', 'owner = ["ana"] # x'],
      ["owner = ['ana', 'bo.li', ]", "owner = ['ana', ]"],
      ['owner = [\n  "ana", # first\n  "bo.li", # second\n]', 'owner = [\n  "ana", # first\n]'],
      ['owner = [\n  "bo.li",\n  "ana"\n]', 'owner = [\n  "ana"\n]'],
      ['owner = [\n  "ana",\n  "bo.li"]', 'owner = [\n  "ana",\n]'],
      ['owner = ["bo.li",\n  "ana"]', 'owner = [\n  "ana"]'],
    ];
    for (const [from, to] of forms) {
      const text = remove(two.replace('owner = ["ana", "bo.li"]', from));
      assert.equal(text.replaceAll(TOP, ''), initial.replace('owner = ["ana"]', to).replaceAll(TOP, ''), from);
    }
  });

  it('takes a role along that nobody else has', () => {
    const text = two.replace('[roles]\n', '[roles]\n# alone\nspare = [\n  "bo.li",\n]\n');
    assert.equal(
      remove(text).replaceAll(TOP, ''),
      initial.replace('[roles]\n', '[roles]\n# alone\n').replaceAll(TOP, ''),
    );
  });

  it('takes along what stands right above, and leaves other comments', () => {
    const text = two.replace('[principals."bo.li"]', '# far\n\n# about bo\n[ principals . "bo.li" ] # x');
    const left = remove(text);
    assert.ok(left.includes('# far\n') && !left.includes('about bo'), left);
    const first = editPolicy(two, removingPrincipal(ana), A);
    assert.ok(
      first.includes('# People and machines. A principal counts once, however many keys it has.\n[principals."bo.li"]'),
      first,
    );
  });

  it('is refused in one line where a rule would be short of members', async () => {
    const text = two.replace('threshold = 1', 'threshold = 2');
    const { message } = await throwsCode(() => remove(text), 'policy/invalid');
    assert.equal(message, 'rule 1 asks for 2 of owner, and 1 would be left');
    const asks = two
      .replace('[roles]\n', '[roles]\nval = ["bo.li"]\n')
      .concat('evidence = [{ type = "eval", role = "val" }]\n');
    const evidence = await throwsCode(() => remove(asks), 'policy/invalid');
    assert.equal(evidence.message, 'rule 1 asks for 1 of val, and 0 would be left');
    await throwsCode(() => remove(initial, ana), 'policy/invalid');
    await throwsCode(() => remove(two, 'zoe' as PrincipalName), 'usage/name');
  });
});
