/** Which tags are right: name, target, message and signer, all of them. */
import assert from 'node:assert/strict';
import { type GoodSignature, goodSignatureOf } from '../../src/checks/check-commit.js';
import { checkTags } from '../../src/checks/check-tags.js';
import type { Digest } from '../../src/digest/digest.js';
import type { Oid } from '../../src/git-format/oid.js';
import { formatTag, parseTag, signTag } from '../../src/git-format/tag.js';
import { versionTagMessage } from '../../src/history/message.js';
import type { VersionRow } from '../../src/history/registry-state.js';
import { codesOf, rowOf } from '../helpers/fold-results.js';
import { ana, bo, eve, HistoryBuilder, REGISTRY } from '../helpers/registry-fixture.js';

const NAME = 'model/x@v1.0.0';
let b: HistoryBuilder;
let root: Oid;
let landed: Oid;
let tip: Oid;
let row: VersionRow;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  const rules = [
    { artifacts: ['*'], actions: ['register'], role: 'writer', threshold: 1 },
    { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
  ];
  root = await b.commit(
    [],
    await b.genesis(ana, { principals: [ana, bo], roles: { owner: ['ana'], writer: ['ana', 'bo'] }, rules }),
  );
  landed = await b.commit([root], await b.version('model/x@1.0.0'));
  tip = await b.commit([landed], await b.version('model/x@1.1.0'));
  row = rowOf(await b.fold(tip), 'model/x@1.0.0');
});

async function check(tags: Readonly<Record<string, Oid>>, at = tip) {
  const refs = Object.entries(tags).map(([name, oid]) => ({ name, oid }));
  return checkTags(b.source, [await b.fold(at)], refs);
}

async function errors(tags: Readonly<Record<string, Oid>>, at = tip): Promise<string[]> {
  return codesOf((await check(tags, at)).findings);
}

describe('a tag', () => {
  it('is right with name, target, digests and the signature of somebody who may', async () => {
    const { checked, findings } = await check({ [NAME]: await b.tag(row) });
    assert.deepEqual([checked, codesOf(findings), codesOf(findings, 'note')], [1, [], ['tag/missing']]);
  });

  it('is signed by whom somebody found before, where they saw the very bytes', async () => {
    const oid = await b.tag(row, { key: eve });
    const tag = parseTag((await b.read(oid)).bytes);
    const good = goodSignatureOf(tag, b.engines);
    assert.ok(good !== undefined);
    const found = async (known: GoodSignature) => {
      const result = await checkTags(b.source, [await b.fold(tip)], [{ name: NAME, oid }], new Map([[oid, known]]));
      return codesOf(result.findings);
    };
    assert.deepEqual(await found(good), ['tag/unknown-signer']);
    const anaKey = goodSignatureOf(parseTag((await b.read(await b.tag(row))).bytes), b.engines)?.key as string;
    assert.deepEqual(await found({ ...good, key: anaKey }), []);
    assert.deepEqual(await found({ key: anaKey, payload: good.key as Digest }), ['tag/unknown-signer']);
  });

  it('that is missing is a note', async () => {
    const { findings } = await check({});
    assert.deepEqual(codesOf(findings, 'note'), ['tag/missing', 'tag/missing']);
    assert.deepEqual(codesOf(findings), []);
  });

  it('of somebody else is ignored', async () => {
    const foreign = [
      'v1.0',
      'release/x',
      'model/x',
      'model/x@1.0.0',
      'model/x@v1',
      'Model/x@v1.0.0',
      'sub=model/x@v1.0.0',
    ];
    const { checked, findings } = await check(Object.fromEntries(foreign.map((name) => [name, root])));
    assert.deepEqual([checked, codesOf(findings)], [0, []]);
  });

  it('hung under another name is seen through', async () => {
    const oid = await b.tag(row);
    assert.deepEqual(await errors({ 'model/x@v1.1.0': oid }), ['tag/name-mismatch']);
    assert.deepEqual(await errors({ 'model/x@v9.9.9': oid }), ['tag/name-mismatch']);
  });

  it('that points elsewhere is moved, though it is signed', async () => {
    for (const object of [root, tip])
      assert.deepEqual(await errors({ [NAME]: await b.tag(row, { object }) }), ['tag/moved']);
    const outside = await b.commit([root], await b.version('model/x@1.0.0'));
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { object: outside }) }), ['tag/moved']);
  });

  it('that is lightweight or unsigned is no tag of ours', async () => {
    assert.deepEqual(await errors({ [NAME]: landed }), ['tag/unsigned']);
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { key: null }) }), ['tag/unsigned']);
  });

  it('signed by a stranger, or by somebody without a tag role, does not count', async () => {
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { key: eve }) }), ['tag/unknown-signer']);
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { key: bo }) }), ['policy/denied']);
  });

  it('stays right when its signer leaves the policy', async () => {
    const later = await b.commit([tip], await b.policy(2, tip, [ana, bo], { principals: [bo] }));
    assert.deepEqual(await errors({ [NAME]: await b.tag(row) }, later), []);
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { key: eve }) }, later), ['tag/unknown-signer']);
  });

  it('with another digest, or a signature over other bytes, is refused', async () => {
    const message = `model/x 1.0.0\n\nManifest: sha256:${'0'.repeat(64)}\n`;
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { message }) }), ['tag/message-mismatch']);
    const { bytes } = b.objects.get(await b.tag(row)) ?? assert.fail();
    const text = new TextDecoder().decode(bytes).replace('model/x 1.0.0', 'model/x 1.0.1');
    const forged = b.put('tag', new TextEncoder().encode(text));
    assert.deepEqual(await errors({ [NAME]: forged }), ['tag/bad-signature']);
  });

  it('that nothing accounts for is an error, also for a version that does not count', async () => {
    const name = 'model/x@v9.9.9';
    assert.deepEqual(await errors({ [name]: await b.tag(row, { name }) }), ['tag/unexpected']);
    const pending = await b.commit([tip], await b.version('model/z@1.0.0', { keys: [eve] }));
    const theirs = rowOf(await b.fold(pending), 'model/z@1.0.0');
    assert.deepEqual(await errors({ 'model/z@v1.0.0': await b.tag(theirs) }, pending), ['tag/unexpected']);
  });

  it('may sit where a branch brought the manifest in, before the merge', async () => {
    const side = await b.commit([root], await b.version('data/y@1.0.0', { keys: [bo] }));
    const merged = await b.commit([tip, side], await b.version('data/y@1.0.0', { keys: [bo] }));
    const there = rowOf(await b.fold(merged), 'data/y@1.0.0');
    assert.equal(there.commit, merged);
    for (const object of [side, merged])
      assert.deepEqual(await errors({ 'data/y@v1.0.0': await b.tag(there, { object }) }, merged), []);
    const after = await b.commit([merged], {});
    assert.deepEqual(await errors({ 'data/y@v1.0.0': await b.tag(there, { object: after }) }, after), ['tag/moved']);
  });

  it('that is damaged or gone is a finding, and the others are still looked at', async () => {
    const [oid, other] = [await b.tag(row), await b.tag(rowOf(await b.fold(tip), 'model/x@1.1.0'))];
    b.damage(oid);
    const { checked, findings } = await check({ [NAME]: oid, 'model/x@v1.1.0': other });
    assert.deepEqual([checked, codesOf(findings)], [2, ['git/invalid-object']]);
    b.objects.delete(oid);
    assert.deepEqual(await errors({ [NAME]: oid }), ['git/object-missing']);
  });

  it('is read once, however many there are', async () => {
    const many = Array.from({ length: 150 }, (_, i) => [`model/x@v3.0.${i}`, landed] as const);
    const { checked, findings } = await check(Object.fromEntries(many));
    const wrong = findings.filter(({ severity }) => severity === 'error').map(({ subject }) => subject);
    assert.deepEqual([checked, wrong], [150, many.map(([name]) => `tag ${name}`)]);
  });

  it('is missed on the first of several branches only, and judged by the first that knows it', async () => {
    const [one, two] = [
      await b.commit([tip], await b.version('data/y@1.0.0', { content: 'one' })),
      await b.commit([tip], {
        ...(await b.version('data/y@1.0.0', { content: 'two' })),
        ...(await b.version('data/z@1.0.0')),
      }),
    ];
    const [first, second] = [await b.fold(one), await b.fold(two)];
    const oid = await b.tag(rowOf(first, 'data/y@1.0.0'));
    const refs = [{ name: 'data/y@v1.0.0', oid }];
    const { findings } = await checkTags(b.source, [first, second], refs);
    assert.deepEqual(
      findings.map(({ code, subject }) => [code, subject]),
      [
        ['tag/missing', 'tag model/x@v1.0.0'],
        ['tag/missing', 'tag model/x@v1.1.0'],
      ],
    );
    assert.deepEqual(codesOf((await checkTags(b.source, [second, first], refs)).findings), ['tag/message-mismatch']);
    assert.deepEqual(
      (await checkTags(b.source, [], refs)).findings.map(({ code }) => code),
      ['tag/unexpected'],
    );
  });

  it('is told what is wrong with it in words', async () => {
    const told = async (oid: Oid, name = NAME) => {
      const { findings } = await check({ [name]: oid });
      return findings.filter(({ code }) => code !== 'tag/missing');
    };
    const about = { severity: 'error', subject: `tag ${NAME}`, hint: null };
    assert.deepEqual(await told(landed), [
      { ...about, code: 'tag/unsigned', message: 'a lightweight tag on a commit, not a signed tag' },
    ]);
    assert.deepEqual(await told(await b.tag(row, { key: null })), [
      { ...about, code: 'tag/unsigned', message: 'the tag carries no Ed25519 signature' },
    ]);
    assert.deepEqual(await told(await b.tag(row, { key: eve })), [
      { ...about, code: 'tag/unknown-signer', message: 'signed by a key that the policy does not list' },
    ]);
    assert.deepEqual(await told(await b.tag(row, { key: bo })), [
      { ...about, code: 'policy/denied', message: 'bo signed it, but the policy gives them no tag role' },
    ]);
    assert.deepEqual(await told(await b.tag(row, { message: 'x\n' })), [
      { ...about, code: 'tag/message-mismatch', message: 'the tag does not carry the digests of this version' },
    ]);
    assert.deepEqual(await told(await b.tag(row, { object: root })), [
      { ...about, code: 'tag/moved', message: `it points at ${root}, the version landed in ${landed}` },
    ]);
    assert.deepEqual(await told(await b.tag(row, { name: 'model/x@v1.1.0' })), [
      {
        ...about,
        code: 'tag/name-mismatch',
        message: "the tag object says it is 'model/x@v1.1.0'",
        hint: 'somebody hung it under another name',
      },
    ]);
    const name = 'model/x@v9.9.9';
    assert.deepEqual(await told(await b.tag(row, { name }), name), [
      {
        ...about,
        subject: `tag ${name}`,
        code: 'tag/unexpected',
        message: 'nothing in the history accounts for this tag',
        hint: 'delete it where it came from',
      },
    ]);
    const missing = { severity: 'note', code: 'tag/missing', message: 'this version has no tag yet' };
    const hint = 'at1 tag makes the missing tags';
    assert.deepEqual((await check({})).findings, [
      { ...missing, subject: `tag ${NAME}`, hint },
      { ...missing, subject: 'tag model/x@v1.1.0', hint },
    ]);
  });

  it('asks for the right to tag, not to register', async () => {
    const rules = [
      { artifacts: ['*'], actions: ['tag'], role: 'writer', threshold: 1 },
      { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
    ];
    const policy = { principals: [ana, bo], roles: { owner: ['ana'], writer: ['bo'] }, rules };
    const begun = await b.commit([], await b.genesis(ana, policy));
    const one = await b.commit([begun], await b.version('model/x@1.0.0'));
    const there = rowOf(await b.fold(one), 'model/x@1.0.0');
    assert.deepEqual(await errors({ [NAME]: await b.tag(there) }, one), ['policy/denied']);
    assert.deepEqual(await errors({ [NAME]: await b.tag(there, { key: bo }) }, one), []);
  });

  it('with white space at the end of its message is right', async () => {
    const message = `${versionTagMessage(REGISTRY, row)}\n \n`;
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { message }) }), []);
  });

  it('on something that is no commit of this registry is moved', async () => {
    const blob = b.fileAt(tip, 'at1.toml');
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { object: blob }) }), ['tag/moved']);
    const inner = await HistoryBuilder.make('sub');
    const before = await inner.commit([], {}, { key: null });
    const begun = await inner.commit([before], await inner.genesis());
    const one = await inner.commit([begun], await inner.version('model/x@1.0.0'));
    const folded = await inner.fold(one);
    const name = 'sub=model/x@v1.0.0';
    for (const object of [before, begun]) {
      const oid = await inner.tag(rowOf(folded, 'model/x@1.0.0'), { name, object });
      assert.deepEqual(codesOf((await checkTags(inner.source, [folded], [{ name, oid }])).findings), ['tag/moved']);
    }
    const good = await inner.tag(rowOf(folded, 'model/x@1.0.0'), { name });
    assert.deepEqual((await checkTags(inner.source, [folded], [{ name, oid: good }])).findings, []);
  });

  it('that says its commit is something else is moved', async () => {
    const tagger = { name: 'Test', email: 'test@example.org', seconds: row.tagTime, timezone: '+0000' };
    const message = versionTagMessage(REGISTRY, row);
    const unsigned = formatTag({ object: landed, type: 'tree', name: NAME, tagger, message });
    const oid = b.put('tag', signTag(unsigned, await b.sign(ana, 'git', unsigned)));
    const { findings } = await check({ [NAME]: oid });
    assert.deepEqual(findings[0], {
      severity: 'error',
      code: 'tag/moved',
      subject: `tag ${NAME}`,
      message: 'it points at a tree, not a commit',
      hint: null,
    });
  });

  it('passes on what nobody foresaw', async () => {
    const folded = await b.fold(tip);
    const oid = await b.tag(row, { object: root });
    for (const object of [oid, root]) {
      const reason = new Error('unforeseen');
      const reader = { read: (one: Oid) => (one === object ? Promise.reject(reason) : b.read(one)) };
      await assert.rejects(checkTags({ ...b.source, reader }, [folded], [{ name: NAME, oid }]), reason);
    }
  });

  it('may sit at the edge of a shallow clone, whose parents are not here', async () => {
    const behind = await b.commit([root], { 'README.md': 'x' });
    const side = await b.commit([behind], await b.version('data/y@1.0.0', { keys: [bo] }));
    const merged = await b.commit([tip, side], await b.version('data/y@1.0.0', { keys: [bo] }));
    b.shallow.add(side);
    b.objects.delete(behind);
    const there = rowOf(await b.fold(merged), 'data/y@1.0.0');
    assert.deepEqual(await errors({ 'data/y@v1.0.0': await b.tag(there, { object: side }) }, merged), []);
  });

  it('of what landed after the edge of a shallow clone is held against it all the same', async () => {
    const more = await b.commit([tip], await b.version('model/x@2.0.0'));
    b.shallow.add(landed);
    const late = rowOf(await b.fold(more), 'model/x@2.0.0');
    const name = 'model/x@v2.0.0';
    assert.deepEqual(await errors({ [name]: await b.tag(late, { name, object: tip }) }, more), ['tag/moved']);
    assert.deepEqual(await errors({ [name]: await b.tag(late, { name }) }, more), []);
    const early = await b.tag(row, { object: root });
    assert.deepEqual(await errors({ [NAME]: early }, more), []);
    b.shallow.clear();
    assert.deepEqual(await errors({ [NAME]: early }, more), ['tag/moved']);
  });

  it('cannot be held against the edge of a shallow clone', async () => {
    const oid = await b.tag(row);
    b.shallow.add(tip);
    assert.deepEqual(await errors({ [NAME]: oid }), []);
  });
});
