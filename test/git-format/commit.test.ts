import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromUtf8, utf8 } from '../../src/bytes/text.js';
import { type CommitFields, formatCommit, parseCommit, signCommit } from '../../src/git-format/commit.js';
import { parseOid } from '../../src/git-format/oid.js';
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

const TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const PERSON = 'A <a@b.c> 1 +0000';
const HEAD = `tree ${TREE}\nauthor ${PERSON}\ncommitter ${PERSON}\n`;

function bytesOf(latin1: string): Uint8Array {
  return Uint8Array.from(latin1, (c) => c.charCodeAt(0));
}

describe('commit objects', () => {
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

  function checkOracle(name: string): void {
    const { bytes } = objectOf(repository, name);
    const commit = parseCommit(bytes);
    assert.ok(commit.signature !== undefined);
    assert.equal(commit.signature.kind, 'ssh');
    assert.deepEqual(signCommit(commit.payload, commit.signature.armor), bytes);
    assert.equal(sshVerifies(key, commit.signature.armor, commit.payload, dir), true);
    const tampered = commit.payload.slice();
    tampered[tampered.length - 1] = 0x21;
    assert.equal(sshVerifies(key, commit.signature.armor, tampered, dir), false);
  }

  const messages: readonly [what: string, message: string][] = [
    ['a plain message', 'plain\n'],
    ['UTF-8', 'Modèle de détection – 模型 🚀\n\nBody.\n'],
    ['CRLF line ends', 'subject\r\n\r\nbody\r\n'],
    ['trailing blank lines', 'subject\n\nbody\n\n\n'],
    ['no line break at the end', 'subject'],
    ['lines that look like headers', 'gpgsig x\n gpgsig y\ntree z\n\ngpgsig -----BEGIN SSH SIGNATURE-----\n'],
    ['leading blanks', '\n\n  subject\n'],
    ['an empty message', ''],
  ];
  for (const [what, message] of messages) {
    it(`cuts the payload git signs out of a commit with ${what}`, () => {
      const args = ['commit', '-q', '-S', '--allow-empty', '--allow-empty-message', '--cleanup=verbatim', '-F', '-'];
      git(repository, args, { input: message });
      checkOracle('HEAD');
      const { bytes } = objectOf(repository, 'HEAD');
      const commit = parseCommit(bytes);
      assert.equal(commit.message, message);
      assert.deepEqual(formatCommit(commit), commit.payload);
    });
  }

  it('reads a message in ISO-8859-1 and leaves its bytes in the payload', () => {
    const args = ['-c', 'i18n.commitEncoding=ISO-8859-1', 'commit', '-q', '-S', '--allow-empty', '-F', '-'];
    git(repository, args, { input: Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x0a) });
    checkOracle('HEAD');
    assert.equal(parseCommit(objectOf(repository, 'HEAD').bytes).message, 'café\n');
  });

  it('keeps the mergetag of a merged signed tag in the payload', () => {
    git(repository, ['checkout', '-q', '-b', 'side', 'HEAD~1']);
    git(repository, ['commit', '-q', '--allow-empty', '-m', 'side']);
    git(repository, ['tag', '-s', '-m', 'side tag', 'side-tag']);
    git(repository, ['checkout', '-q', 'main']);
    git(repository, ['merge', '-q', '-S', '--no-ff', '-m', 'merge', 'side-tag']);
    checkOracle('HEAD');
    const { bytes } = objectOf(repository, 'HEAD');
    const commit = parseCommit(bytes);
    assert.equal(commit.parents.length, 2);
    assert.ok(fromUtf8(commit.payload).includes('\nmergetag object '));
    assert.ok(fromUtf8(commit.payload).includes('\n -----BEGIN SSH SIGNATURE-----'));
  });

  it('makes signed commits git and ssh-keygen accept', () => {
    const { oid, bytes } = objectOf(repository, 'HEAD');
    const before = parseCommit(bytes);
    const unsigned = formatCommit({ ...before, parents: [oid], message: 'ours é\n\ngpgsig is only a word here\n' });
    const name = writeObject(repository, 'commit', signCommit(unsigned, sshSign(key, unsigned)));
    assert.equal(gitAccepts(repository, 'verify-commit', name), true);
    git(repository, ['fsck', '--strict']);
  });

  it('has parse undo format', () => {
    const oid = fc
      .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 40, maxLength: 40 })
      .map((c) => parseOid(c.join('')));
    const name = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replace(/[<>\n\0]/g, '').trim());
    const person = fc.record(
      {
        name,
        email: name,
        seconds: fc.integer({ min: 0, max: 2 ** 40 }),
        timezone: fc.constantFrom('+0000', '-0330', '+1400'),
      },
      { noNullPrototype: true },
    );
    const commit: fc.Arbitrary<CommitFields> = fc.record(
      {
        tree: oid,
        parents: fc.array(oid, { maxLength: 3 }),
        author: person,
        committer: person,
        message: fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(commit, (fields) => {
        const bytes = formatCommit(fields);
        const { signature, payload, ...read } = parseCommit(bytes);
        assert.deepEqual(read, fields);
        assert.equal(signature, undefined);
        assert.deepEqual(payload, bytes);
      }),
    );
  });

  it('drops every gpgsig header from the payload, as git does, and keeps unknown ones', () => {
    const text = `${HEAD}HG:extra some\n thing\ngpgsig-sha256 one\n two\nx y\ngpgsig three\n four\n\nbody\n`;
    const commit = parseCommit(utf8(text));
    assert.equal(fromUtf8(commit.payload), `${HEAD}HG:extra some\n thing\nx y\n\nbody\n`);
    assert.deepEqual(commit.signature, { kind: 'unknown', armor: 'three\nfour\n' });
  });

  it('tells kinds of signatures apart', () => {
    for (const [marker, kind] of [
      ['PGP SIGNATURE', 'pgp'],
      ['PGP MESSAGE', 'pgp'],
      ['SIGNED MESSAGE', 'x509'],
      ['SSH SIGNATURE', 'ssh'],
    ]) {
      const commit = parseCommit(utf8(`${HEAD}gpgsig -----BEGIN ${marker}-----\n \n x\n\n`));
      assert.equal(commit.signature?.kind, kind);
      assert.equal(commit.signature?.armor, `-----BEGIN ${marker}-----\n\nx\n`);
    }
  });

  const bad: readonly [what: string, text: string][] = [
    ['two signatures', `${HEAD}gpgsig a\ngpgsig b\n\n`],
    ['two trees', `tree ${TREE}\n${HEAD}\n`],
    ['a second tree later', `${HEAD}tree ${TREE}\n\n`],
    ['two authors', `tree ${TREE}\nauthor ${PERSON}\nauthor ${PERSON}\ncommitter ${PERSON}\n\n`],
    ['two committers', `${HEAD}committer ${PERSON}\n\n`],
    ['a late parent', `${HEAD}parent ${TREE}\n\n`],
    ['no tree', `author ${PERSON}\ncommitter ${PERSON}\n\n`],
    ['no author', `tree ${TREE}\ncommitter ${PERSON}\n\n`],
    ['a short id', `tree ${TREE.slice(1)}\nauthor ${PERSON}\ncommitter ${PERSON}\n\n`],
    ['a NUL in its header', `tree ${TREE}\nauthor A\0 <a@b.c> 1 +0000\ncommitter ${PERSON}\n\n`],
    ['a tree over two lines', `tree ${TREE}\n x\nauthor ${PERSON}\ncommitter ${PERSON}\n\n`],
    ['an unfinished header', `tree ${TREE}`],
    ['nothing at all', ''],
  ];
  for (const [what, text] of bad) {
    it(`refuses a commit with ${what}`, async () => {
      await throwsCode(() => parseCommit(utf8(text)), 'git/invalid-object');
    });
  }

  it('tolerates bytes in no known encoding', () => {
    const commit = parseCommit(bytesOf(`${HEAD}encoding none-such\n\nfoo \xff\xfe`));
    assert.equal(commit.message, 'foo \ufffd\ufffd');
  });

  it('never fails on damaged bytes with anything but git/invalid-object', () => {
    const sample = utf8(`${HEAD}gpgsig a\n b\n\nmessage\n`);
    fc.assert(
      fc.property(fc.nat(sample.length - 1), fc.nat(255), (at, value) => {
        const damaged = sample.slice();
        damaged[at] = value;
        try {
          parseCommit(damaged);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'git/invalid-object');
        }
      }),
    );
  });
});
