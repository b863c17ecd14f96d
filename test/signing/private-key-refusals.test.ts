/** Private key files put together by hand, wrong in one place each: what is refused, as what, and what is said about it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { ByteWriter, concatBytes } from '../../src/bytes/writer.js';
import type { ErrorCode } from '../../src/errors.js';
import { privateKeyFromSeed } from '../../src/keys/seed.js';
import { formatArmorText, parseArmorText } from '../../src/signing/armor.js';
import {
  formatPrivateKeyContainer,
  formatPrivateSection,
  PRIVATE_KEY_LABEL,
  type PrivateKeyContainer,
  parsePrivateKeyContainer,
  parsePrivateSection,
} from '../../src/signing/private-key.js';
import { encodePublicBlob } from '../../src/signing/public-key.js';
import { strings } from '../../src/signing/wire.js';
import { cutFields } from '../helpers/cut-fields.js';
import { sshKeygen } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const TEST_KEY = privateKeyFromSeed(new Uint8Array(32).fill(5), 'test key');
const RAW = TEST_KEY.publicKey.raw;
const AES = { cipher: 'aes256-ctr', kdf: 'bcrypt', salt: new Uint8Array(16).fill(9), rounds: 16 } as const;
const PLAIN: PrivateKeyContainer = { publicKey: RAW, encryption: undefined, section: new Uint8Array(8) };
const LOCKED: PrivateKeyContainer = { publicKey: RAW, encryption: AES, section: new Uint8Array(16) };

interface FileParts {
  readonly magic?: string;
  readonly cipher?: string;
  readonly kdf?: string;
  readonly options?: Uint8Array;
  readonly count?: number;
  readonly section?: Uint8Array;
}

function fileWith(parts: FileParts): string {
  const writer = new ByteWriter().bytes(utf8(parts.magic ?? 'openssh-key-v1\0'));
  writer.bytes(strings(parts.cipher ?? 'none', parts.kdf ?? 'none', parts.options ?? new Uint8Array()));
  writer.u32be(parts.count ?? 1).bytes(strings(encodePublicBlob(RAW), parts.section ?? new Uint8Array(8)));
  return formatArmorText(PRIVATE_KEY_LABEL, writer.finish());
}

function bcryptOptions(salt: Uint8Array, rounds: number, tail: readonly number[] = []): Uint8Array {
  return concatBytes([new ByteWriter().bytes(strings(salt)).u32be(rounds).finish(), Uint8Array.from(tail)]);
}

interface SectionParts {
  readonly type?: string;
  readonly publicKey?: Uint8Array;
  readonly secret?: Uint8Array;
  readonly comment?: Uint8Array | string;
  readonly padding?: readonly number[];
}

function sectionWith(parts: SectionParts): Uint8Array {
  const secret = parts.secret ?? concatBytes([TEST_KEY.seed, RAW]);
  const body = strings(parts.type ?? 'ssh-ed25519', parts.publicKey ?? RAW, secret, parts.comment ?? '');
  return concatBytes([new ByteWriter().u32be(7).u32be(7).finish(), body, Uint8Array.from(parts.padding ?? [])]);
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('a private key file', () => {
  const dir = useTempDir();
  const salt = new Uint8Array(16);

  const refused: readonly (readonly [string, FileParts, ErrorCode, RegExp])[] = [
    ['another magic', { magic: 'openssh-key-v2\0' }, 'key/invalid', /^magic is not openssh-key-v1/],
    ['no key', { count: 0 }, 'key/unsupported', /^the file holds 0 keys, not one$/],
    ['two keys', { count: 2 }, 'key/unsupported', /^the file holds 2 keys, not one$/],
    ['no private section', { section: new Uint8Array() }, 'key/invalid', /^private section of 0 bytes/],
    ['a section that is not whole blocks', { section: new Uint8Array(12) }, 'key/invalid', /^private section of 12 b/],
    [
      'options of a plain key',
      { options: Uint8Array.of(0) },
      'key/invalid',
      /^a plain key has key derivation options$/,
    ],
    ['a cipher without key derivation', { cipher: 'aes256-ctr' }, 'key/unsupported', /with aes256-ctr and none$/],
    ['key derivation without a cipher', { kdf: 'bcrypt' }, 'key/unsupported', /encrypted with none and bcrypt$/],
    ['a name that is not ASCII', { cipher: 'nöne' }, 'key/invalid', /^cipher is not printable ASCII/],
  ];
  for (const [what, parts, code, message] of refused) {
    it(`with ${what} is refused`, async () => {
      assert.match((await throwsCode(() => parsePrivateKeyContainer(fileWith(parts)), code)).message, message);
    });
  }

  const badOptions: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['an empty salt', bcryptOptions(new Uint8Array(), 16), /^empty salt or zero rounds$/],
    ['zero rounds', bcryptOptions(salt, 0), /^empty salt or zero rounds$/],
    ['a byte after the rounds', bcryptOptions(salt, 16, [0]), /^1 bytes after the end of key derivation options/],
    ['no options', new Uint8Array(), /^length of salt: /],
    ['a salt cut short', bcryptOptions(salt, 16).subarray(0, 19), /^salt: /],
    ['no rounds', bcryptOptions(salt, 16).subarray(0, 22), /^rounds: /],
  ];
  for (const [what, options, message] of badOptions) {
    it(`with a passphrase and ${what} is refused`, async () => {
      const text = fileWith({ cipher: 'aes256-ctr', kdf: 'bcrypt', options, section: new Uint8Array(16) });
      assert.match((await throwsCode(() => parsePrivateKeyContainer(text), 'key/invalid')).message, message);
    });
  }

  it('with another cipher says which, and how to come by a file that can be read', async () => {
    const text = fileWith({ cipher: 'chacha20-poly1305@openssh.com', kdf: 'bcrypt' });
    const error = await throwsCode(() => parsePrivateKeyContainer(text), 'key/unsupported');
    assert.deepEqual(error.facts, { cipher: 'chacha20-poly1305@openssh.com', kdf: 'bcrypt' });
    assert.match(error.hint ?? '', /ssh-keygen -p -Z aes256-ctr -f FILE/);
  });

  it('names the field in which it ends', () => {
    const blob = parseArmorText(PRIVATE_KEY_LABEL, formatPrivateKeyContainer(LOCKED), 'key/invalid');
    const fields = cutFields(blob, (cut) => parsePrivateKeyContainer(formatArmorText(PRIVATE_KEY_LABEL, cut)));
    const named = ['cipher', 'key derivation', 'key derivation options', 'public key', 'private section'];
    const [first = [], second = [], third = [], ...rest] = named.map((name) => [`length of ${name}`, name]);
    assert.deepEqual(fields, ['magic', ...first, ...second, ...third, 'number of keys', ...rest.flat()]);
  });

  it('may not go on after its end', async () => {
    const blob = parseArmorText(PRIVATE_KEY_LABEL, formatPrivateKeyContainer(PLAIN), 'key/invalid');
    const longer = formatArmorText(PRIVATE_KEY_LABEL, concatBytes([blob, Uint8Array.of(0)]));
    const error = await throwsCode(() => parsePrivateKeyContainer(longer), 'key/invalid');
    assert.match(error.message, /^1 bytes after the end of private key file/);
  });

  it('that is encrypted comes in blocks of 16 bytes, one in plain in blocks of 8', async () => {
    for (const length of [1, 7, 8, 9, 15, 16, 17, 24, 32]) {
      const section = new Uint8Array(length).fill(4);
      for (const [container, block] of [
        [{ ...PLAIN, section }, 8],
        [{ ...LOCKED, section }, 16],
      ] as const) {
        const parse = () => parsePrivateKeyContainer(formatPrivateKeyContainer(container));
        if (length % block === 0) assert.deepEqual(parse(), container);
        else await throwsCode(parse, 'key/invalid');
      }
    }
  });

  it('that ssh-keygen encrypted is written back byte for byte', () => {
    sshKeygen(['-q', '-t', 'ed25519', '-a', '3', '-N', 'secret', '-C', 'test key', '-f', dir.at('locked')]);
    const theirs = readFileSync(dir.at('locked'), 'utf8');
    assert.equal(formatPrivateKeyContainer(parsePrivateKeyContainer(theirs)), theirs);
  });
});

describe('the private section', () => {
  const secret = concatBytes([TEST_KEY.seed, RAW]);
  const other = RAW.slice();
  other[31] = (other[31] as number) ^ 1;

  const refused: readonly (readonly [string, SectionParts, ErrorCode, RegExp])[] = [
    ['another type of key', { type: 'ssh-rsa' }, 'key/unsupported', /^keys of type ssh-rsa are not supported$/],
    ['a secret of 63 bytes', { secret: secret.subarray(1) }, 'key/invalid', /has 64 bytes here, not 63/],
    ['a secret of 65 bytes', { secret: concatBytes([secret, other.subarray(31)]) }, 'key/invalid', /here, not 65/],
    ['another public key', { publicKey: other }, 'key/invalid', /^the public keys in the file differ/],
    ['another one behind the seed', { secret: concatBytes([TEST_KEY.seed, other]) }, 'key/invalid', /file differ/],
    ['padding that starts at 0', { padding: [0, 1] }, 'key/invalid', /^padding is not 1, 2, 3/],
    ['padding that goes wrong at its end', { padding: [1, 2, 4] }, 'key/invalid', /^padding is not 1, 2, 3/],
    ['a whole block of padding', { padding: upTo(8) }, 'key/invalid', /^padding is not 1, 2, 3/],
  ];
  for (const [what, parts, code, message] of refused) {
    it(`with ${what} is refused`, async () => {
      assert.match((await throwsCode(() => parsePrivateSection(sectionWith(parts), PLAIN), code)).message, message);
    });
  }

  it('has less than a block of padding, which is 16 bytes under AES', async () => {
    for (const [container, block] of [
      [PLAIN, 8],
      [LOCKED, 16],
    ] as const) {
      for (let length = 0; length < block; length++) {
        const key = parsePrivateSection(sectionWith({ padding: upTo(length) }), container);
        assert.deepEqual(key, { publicKey: { ...TEST_KEY.publicKey, comment: '' }, seed: TEST_KEY.seed });
      }
      const whole = sectionWith({ padding: upTo(block) });
      await throwsCode(() => parsePrivateSection(whole, container), 'key/invalid');
    }
  });

  it('is written in whole blocks and read back, in plain and for AES', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,40}$/), fc.boolean(), (comment, encrypted) => {
        const key = { ...TEST_KEY, publicKey: { ...TEST_KEY.publicKey, comment } };
        const section = formatPrivateSection(key, 1, encrypted);
        assert.equal(section.length % (encrypted ? 16 : 8), 0);
        assert.deepEqual(parsePrivateSection(section, encrypted ? LOCKED : PLAIN), key);
      }),
    );
  });

  it('names the field in which it ends', () => {
    const fields = cutFields(sectionWith({ comment: 'ana' }), (cut) => parsePrivateSection(cut, PLAIN));
    const named = ['key type', 'public key', 'private key', 'comment'].flatMap((name) => [`length of ${name}`, name]);
    assert.deepEqual(fields, ['check', 'repeated check', ...named]);
  });

  it('may have a comment in any encoding, for comments must not make a key unreadable', () => {
    const key = parsePrivateSection(sectionWith({ comment: Uint8Array.of(0x4d, 0xfc, 0x6c) }), PLAIN);
    assert.equal(key.publicKey.comment, 'Mül');
  });

  it('says of unequal check numbers what they mean', async () => {
    const section = sectionWith({});
    section[3] = 8;
    const plain = await throwsCode(() => parsePrivateSection(section, PLAIN), 'key/invalid');
    assert.match(plain.message, /^check numbers of the private section differ/);
    const locked = await throwsCode(() => parsePrivateSection(section, LOCKED), 'key/passphrase');
    assert.equal(locked.message, 'wrong passphrase');
  });

  it('gives copies: nothing of the file stays reachable through the key', () => {
    const section = sectionWith({});
    const key = parsePrivateSection(section, PLAIN);
    section.fill(0);
    assert.deepEqual(key.seed, TEST_KEY.seed);
    assert.deepEqual(key.publicKey.raw, RAW);
    const container = parsePrivateKeyContainer(formatPrivateKeyContainer(LOCKED));
    for (const part of [container.publicKey, container.section, container.encryption?.salt]) {
      assert.equal(part?.buffer.byteLength, part?.length);
    }
  });
});
