/** Attacks by what lies in the working tree and in the home of whoever runs at1, and by keys in the wrong place. */
import { chmodSync, copyFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64, utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { formatKeyText } from '../../src/keys/key-text.js';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { newVersion } from '../new-version.js';

const KEY = ['config', 'keys', 'id_ed25519'];
const READS = [['list'], ['get', 'model/m@1.0.0', '-o', '../out']];

/** A link to a copy outside, so that following it would seem right. */
function linkAttack(id: string, title: string, path: (forge: Forge) => string): Attack {
  return defineAttack({
    id: `working-tree/${id}`,
    row: 53,
    title,
    attacker: 'local',
    refused: [refuses(['verify'], 'worktree/differs', 20)],
    harmless: READS,
    forge: (forge) => {
      const file = forge.path(path(forge));
      const elsewhere = join(forge.place, 'elsewhere');
      copyFileSync(file, elsewhere);
      rmSync(file);
      symlinkSync(elsewhere, file);
    },
  });
}

const NAMES: Readonly<Record<string, readonly [title: string, name: string]>> = {
  newline: ['a line feed in its name', 'model/a\nb/1.0.0.toml'],
  dash: ['a name that looks like a flag', 'model/--output=x/1.0.0.toml'],
  ansi: ['the colours of a terminal in its name', 'model/\u001b[31mred\u001b[0m/1.0.0.toml'],
  quotes: ['quotes and a command in its name', 'model/"$(id)`id`\'/1.0.0.toml'],
  bidi: ['a name that is read backwards', 'model/\u202Elmot.0.0.1/1.0.0.toml'],
};

function nameAttack([id, [title, path]]: readonly [string, (typeof NAMES)[string]]): Attack {
  return defineAttack({
    id: `file-name/${id}`,
    row: 54,
    title: `a document with ${title}`,
    attacker: 'contributor',
    refused: [refuses(['verify'], 'manifest/wrong-place', 23)],
    harmless: READS,
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, 'model/m@9.0.0', { path, keys: [] }), { checkout: false });
    },
  });
}

/** Encodings of points whose order divides 8, canonical or not: signatures that nobody made verify under them. */
const WEAK: Readonly<Record<string, string>> = {
  identity: `01${'00'.repeat(31)}`,
  'identity-signed': `01${'00'.repeat(30)}80`,
  'order-two': `ec${'ff'.repeat(30)}7f`,
  'order-two-signed': `ec${'ff'.repeat(31)}`,
  'order-four': '00'.repeat(32),
  'order-four-signed': `${'00'.repeat(31)}80`,
  'order-eight-a': '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'order-eight-b': '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'order-eight-c': 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'order-eight-d': 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'zero-unreduced': `ed${'ff'.repeat(30)}7f`,
  'zero-unreduced-signed': `ed${'ff'.repeat(31)}`,
  'identity-unreduced': `ee${'ff'.repeat(30)}7f`,
  'identity-unreduced-signed': `ee${'ff'.repeat(31)}`,
};

function weakKey([id, hex]: readonly [string, string]): Attack {
  return defineAttack({
    id: `weak-key/${id}`,
    row: 35,
    title: 'a policy, signed by its owner, with a key under which anybody can sign',
    attacker: 'maintainer',
    refused: [refuses(['verify'], 'key/weak', 14)],
    harmless: READS,
    forge: async (forge) => {
      const blob = concatBytes([
        utf8('\0\0\0\x0bssh-ed25519\0\0\0 '),
        Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
      ]);
      const line = `ssh-ed25519 ${toBase64(blob)}`;
      await forge.commit(
        await forge.policy((policy) => ({
          ...policy,
          principals: { ...policy.principals, mallory: { keys: [line] } },
        })),
      );
    },
  });
}

export const workingTree: readonly Attack[] = [
  linkAttack('manifest-a-link', 'a link where a manifest stands', (forge) => forge.manifestPath('model/m@1.0.0')),
  linkAttack('policy-a-link', 'a link where the policy stands', () => '.at1/policy/policy.toml'),
  linkAttack('signature-a-link', 'a link where a signature stands', () => 'model/m/1.0.0.sig/ana.sig'),
  ...Object.entries(NAMES).map(nameAttack),
  ...Object.entries(WEAK).map(weakKey),
  defineAttack({
    id: 'key/committed',
    row: 63,
    title: 'the private key of the owner is committed',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'key/exposed', 21)],
    forge: async (forge) => {
      await forge.commit({ 'backup/id_ed25519': readFileSync(join(forge.home, ...KEY), 'utf8') });
    },
  }),
  defineAttack({
    id: 'key/committed-encrypted',
    row: 63,
    title: 'the private key of a publisher is committed, with a passphrase',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'key/exposed', 21)],
    forge: async (forge) => {
      const text = formatKeyText(forge.keys.bo.privateKey, { passphrase: 'correct horse', rounds: 1 });
      await forge.commit({ 'model/notes.txt': `my key\n${text}` });
    },
  }),
  defineAttack({
    id: 'key/readable-by-others',
    row: 62,
    title: 'the key file of the writer can be read by others',
    attacker: 'local',
    refused: [refuses(['register', 'model/new@1.0.0', 'at1.toml'], 'key/permissions', 14)],
    harmless: READS,
    forge: (forge) => chmodSync(join(forge.home, ...KEY), 0o644),
  }),
  defineAttack({
    id: 'key/not-a-key',
    row: 62,
    title: 'the key file of the writer holds something else',
    attacker: 'local',
    refused: [refuses(['register', 'model/new@1.0.0', 'at1.toml'], 'key/none', 14)],
    forge: (forge) => writeFileSync(join(forge.home, ...KEY), 'no key\n'),
  }),
];
