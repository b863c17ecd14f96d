/** What history says of merges that bring a policy from the side. */
import type { Oid } from '../../src/git-format/oid.js';
import type { PolicyDocument } from '../../src/manifest/generated/types.js';
import { ana, bo, carol, eve, type Key } from '../helpers/registry-fixture.js';
import { RULES, type Scenario, type Scene, strict, tellScenarios, X1 } from '../helpers/scenes.js';
import { withSpoiledFolder, withTwiceEachEntry } from '../helpers/twice-each-entry.js';

const POLICY = '.at1/policy/policy.toml';

/** A branch in which something was done before a policy, and the policy, one order of parents and the other. */
function aroundPolicy(
  principals: readonly Key[],
  rules: PolicyDocument['rules'],
  act: (scene: Scene) => Promise<Oid>,
  around = false,
): Scenario {
  return async (scene) => {
    const old = await act(scene);
    const ruled = await scene.commit('ruled', scene.landed, scene.policy(2, scene.landed, principals, rules));
    return around ? scene.merge(ruled, old, scene.b.filesBelow(ruled, '.at1')) : scene.merge(old, ruled);
  };
}

const evidenceOfBo = (scene: Scene) => scene.commit('old', scene.landed, scene.evidence(scene.landed, [bo]));
const staged = (scene: Scene) => scene.commit('old', scene.landed, scene.event(scene.landed, X1, { keys: [carol] }));
const versionOf = (keys: readonly Key[]) => async (scene: Scene) =>
  scene.commit('old', scene.landed, scene.b.version('model/y@1.0.0', { keys }));
async function stagedVersionOfBo(scene: Scene): Promise<Oid> {
  const made = await scene.commit('made', scene.landed, scene.b.version('model/y@1.0.0', { keys: [bo] }));
  return scene.commit('old', made, scene.event(made, 'model/y@1.0.0'));
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'evidence of somebody whom the policy drops': aroundPolicy([ana, carol], RULES, evidenceOfBo),
  'the same, the policy first': aroundPolicy([ana, carol], RULES, evidenceOfBo, true),
  'a version by somebody whom the policy drops': aroundPolicy([ana, carol], RULES, versionOf([bo])),
  'a version signed by one, of which the policy asks two': aroundPolicy(
    [ana, bo, carol],
    strict('register', { threshold: 2 }),
    versionOf([carol]),
  ),
  'a version signed by two, of whom the policy knows one and asks two': aroundPolicy(
    [ana, carol],
    strict('register', { threshold: 2 }),
    versionOf([bo, carol]),
  ),
  'an event signed by one, of which the policy asks two': aroundPolicy(
    [ana, bo, carol],
    strict('promote:*', { threshold: 2 }),
    staged,
  ),
  'an event without the evidence that the policy asks for': aroundPolicy(
    [ana, bo, carol],
    strict('promote:*', { evidence: [{ type: 'eval' }] }),
    staged,
  ),
  'an event about a version that loses effect': aroundPolicy([ana, carol], RULES, stagedVersionOfBo),
  'an event about a version that loses effect, the policy first': aroundPolicy(
    [ana, carol],
    RULES,
    stagedVersionOfBo,
    true,
  ),

  'what only a policy in between knew counts: version, event and evidence dated ahead': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, eve]));
    const made = await s.commit('made', two, s.b.version('model/y@1.0.0', { keys: [eve] }));
    const said = await s.commit('said', made, s.event(made, X1, { keys: [eve] }));
    const shown = await s.commit('shown', said, s.evidence(said, [eve], '2027-01-01T00:00:00Z'));
    const three = await s.commit('three', shown, s.policy(3, shown, [ana]));
    return s.merge(await s.commit('aside', s.landed, {}), three);
  },

  'what the policy of the side knew counts where the merge brings the next one': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, eve]));
    const made = await s.commit('made', two, s.b.version('model/y@1.0.0', { keys: [eve] }));
    return s.merge(await s.commit('aside', s.landed, {}), made, await s.policy(3, two, [ana]));
  },

  'what only a policy in between knew does not count where the merge brings one more': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, eve]));
    const made = await s.commit('made', two, s.b.version('model/y@1.0.0', { keys: [eve] }));
    const three = await s.commit('three', made, s.policy(3, made, [ana]));
    return s.merge(await s.commit('aside', s.landed, {}), three, await s.policy(4, three, [ana, bo]));
  },

  'of two policies that the side went through, one was in force already': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana]));
    const three = await s.commit('three', two, s.policy(3, two, [ana, eve]));
    const made = await s.commit('made', three, s.b.version('model/y@1.0.0', { keys: [eve] }));
    const four = await s.commit('four', made, s.policy(4, made, [ana]));
    return s.merge(await s.commit('aside', two, {}), four);
  },

  'what only the first of the policies would let in, on a side that ends with the third': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, carol]));
    const old = await s.commit('old', s.landed, s.b.version('model/y@1.0.0', { keys: [bo] }));
    const joined = await s.commit('joined', [old, two], s.b.filesBelow(two, '.at1'));
    const three = await s.commit('three', joined, s.policy(3, joined, [ana]));
    return s.merge(await s.commit('aside', two, {}), three);
  },

  'a version from before two policies, under which a stranger signed since': async (s) => {
    const made = await s.commit('made', s.landed, s.b.version('model/y@1.0.0', { keys: [bo] }));
    const two = await s.commit('two', made, s.policy(2, made, [ana, carol]));
    const three = await s.commit('three', two, s.policy(3, two, [ana]));
    const signature = await s.b.sign(eve, 'at1-manifest', s.b.bytesAt(made, 'model/y/1.0.0.toml'));
    return s.merge(await s.commit('scribbled', two, { 'model/y/1.0.0.sig/eve.sig': signature }), three);
  },

  'a version that lay with other bytes where the policy was signed': async (s) => {
    const old = await s.commit('old', s.landed, s.b.version('model/y@1.0.0', { keys: [bo] }));
    const other = await s.b.version('model/y@1.0.0', { keys: [bo], content: 'other' });
    const begun = await s.commit('begun', s.landed, other);
    const ruled = await s.commit('ruled', begun, s.policy(2, begun, [ana]));
    return s.merge(old, ruled, s.b.filesBelow(old, 'model'));
  },

  'a version that the merge leaves out, which the policy does not let in': async (s) => {
    const ruled = await s.commit('ruled', s.landed, s.policy(2, s.landed, [ana]));
    const old = await s.commit('old', s.landed, s.b.version('model/y@1.0.0', { keys: [bo] }));
    return s.commit('the merge', [await s.commit('aside', s.landed, {}), old, ruled], s.b.filesBelow(ruled, '.at1'));
  },

  'a version that the merge leaves out, which a policy in between let in': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, eve]));
    const made = await s.commit('made', two, s.b.version('model/y@1.0.0', { keys: [eve] }));
    const three = await s.commit('three', made, s.policy(3, made, [ana]));
    return s.commit('the merge', [await s.commit('aside', s.landed, {}), three], s.b.filesBelow(three, '.at1'));
  },

  'a policy that is none on another parent, and one on the way to it': async (s) => {
    const junk = await s.commit('junk', s.landed, { [POLICY]: 'junk' });
    const mended = await s.commit('mended', junk, { [POLICY]: s.b.bytesAt(s.landed, POLICY) });
    const program = await s.commit('program', s.landed, {
      [POLICY]: { mode: '100755', bytes: s.b.bytesAt(s.landed, POLICY) },
    });
    const other = await s.commit('other', s.landed, { [POLICY]: 'other' });
    return s.commit('the merge', [s.landed, mended, program, other], {});
  },

  'the policies of the other parents come before those they had on the way': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, bo]));
    const three = await s.commit('three', two, s.policy(3, two, [ana]));
    const other = await s.policy(2, s.landed, [ana, carol]);
    const back = await s.commit('back', three, other);
    return s.merge(await s.commit('aside', s.landed, {}), back);
  },

  'of the policies on the way the highest comes first': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, bo]));
    const three = await s.commit('three', two, s.policy(3, two, [ana]));
    const other = await s.commit('other', three, s.policy(2, s.landed, [ana, carol]));
    const back = await s.commit('back', other, s.b.filesBelow(s.landed, '.at1'));
    return s.merge(await s.commit('aside', s.landed, {}), back);
  },

  'a policy that is as high as the one in force is none': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, bo]));
    const other = await s.commit('other', s.landed, s.policy(2, s.landed, [ana, carol]));
    return s.commit('the merge', [two, other], {});
  },

  'a policy whose predecessor nobody has is none': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, bo]));
    const three = await s.commit('three', s.landed, s.policy(3, two, [ana]));
    return s.commit('the merge', [s.landed, three], {});
  },

  'a policy whose predecessor nobody signed is none': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, bo], RULES, []));
    const three = await s.commit('three', two, s.policy(3, two, [ana]));
    return s.commit('the merge', [s.landed, three], {});
  },

  'a policy with a signature of a stranger beside the one it needs': async (s) => {
    const two = await s.commit('two', s.landed, s.policy(2, s.landed, [ana, bo], RULES, [ana, eve]));
    return s.merge(await s.commit('aside', s.landed, {}), two);
  },

  'a folder of models that holds all twice, on a side that mends it': async (s) => {
    const made = await s.commit('made', s.landed, s.b.version('model/y@1.0.0'));
    const broken = s.named('broken', await withTwiceEachEntry(s.b, await s.commit('whole', made, {}), 'sub/model'));
    const mended = await s.commit('mended', broken, {}, { onto: s.landed });
    return s.commit('the merge', [await s.commit('aside', s.landed, {}), mended], {}, { onto: s.landed });
  },

  'a folder of models that is none, on a side that mends it': async (s) => {
    const made = await s.commit('made', s.landed, s.b.version('model/y@1.0.0'));
    const whole = await s.commit('whole', made, {});
    const broken = s.named('broken', await withSpoiledFolder(s.b, whole, 'sub/model', (bytes) => bytes.subarray(1)));
    const mended = await s.commit('mended', broken, {}, { onto: s.landed });
    return s.commit('the merge', [await s.commit('aside', s.landed, {}), mended], {}, { onto: s.landed });
  },

  'a registry that no git could have made, on a side that mends it': async (s) => {
    const made = await s.commit('made', s.landed, s.b.version('model/y@1.0.0'));
    const broken = s.named('broken', await withTwiceEachEntry(s.b, await s.commit('whole', made, {}), 'sub'));
    const mended = await s.commit('mended', broken, {}, { onto: made });
    return s.merge(await s.commit('aside', s.landed, {}), mended);
  },
};

describe('a merge that brings', () => tellScenarios('merges.txt', SCENARIOS));
