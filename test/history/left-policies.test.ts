/** Two lines of policies from one, and a merge that takes one of them into the other. */
import assert from 'node:assert/strict';
import { toHex } from '../../src/bytes/text.js';
import type { Oid } from '../../src/git-format/oid.js';
import { type FoldResult, foldHistory } from '../../src/history/fold.js';
import { keyIdOf, parsePublicKey } from '../../src/signing/public-key.js';
import { codesOf, errorsOf, goodVersions } from '../helpers/fold-results.js';
import { ana, bo, carol, eve, HistoryBuilder, type Key, keyOf, type NewFile } from '../helpers/registry-fixture.js';

let b: HistoryBuilder;
let root: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  // Eve alone could sign the next policy once.
  root = await b.commit([], await b.genesis(eve, { principals: [eve] }));
});

const revoking = (key: Key, cutoff: Oid) => ({ key: key.line, cutoff, reason: 'stolen' });

function told({ state }: FoldResult): string[] {
  return state.findings.map(({ severity, code }) => `${severity} ${code}`);
}

const FORKED = 'warning history/policy-forked';
const DROPPED = 'error history/revocation-dropped';

/** What people agreed on: ana and bo own it, and the key of carol is revoked. */
async function agreed(): Promise<Oid> {
  const two = await b.policy(2, root, [eve, ana], { principals: [ana, bo], revoked: [revoking(carol, root)] });
  return b.commit([await b.commit([root], two)], await b.version('model/x@1.0.0', { keys: [bo] }), { key: bo });
}

/** Another line, from before they knew better. */
async function another(principals: Key[] = [eve]): Promise<Oid> {
  return b.commit([root], await b.policy(2, root, [eve], { principals }));
}

describe('a policy that a merge leaves behind', () => {
  it('is told, and so is each key that it revoked and the policy in force does not', async () => {
    const tip = await b.commit([await another(), await agreed()], {}, { key: eve });
    const { state } = await b.fold(tip);
    const { engines } = b.source;
    const { raw } = parsePublicKey(carol.line);
    assert.deepEqual(
      state.findings.map(({ severity, code, subject }) => [severity, code, subject]),
      [
        ['warning', 'history/policy-forked', '.at1/policy/policy.toml'],
        ['error', 'history/revocation-dropped', `key ${keyIdOf(raw, engines)}`],
      ],
    );
    const [forked, dropped] = state.findings;
    assert.match(
      forked?.message ?? '',
      new RegExp(
        `^commit ${tip.slice(0, 12)} leaves policy 2 \\(sha256:[0-9a-f]{64}\\) behind, .* to follow policy 1$`,
      ),
    );
    assert.match(
      dropped?.message ?? '',
      new RegExp(`^policy 2 \\(sha256:[0-9a-f]{64}\\), which commit ${tip.slice(0, 12)} leaves`),
    );
    assert.match(dropped?.hint ?? '', /at1 policy revoke 'ssh-ed25519 [^ ]{68}' --cutoff COMMIT --reason TEXT;/);
    assert.deepEqual(
      state.leftPolicies.map(({ version, counts }) => [version, counts]),
      [[2, true]],
    );
    assert.deepEqual(state.revoked, []);
  });

  it('is told whichever of the two lines the mainline is', async () => {
    const real = await agreed();
    const other = await b.policy(2, root, [eve], { principals: [eve], revoked: [revoking(ana, root)] });
    const merged = await b.fold(await b.commit([real, await b.commit([root], other)], {}, { key: bo }));
    assert.deepEqual(told(merged), [FORKED, DROPPED]);
    assert.deepEqual(goodVersions(merged), ['model/x@1.0.0']);
  });

  it('is told once, and alike wherever the fold was cut', async () => {
    const fake = await another();
    const real = await agreed();
    const more = await b.commit([real], await b.version('model/x@1.1.0', { keys: [bo] }), { key: bo });
    const first = await b.commit([fake, real], {}, { key: eve });
    const second = await b.commit([first, more], {}, { key: eve });
    const last = await b.commit([second], { 'README.md': 'x' });
    const whole = await b.fold(last);
    assert.deepEqual(told(whole), [FORKED, DROPPED]);
    for (const part of [fake, first, second]) {
      assert.deepEqual((await b.fold(last, (await b.fold(part)).state)).state, whole.state);
    }
  });

  it('is told with those that follow it, in the same merge or in a later one', async () => {
    const real = await agreed();
    const [two, three] = [
      real,
      await b.commit([real], await b.policy(3, real, [ana], { principals: [ana], revoked: [revoking(bo, real)] })),
    ];
    const fake = await another();
    const atOnce = await b.fold(await b.commit([fake, three], {}, { key: eve }));
    const byTwo = await b.fold(
      await b.commit([await b.commit([fake, two], {}, { key: eve }), three], {}, { key: eve }),
    );
    for (const { state } of [atOnce, byTwo]) {
      assert.deepEqual(
        state.leftPolicies.map(({ version }) => version),
        [2, 3],
      );
      // The third says nothing of carol any more, but the second did.
      assert.equal(codesOf(state.findings).length, 2);
      assert.equal(codesOf(state.findings, 'warning').length, 2);
    }
  });

  it('is no error where it revoked nobody: two people may have drafted at once', async () => {
    const left = await another([eve, bo]);
    const right = await another([eve, ana]);
    const merged = await b.commit([left, right], {}, { key: eve });
    assert.deepEqual(told(await b.fold(merged)), [FORKED]);
    const again = await b.policy(3, left, [eve], { principals: [eve, ana, bo] });
    assert.deepEqual(told(await b.fold(await b.commit([merged], again))), [FORKED]);
  });

  it('is not told if strangers signed it, or nobody did, or it follows none of ours', async () => {
    const fake = await another();
    const { engines } = b.source;
    const none = engines.sha256(new Uint8Array());
    for (const side of [
      await b.policy(2, root, [ana], { principals: [ana] }),
      await b.policy(2, root, [], { principals: [eve, ana] }),
      await b.policy(2, root, [eve], { principals: [ana] }),
      await b.policy(2, root, [eve], { principals: [eve, ana], previous: `sha256:${toHex(none)}` }),
    ]) {
      const folded = await b.fold(await b.commit([fake, await b.commit([root], side)], {}, { key: eve }));
      assert.deepEqual([told(folded), folded.state.leftPolicies], [[], []]);
    }
  });

  it('is judged by all its signatures, in whichever commit they came', async () => {
    const both = { principals: [ana, bo], threshold: 2 };
    const start = await b.commit([], await b.genesis(eve, { principals: [eve] }));
    const one = await b.commit([start], await b.policy(2, start, [eve, ana], both));
    const two = await b.commit([one], await b.policy(2, start, [eve, ana, bo], both));
    const later = await b.commit([two], await b.policy(2, start, [eve], both));
    const mine = await b.commit([start], await b.policy(2, start, [eve], { principals: [eve] }));
    assert.deepEqual(told(await b.fold(await b.commit([mine, one], {}, { key: eve }))), []);
    assert.deepEqual(told(await b.fold(await b.commit([mine, later], {}, { key: eve }))), [FORKED]);
  });
});

describe('signatures of strangers on a side', () => {
  /** Signatures that are checked where so many policies came from the side, each signed by so many strangers. */
  async function checks(base: Oid, policies: number, strangers: number): Promise<number> {
    const real = await agreed();
    let side = root;
    for (let i = 0; i < policies; i++) {
      const changes: Record<string, NewFile> = {
        ...(await b.policy(2 + i, base, [eve], { principals: [bo, keyOf(`new${i}`)] })),
      };
      const [name] = Object.keys(changes).filter((path) => path.endsWith('/eve.sig')) as [string];
      const signature = changes[name] as Uint8Array;
      changes[name] = null;
      for (let j = 0; j < strangers; j++) changes[name.replace('eve', `stranger${j}`)] = signature;
      side = await b.commit([side], changes, { key: null });
    }
    const { engines } = b.source;
    let count = 0;
    const ed25519Verify: typeof engines.ed25519Verify = (...all) => {
      count++;
      return engines.ed25519Verify(...all);
    };
    const tip = await b.commit([real, side], {}, { key: null, onto: real });
    const folded = await foldHistory({ ...b.source, engines: { ...engines, ed25519Verify } }, tip);
    assert.deepEqual([told(folded), folded.state.leftPolicies], [[], []]);
    return count;
  }

  it('are not checked: nobody whom they are named for could count', async () => {
    for (const base of [root, await agreed()]) assert.equal(await checks(base, 5, 40), await checks(base, 1, 1));
  });
});

describe('a revocation that a merge dropped', () => {
  it('is put right by the merge itself, or by a later policy, that revokes the key', async () => {
    const fake = await another();
    const real = await agreed();
    const right = await b.policy(3, fake, [eve], { principals: [eve], revoked: [revoking(carol, root)] });
    assert.deepEqual(told(await b.fold(await b.commit([fake, real], right, { key: eve }))), [FORKED]);
    const merged = await b.commit([fake, real], {}, { key: eve });
    const folded = await b.fold(await b.commit([merged], right));
    assert.deepEqual(told(folded), [FORKED, 'warning history/revocation-dropped']);
    assert.match(folded.state.findings[1]?.message ?? '', /\(put right since\)$/);
    // Another key is none of it.
    const other = await b.policy(3, fake, [eve], { principals: [eve], revoked: [revoking(bo, root)] });
    assert.deepEqual(errorsOf(await b.fold(await b.commit([merged], other))), ['history/revocation-dropped']);
  });

  it('is put right by policies that a merge brings, though the last of them takes the key out again', async () => {
    const fake = await another();
    const merged = await b.commit([fake, await agreed()], {}, { key: eve });
    assert.deepEqual(errorsOf(await b.fold(merged)), ['history/revocation-dropped']);
    const line = { principals: [eve], revoked: [revoking(carol, root)] };
    const three = await b.commit([fake], await b.policy(3, fake, [eve], line));
    const four = await b.commit([three], await b.policy(4, three, [eve], { principals: [eve] }));
    const folded = await b.fold(await b.commit([merged, four], {}, { key: eve, onto: four }));
    assert.deepEqual(told(folded), [FORKED, 'warning history/revocation-dropped']);
    assert.equal(folded.state.policy.version, 4);
  });

  it('is one from when signatures come by which that policy counts', async () => {
    const start = await b.commit([], await b.genesis(eve, { principals: [eve, ana] }));
    const line = { principals: [bo], revoked: [revoking(carol, start)] };
    const some = await b.commit([start], await b.policy(2, start, [eve, bo], line));
    const all = await b.commit([start], await b.policy(2, start, [eve, ana, bo], line));
    const two = await b.commit([start], await b.policy(2, start, [ana], { principals: [ana] }));
    const three = await b.policy(3, two, [ana], { principals: [ana], revoked: [revoking(eve, start)] });
    const mine = await b.commit([two], three);
    const first = await b.commit([mine, some], {}, { key: ana, onto: mine });
    assert.deepEqual(told(await b.fold(first)), [FORKED]);
    const junk = await b.commit([some], { '.at1/policy/policy.sig/carol.sig': 'junk' });
    const again = await b.commit([first, junk], {}, { key: ana, onto: mine });
    assert.deepEqual(told(await b.fold(again)), [FORKED]);
    const second = await b.commit([again, all], {}, { key: ana, onto: mine });
    assert.deepEqual(told(await b.fold(second)), [FORKED, FORKED, DROPPED]);
    assert.deepEqual(told(await b.fold(await b.commit([mine, all], {}, { key: ana, onto: mine }))), [FORKED, DROPPED]);
  });

  it('is none where those who signed it, or the one before it, were revoked; that it was there is told', async () => {
    const real = await b.commit([root], await b.policy(2, root, [eve, ana], { principals: [ana, bo] }));
    const evil = await b.commit(
      [root],
      await b.policy(2, root, [eve, carol], { principals: [carol], revoked: [revoking(ana, root)] }),
    );
    const worse = await b.commit(
      [evil],
      await b.policy(3, evil, [carol], { principals: [carol], revoked: [revoking(bo, root)] }),
    );
    const merged = await b.commit([real, worse], {}, { key: ana });
    assert.deepEqual(told(await b.fold(merged)), [FORKED, DROPPED, FORKED, DROPPED]);
    const three = await b.policy(3, real, [ana], { principals: [ana, bo], revoked: [revoking(eve, real)] });
    const folded = await b.fold(await b.commit([merged], three));
    assert.deepEqual(told(folded), [FORKED, FORKED]);
    for (const { message } of folded.state.findings) assert.match(message, /; a key it rests on was revoked$/);
    assert.deepEqual(
      folded.state.leftPolicies.map(({ counts }) => counts),
      [false, false],
    );
  });
});
