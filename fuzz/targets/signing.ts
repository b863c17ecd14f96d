/** Keys and signatures of OpenSSH: nothing but what was signed verifies, and what is read is written back the same. */
import { canonicalKeyText, formatKeyText, inspectKeyText, openKeyText } from '../../src/keys/key-text.js';
import { privateKeyFromSeed, signerFromSeed } from '../../src/keys/seed.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { formatAllowedSigners } from '../../src/signing/allowed-signers.js';
import { formatArmorText } from '../../src/signing/armor.js';
import { formatPublicKey, parsePublicKey } from '../../src/signing/public-key.js';
import { formatArmor, parseArmor, signMessage, verifyMessage } from '../../src/signing/sshsig.js';
import type { Random } from '../random.js';
import { mustHold, mustHoldLater, type ParserTarget, violated } from '../target.js';
import { bytesOf, same, sameBytes, textOf } from './inputs.js';

const native = await createNativeEngines();
const portable = await createPortableEngines();
/** A test key: its seed is 32 times 7. */
export const TEST_SEED: Uint8Array = new Uint8Array(32).fill(7);
export const MESSAGE: Uint8Array = bytesOf('what is signed\n');
const signer = signerFromSeed(TEST_SEED, 'test key');
const armor = await signMessage(signer, 'git', MESSAGE, native);
const original = parseArmor(armor);
const KEY_TOKENS = [
  'ssh-ed25519',
  'ssh-rsa',
  'sk-ssh-ed25519@openssh.com',
  'AAAAC3NzaC1lZDI1NTE5AAAAI',
  '=',
  '\n',
  ' ',
  '\t',
  '\\n',
  '\r\n',
];
export const SIGNATURE_SEEDS: readonly Uint8Array[] = [
  bytesOf(armor),
  bytesOf(await signMessage(signer, 'at1-manifest', MESSAGE, native)),
  bytesOf(formatArmor({ ...original, hashAlgorithm: 'sha256' })),
  // The identity as public key: one signature that weak checks take for any message.
  bytesOf(
    formatArmor({
      ...original,
      publicKey: Uint8Array.of(1, ...new Uint8Array(31)),
      signature: Uint8Array.of(1, ...new Uint8Array(63)),
    }),
  ),
];
export const SIGNATURE_TOKENS = [
  'SSHSIG',
  'git',
  'at1-manifest',
  'sha256',
  'sha512',
  'ssh-ed25519',
  '-----BEGIN SSH SIGNATURE-----\n',
  '-----END SSH SIGNATURE-----\n',
  ...KEY_TOKENS,
];
export const SIGNING_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'sshsig',
    about: 'signatures: both engines judge alike, none but the one that was made is good, written again it is the same',
    files: ['signing/sshsig', 'signing/armor', 'signing/public-key', 'signing/wire'],
    seeds: () => SIGNATURE_SEEDS,
    tokens: SIGNATURE_TOKENS,
    mend: (input, random) => insideArmor(input, 'SSH SIGNATURE', random),
    run: signatureCase,
  },
  {
    kind: 'parser',
    name: 'allowed-signers',
    about:
      'writing allowed_signers: whatever a principal is called, one line for one key, and no name that is a pattern',
    files: ['signing/allowed-signers'],
    seeds: () => ['ana', 'ana@example.org', 'a,b', 'a b', '*', 'team/ana', 'é'].map(bytesOf),
    tokens: [',', '*', '?', '!', '"', '#', ' ', '\t', '\n', '\\', '@', 'cert-authority', 'ssh-ed25519 '],
    maxLength: 256,
    run: (input) => {
      const name = textOf(input);
      const text = formatAllowedSigners([{ name, keys: [signer.publicKey, signer.publicKey] }]);
      const lines = text.split(/[\n\r\u2028\u2029\v\f]/);
      if (lines.length !== 4) violated('a name makes lines of its own');
      if (/[\s*?!,"#\\\p{C}]/u.test(name)) violated('a name that ssh-keygen reads otherwise');
      for (const line of lines.slice(1, 3))
        if (!line.startsWith(`${name} namespaces="git,`)) violated('a line is not about the name');
    },
  },
  {
    kind: 'parser',
    name: 'public-key',
    about: 'public key lines: written and read again they are equal',
    files: ['signing/public-key', 'signing/wire'],
    seeds: () => [
      bytesOf(`${formatPublicKey(signer.publicKey)}\n`),
      bytesOf(`  ssh-ed25519\t${formatPublicKey(signer.publicKey).split(' ')[1]}  ana@host x`),
    ],
    tokens: KEY_TOKENS,
    run: (input) => {
      const key = parsePublicKey(textOf(input));
      if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(key.comment)) violated('a comment that changes lines');
      same(
        mustHold('its own text is refused', () => parsePublicKey(formatPublicKey(key))),
        key,
        'written and read again it is another key',
      );
    },
  },
  {
    kind: 'parser',
    name: 'private-key',
    about: 'private key files: what opens belongs together, and written again it is the same key',
    files: ['signing/private-key', 'keys/key-text', 'signing/armor'],
    seeds: privateKeySeeds,
    tokens: [
      ...KEY_TOKENS,
      '-----BEGIN OPENSSH PRIVATE KEY-----\n',
      '-----END OPENSSH PRIVATE KEY-----\n',
      '-----BEGIN PRIVATE KEY-----\n',
      '-----END PRIVATE KEY-----',
      'bcrypt',
      'none',
      'aes256-ctr',
    ],
    mend: (input, random) => insideArmor(input, 'OPENSSH PRIVATE KEY', random),
    run: privateKeyCase,
  },
];

function privateKeySeeds(): Uint8Array[] {
  const key = privateKeyFromSeed(TEST_SEED, 'test key');
  const pkcs8 = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20, ...TEST_SEED]);
  const texts = [
    formatKeyText(key),
    formatKeyText(key, { passphrase: 'test', rounds: 1 }),
    formatArmorText('PRIVATE KEY', pkcs8),
    formatArmorText('ED25519 PRIVATE KEY', TEST_SEED),
    `${formatPublicKey(key.publicKey)}\n`,
  ];
  return texts.map(bytesOf);
}

/** A change of the bytes that the base64 stands for, which changes of the text hardly ever are. */
function insideArmor(input: Uint8Array, label: string, random: Random): Uint8Array {
  const body = textOf(input)
    .split('\n')
    .filter((line) => !line.startsWith('-----'))
    .join('');
  const bytes = Uint8Array.from(Buffer.from(body, 'base64'));
  for (let i = random.below(3); i > 0 && bytes.length > 0; i--) {
    const at = random.below(bytes.length);
    bytes[at] = random.chance(2) ? (bytes[at] as number) ^ (1 << random.below(8)) : random.below(256);
  }
  return bytesOf(formatArmorText(label, bytes));
}

function signatureCase(input: Uint8Array): void {
  const text = textOf(input);
  const check = verifyMessage(text, 'git', MESSAGE, native);
  const other = verifyMessage(text, 'git', MESSAGE, portable);
  same({ ...check }, { ...other }, 'two engines, two verdicts');
  if (check.kind === 'good') {
    const parsed = parseArmor(text);
    sameBytes(parsed.publicKey, original.publicKey, 'a forged signature: another key');
    sameBytes(parsed.signature, original.signature, 'a forged signature: another one by the same key');
  }
  const signature = parseArmor(text);
  same(
    mustHold('its own text is refused', () => parseArmor(formatArmor(signature))),
    signature,
    'written and read again it is another signature',
  );
}

async function privateKeyCase(input: Uint8Array): Promise<void> {
  const text = textOf(input);
  const seen = inspectKeyText(text);
  if (seen.kind === 'public' || seen.encrypted) return;
  const key = await mustHoldLater('inspected, but it does not open', () => openKeyText(text, { name: 'test' }));
  same(key.publicKey, seen.publicKey, 'inspected it is another key');
  sameBytes(privateKeyFromSeed(key.seed).publicKey.raw, key.publicKey.raw, 'the public key is not that of the seed');
  const again = await mustHoldLater('its own text is refused', () => openKeyText(formatKeyText(key), { name: 'test' }));
  same(again, key, 'written and read again it is another key');
  if (text.includes('OPENSSH')) {
    const canonical = mustHold('it has no canonical text', () => canonicalKeyText(text));
    if (canonicalKeyText(canonical) !== canonical) violated('its canonical text is not stable');
  }
}
