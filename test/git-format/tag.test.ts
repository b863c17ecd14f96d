import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import { formatTag, parseTag, signTag } from '../../src/git-format/tag.js';
import { git } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import {
  gitAccepts,
  makeSigningKey,
  objectOf,
  type SigningKey,
  sshSign,
  sshVerifies,
  useSigningKey,
  writeObject,
} from './oracle.js';

const OID = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const HEAD = `object ${OID}\ntype tree\ntag v1\ntagger A <a@b.c> 1 +0000\n`;

describe('tag objects', () => {
  const temp = useTempDir('suite');
  let dir: string;
  let repository: string;
  let key: SigningKey;

  before(() => {
    dir = temp.path;
    key = makeSigningKey(dir);
    repository = `${dir}/repository`;
    git(dir, ['init', '-q', repository]);
    useSigningKey(repository, key);
    git(repository, ['commit', '-q', '--allow-empty', '-m', 'first']);
  });

  const messages = [
    'plain\n',
    'Modèle 模型\n\nbody\n\n\n',
    'crlf\r\n\r\n',
    '-----BEGIN PGP SIGNATURE----- is quoted\n-----BEGIN SSH SIGNATURE-----\nnot one\n',
  ];
  for (const [number, message] of messages.entries()) {
    it(`cuts the payload git signs out of tag ${number}`, () => {
      const name = `model/a@v${number}`;
      git(repository, ['tag', '-s', '--cleanup=verbatim', '-F', '-', name], { input: message });
      const { bytes } = objectOf(repository, `refs/tags/${name}`);
      const tag = parseTag(bytes);
      assert.equal(tag.name, name);
      assert.equal(tag.type, 'commit');
      assert.equal(tag.message, message);
      assert.equal(tag.signature?.kind, 'ssh');
      assert.ok(tag.tagger !== undefined);
      assert.deepEqual(formatTag({ ...tag, tagger: tag.tagger }), tag.payload);
      const armor = tag.signature?.armor ?? '';
      assert.deepEqual(signTag(tag.payload, armor), bytes);
      assert.equal(sshVerifies(key, armor, tag.payload, dir), true);
    });
  }

  it('makes signed tags git accepts', () => {
    const fields = parseTag(objectOf(repository, 'refs/tags/model/a@v0').bytes);
    const unsigned = formatTag({
      ...fields,
      name: 'ours',
      tagger: { name: 'Ä', email: 'a@b', seconds: 5, timezone: '-0100' },
      message: 'm\n',
    });
    const oid = writeObject(repository, 'tag', signTag(unsigned, sshSign(key, unsigned)));
    git(repository, ['update-ref', 'refs/tags/ours', oid]);
    assert.equal(gitAccepts(repository, 'verify-tag', 'ours'), true);
    git(repository, ['fsck', '--strict']);
  });

  it('reads unsigned tags and those of trees without tagger', () => {
    const tag = parseTag(utf8(`object ${OID}\ntype tree\ntag v1\n\nmessage`));
    assert.equal(tag.tagger, undefined);
    assert.equal(tag.signature, undefined);
    assert.equal(tag.message, 'message');
  });

  it('leaves header signatures of another hash out of the payload, as git does', () => {
    const armor = '-----BEGIN SSH SIGNATURE-----\nx\n-----END SSH SIGNATURE-----\n';
    const tag = parseTag(utf8(`${HEAD}gpgsig-sha256 a\n b\n\nmessage\n${armor}`));
    assert.deepEqual(tag.payload, utf8(`${HEAD}\nmessage\n`));
    assert.deepEqual(tag.signature, { kind: 'ssh', armor });
  });

  for (const [what, text] of [
    ['an unknown type', `object ${OID}\ntype bush\ntag v1\n\n`],
    ['two names', `object ${OID}\ntype tree\ntag v1\ntag v2\n\n`],
    ['no name', `object ${OID}\ntype tree\n\n`],
    ['two taggers', `${HEAD}tagger A <a@b.c> 1 +0000\n\n`],
    ['a short id', `object ${OID.slice(1)}\ntype tree\ntag v1\n\n`],
    ['a signature in its header', `${HEAD}-----BEGIN SSH SIGNATURE-----\n\nbody\n`],
  ] as const) {
    it(`refuses a tag with ${what}`, async () => {
      await throwsCode(() => parseTag(utf8(text)), 'git/invalid-object');
    });
  }

  it('refuses to sign a message without line break at its end', () => {
    assert.throws(() => signTag(utf8(`${HEAD}\nmessage`), '-----BEGIN SSH SIGNATURE-----\n'), RangeError);
  });
});
