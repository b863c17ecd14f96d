/** SSHSIG against ssh-keygen in both directions, and against damage of every kind. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { fromBase64, utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { readKeyFile } from '../../src/keys/key-file.js';
import { signerFromSeed, signerOf } from '../../src/keys/seed.js';
import { formatArmorText, parseArmorText } from '../../src/signing/armor.js';
import { encodePublicBlob, formatPublicKey } from '../../src/signing/public-key.js';
import {
  decodeSignatureBlob,
  formatArmor,
  NAMESPACES,
  parseArmor,
  type Signer,
  signedData,
  signMessage,
  verifyMessage,
  verifyMessageAside,
} from '../../src/signing/sshsig.js';
import { strings } from '../../src/signing/wire.js';
import { cutFields } from '../helpers/cut-fields.js';
import { runTool, sshKeygen } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { signingEngines as engines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';

const TEST_SEED = new Uint8Array(32).fill(7);
const MESSAGE = utf8('the bytes of a manifest\n');

describe('SSHSIG beside ssh-keygen', () => {
  const dir = useTempDir('suite');
  let signer: Signer;

  before(async () => {
    sshKeygen(['-q', '-t', 'ed25519', '-N', '', '-C', 'test key', '-f', dir.at('key')]);
    signer = signerOf(await readKeyFile(dir.at('key')));
    const { publicKey } = signer;
    writeFileSync(dir.at('allowed'), `ana namespaces="${NAMESPACES.join(',')}" ${formatPublicKey(publicKey)}\n`);
  });

  for (const namespace of NAMESPACES) {
    it(`makes the same armor, byte for byte, in namespace ${namespace}`, async () => {
      const theirs = sshKeygenSign(dir.at('key'), namespace, MESSAGE);
      assert.equal(await signMessage(signer, namespace, MESSAGE, engines), theirs);
      assert.deepEqual(verifyMessage(theirs, namespace, MESSAGE, engines), {
        kind: 'good',
        publicKey: signer.publicKey.raw,
      });
    });
  }

  it('makes signatures that ssh-keygen accepts, for messages of any size', async () => {
    for (const size of [0, 1, 127, 128, 100_000]) {
      const message = new Uint8Array(size).fill(size & 0xff);
      const armor = await signMessage(signer, 'at1-event', message, engines);
      assert.equal(sshKeygenVerify(dir.path, 'at1-event', armor, message).status, 0);
    }
  });

  it('agrees with ssh-keygen that a signature for one namespace is none for another', async () => {
    const armor = await signMessage(signer, 'git', MESSAGE, engines);
    assert.notEqual(sshKeygenVerify(dir.path, 'at1-policy', armor, MESSAGE).status, 0);
    const check = verifyMessage(armor, 'at1-policy', MESSAGE, engines);
    const message = "signature is for 'git', not for 'at1-policy'";
    assert.deepEqual(check, { kind: 'bad', code: 'signature/namespace', message });
  });

  it('accepts sha256 signatures of ssh-keygen', () => {
    const armor = sshKeygenSign(dir.at('key'), 'git', MESSAGE, ['-O', 'hashalg=sha256']);
    assert.equal(parseArmor(armor).hashAlgorithm, 'sha256');
    assert.equal(verifyMessage(armor, 'git', MESSAGE, engines).kind, 'good');
  });

  it('names the key type of RSA and ECDSA signatures instead of calling them damaged', async () => {
    for (const [type, bits, expected] of [
      ['rsa', '2048', 'ssh-rsa'],
      ['ecdsa', '256', 'ecdsa-sha2-nistp256'],
    ] as const) {
      const file = dir.at(type);
      sshKeygen(['-q', '-t', type, '-b', bits, '-N', '', '-f', file]);
      const armor = sshKeygenSign(file, 'git', MESSAGE);
      const error = await throwsCode(() => parseArmor(armor), 'key/unsupported');
      assert.equal(error.facts.type, expected);
      const check = verifyMessage(armor, 'git', MESSAGE, engines);
      assert.equal(check.kind === 'bad' && check.code, 'key/unsupported');
    }
  });
});

describe('SSHSIG parser', () => {
  const signer = signerFromSeed(TEST_SEED, 'test key');
  const { raw } = signer.publicKey;
  const signature = new Uint8Array(64).fill(3);

  /** A blob with some parts replaced, in armor. */
  function armorWith(change: {
    magic?: string;
    version?: number[];
    publicKey?: Uint8Array;
    namespace?: string;
    reserved?: string;
    hash?: string;
    signature?: Uint8Array;
    tail?: Uint8Array;
  }): string {
    return formatArmorText(
      'SSH SIGNATURE',
      concatBytes([
        utf8(change.magic ?? 'SSHSIG'),
        Uint8Array.from(change.version ?? [0, 0, 0, 1]),
        strings(
          change.publicKey ?? encodePublicBlob(raw),
          change.namespace ?? 'git',
          change.reserved ?? '',
          change.hash ?? 'sha512',
          change.signature ?? strings('ssh-ed25519', signature),
        ),
        change.tail ?? new Uint8Array(),
      ]),
    );
  }

  it('reads what it writes', () => {
    const parts = fc.record({
      publicKey: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      namespace: fc.constantFrom<string>(...NAMESPACES, 'file', 'x'),
      hashAlgorithm: fc.constantFrom('sha256' as const, 'sha512' as const),
      signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
    });
    fc.assert(fc.property(parts, (value) => assert.deepEqual(parseArmor(formatArmor(value)), { ...value })));
  });

  const tooLong = (bytes: Uint8Array) => concatBytes([bytes, Uint8Array.of(0)]);
  const key = (...parts: (Uint8Array | string)[]) => ({ publicKey: strings(...parts) });
  const sig = (...parts: (Uint8Array | string)[]) => ({ signature: strings(...parts) });
  const broken: readonly (readonly [string, Parameters<typeof armorWith>[0], RegExp])[] = [
    ['another magic', { magic: 'SSHSIX' }, /^magic is not SSHSIG/],
    ['version 2', { version: [0, 0, 0, 2] }, /^version 2 is not 1/],
    ['an empty namespace', { namespace: '' }, /^namespace is empty/],
    ['a namespace with a blank', { namespace: 'git x' }, /^namespace is not printable ASCII/],
    ['a reserved field that is not empty', { reserved: 'x' }, /^reserved field is not empty/],
    ['hash sha1', { hash: 'sha1' }, /^hash algorithm 'sha1'/],
    ['no hash', { hash: '' }, /^hash algorithm ''/],
    ['a byte after the end', { tail: Uint8Array.of(0) }, /^1 bytes after the end of signature/],
    ['a byte after the key', { publicKey: tooLong(encodePublicBlob(raw)) }, /^1 bytes after the end of public key/],
    ['a public key of 31 bytes', key('ssh-ed25519', raw.subarray(1)), /public key has 32 bytes, not 31/],
    ['a public key of 33 bytes', key('ssh-ed25519', tooLong(raw)), /public key has 32 bytes, not 33/],
    ['an unknown key type', key('mystery', raw), /^unknown key type$/],
    ['an unknown signature type', sig('mystery', signature), /^unknown signature type$/],
    ['a signature of 63 bytes', sig('ssh-ed25519', signature.subarray(1)), /signature has 64 bytes, not 63/],
    ['a signature of 65 bytes', sig('ssh-ed25519', tooLong(signature)), /signature has 64 bytes, not 65/],
    ['a byte after R and S', { signature: tooLong(strings('ssh-ed25519', signature)) }, /the end of signature bytes/],
    ['an empty signature', { signature: new Uint8Array() }, /^length of signature type: length 4 exceeds 0/],
  ];
  for (const [what, change, message] of broken) {
    it(`refuses ${what}`, async () => {
      const error = await throwsCode(() => parseArmor(armorWith(change)), 'signature/malformed');
      assert.match(error.message, message);
    });
  }

  it('takes exactly the printable characters of ASCII in a name', async () => {
    for (let code = 1; code < 256; code++) {
      const namespace = `a${String.fromCharCode(code)}`;
      const parse = () => parseArmor(armorWith({ namespace }));
      if (code > 0x20 && code < 0x7f) assert.equal(parse().namespace, namespace);
      else await throwsCode(parse, 'signature/malformed');
    }
  });

  it('names the field in which the signature ends', () => {
    const blob = parseArmorText('SSH SIGNATURE', armorWith({}), 'signature/malformed');
    const fields = cutFields(blob, (cut) => parseArmor(formatArmorText('SSH SIGNATURE', cut)));
    const last = ['namespace', 'reserved', 'hash algorithm', 'signature'].flatMap((name) => [
      `length of ${name}`,
      // an empty field cannot be cut
      ...(name === 'reserved' ? [] : [name]),
    ]);
    assert.deepEqual(fields, ['magic', 'version', 'length of public key', 'public key', ...last]);
    const inner = ['signature type', 'signature bytes'].flatMap((name) => [`length of ${name}`, name]);
    assert.deepEqual(cutFields(strings('ssh-ed25519', signature), decodeSignatureBlob), inner);
  });

  it('takes a text of 16,384 characters and none of 16,385', async () => {
    // 12,000 bytes of namespace are 16,216 characters of base64; every line feed between them is one more.
    const padded = (size: number) => {
      const [begin, ...rest] = armorWith({ namespace: 'n'.repeat(12_000) })
        .trimEnd()
        .split('\n');
      const end = rest.pop();
      const base64 = rest.join('');
      const breaks = size - `${begin}\n${base64}\n${end}\n`.length;
      const lines = [...base64.slice(0, breaks), base64.slice(breaks)];
      return `${[begin, ...lines, end].join('\n')}\n`;
    };
    assert.equal(padded(16_384).length, 16_384);
    assert.equal(parseArmor(padded(16_384)).namespace.length, 12_000);
    const error = await throwsCode(() => parseArmor(padded(16_385)), 'signature/malformed');
    assert.equal(error.message, 'a signature of 16385 characters');
  });

  it('gives copies, which do not keep the text alive', () => {
    const { publicKey, signature } = parseArmor(armorWith({}));
    assert.deepEqual([publicKey.buffer.byteLength, signature.buffer.byteLength], [32, 64]);
  });

  it('refuses hardware keys and certificates by name', async () => {
    for (const type of ['sk-ssh-ed25519@openssh.com', 'ssh-ed25519-cert-v01@openssh.com', 'ssh-dss']) {
      const armor = armorWith({ publicKey: strings(type, raw) });
      assert.equal((await throwsCode(() => parseArmor(armor), 'key/unsupported')).facts.type, type);
    }
    const mixed = armorWith({ signature: strings('ssh-rsa', signature) });
    await throwsCode(() => parseArmor(mixed), 'key/unsupported');
  });

  it('refuses every truncation', async () => {
    const blob = fromBase64(armorWith({}).split('\n').slice(1, -2).join(''));
    assert.ok(blob !== undefined);
    for (let length = 0; length < blob.length; length++) {
      const armor = formatArmorText('SSH SIGNATURE', blob.subarray(0, length));
      await throwsCode(() => parseArmor(armor), 'signature/malformed');
    }
  });

  it('takes any line width and a missing last line feed, and nothing else around or between', async () => {
    const armor = armorWith({});
    const [begin, ...rest] = armor.trimEnd().split('\n');
    const end = rest.pop();
    const base64 = rest.join('');
    const expected = parseArmor(armor);
    for (const width of [1, 64, 76, 1000]) {
      const lines = base64.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
      assert.deepEqual(parseArmor([begin, ...lines, end, ''].join('\n')), expected);
    }
    assert.deepEqual(parseArmor(armor.trimEnd()), expected);
    const wrong = [
      '',
      `\n${armor}`,
      `${armor}\n`,
      `${armor}x`,
      `${armor}${armor}`,
      armor.replaceAll('\n', '\r\n'),
      armor.replace('BEGIN SSH', 'BEGIN PGP'),
      [begin, base64.slice(0, 70), '', base64.slice(70), end].join('\n'),
      [begin, ` ${base64}`, end].join('\n'),
      [begin, end].join('\n'),
      [begin, base64].join('\n'),
      [begin, `${base64}====`, end].join('\n'),
      `-----BEGIN SSH SIGNATURE-----\n${'A'.repeat(20_000)}\n-----END SSH SIGNATURE-----\n`,
    ];
    for (const text of wrong) await throwsCode(() => parseArmor(text), 'signature/malformed');
  });
});

describe('SSHSIG verification', () => {
  const signer = signerFromSeed(TEST_SEED, 'test key');

  it('is never good after any single bit of the armor has flipped', async () => {
    const armor = utf8(await signMessage(signer, 'at1-manifest', MESSAGE, engines));
    for (let bit = 0; bit < armor.length * 8; bit++) {
      const damaged = armor.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      const text = String.fromCharCode(...damaged);
      assert.equal(verifyMessage(text, 'at1-manifest', MESSAGE, engines).kind, 'bad', `bit ${bit}`);
    }
  });

  it('comes to the same verdict with the arithmetic on another thread', async () => {
    const armor = await signMessage(signer, 'git', MESSAGE, engines);
    const other = await signMessage(signer, 'at1-event', MESSAGE, engines);
    const damaged = utf8('the bytes of a manifesT\n');
    for (const [text, message] of [
      [armor, MESSAGE],
      [armor, damaged],
      [other, MESSAGE],
      ['', MESSAGE],
    ] as const) {
      const check = await verifyMessageAside(text, 'git', message, engines);
      assert.deepEqual(check, verifyMessage(text, 'git', message, engines));
    }
  });

  it('is never good after any single bit of the message has flipped', async () => {
    const armor = await signMessage(signer, 'git', MESSAGE, engines);
    for (let bit = 0; bit < MESSAGE.length * 8; bit++) {
      const damaged = MESSAGE.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      const check = verifyMessage(armor, 'git', damaged, engines);
      assert.equal(check.kind === 'bad' && check.code, 'signature/invalid');
    }
  });

  it('says malformed for arbitrary text and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const check = verifyMessage(text, 'git', MESSAGE, engines);
        assert.equal(check.kind === 'bad' && check.code, 'signature/malformed');
      }),
    );
  });

  it('refuses the identity key, for which ssh-keygen believes anyone', () => {
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const forged = formatArmor({
      publicKey: identity,
      namespace: 'git',
      hashAlgorithm: 'sha512',
      signature: concatBytes([identity, new Uint8Array(32)]),
    });
    const check = verifyMessage(forged, 'git', MESSAGE, engines);
    const message = 'anyone can make signatures for this public key';
    assert.deepEqual(check, { kind: 'bad', code: 'key/weak', message });
  });

  it('passes on what is a mistake of the program and no fault of the signature', () => {
    assert.throws(() => verifyMessage(undefined as unknown as string, 'git', MESSAGE, engines), TypeError);
  });

  it('keeps a faulty signature from leaving the signer', async () => {
    const faulty: Signer = { publicKey: signer.publicKey, sign: async () => new Uint8Array(64) };
    const error = await throwsCode(() => signMessage(faulty, 'git', MESSAGE, engines), 'signature/invalid');
    assert.equal(error.message, 'the signature just made does not verify: signature does not match the content');
    assert.match(error.hint ?? '', /try another key/);
    const short: Signer = { publicKey: signer.publicKey, sign: async () => new Uint8Array(3) };
    await throwsCode(() => signMessage(short, 'git', MESSAGE, engines), 'signature/malformed');
  });

  it('signs the namespace and the hash, not the message', () => {
    const data = signedData('git', MESSAGE, engines);
    assert.equal(data.length, 6 + (4 + 3) + 4 + (4 + 6) + (4 + 64));
    assert.notDeepEqual(signedData('at1-event', MESSAGE, engines), data);
  });
});

function sshKeygenSign(key: string, namespace: string, message: Uint8Array, extra: string[] = []): string {
  const args = ['-q', '-Y', 'sign', '-n', namespace, '-f', key, ...extra];
  const result = runTool('ssh-keygen', args, { input: message });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

function sshKeygenVerify(dir: string, namespace: string, armor: string, message: Uint8Array) {
  const file = `${dir}/signature`;
  writeFileSync(file, armor);
  const args = ['-Y', 'verify', '-f', `${dir}/allowed`, '-I', 'ana', '-n', namespace, '-s', file];
  return runTool('ssh-keygen', args, { input: message });
}
