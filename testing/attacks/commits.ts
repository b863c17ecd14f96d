/** Attacks on who said it: versions of strangers, borrowed signatures, keys of people who left. */
import { copyFileSync } from 'node:fs';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { makeTestKey } from '../keys.js';
import { newVersion } from '../new-version.js';
import { OTHER_REGISTRY, signatureOf, treeOf } from '../places.js';

const NEW = 'model/m@9.0.0';
const GET_NEW = ['get', NEW, '-o', '../out'];

/** A version signed in a namespace that is not that of manifests. */
function namespaced(namespace: 'git' | 'at1-policy' | 'at1-event' | 'at1-evidence'): Attack {
  return defineAttack({
    id: `commit/namespace-${namespace}`,
    row: 34,
    title: `a manifest with a genuine signature made for the namespace ${namespace}`,
    attacker: 'contributor',
    refused: [refuses(['verify'], 'signature/namespace', 21), refuses(GET_NEW, 'signature/namespace', 21)],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, NEW, { namespace }));
    },
  });
}

/** Drops bo from the policy and returns the commit before. */
async function dropBo(forge: Forge) {
  const before = forge.head();
  const { bo: _, ...others } = forge.keys;
  await forge.commit(
    await forge.policy((policy) => ({
      ...policy,
      principals: Object.fromEntries(Object.entries(policy.principals).filter(([name]) => name !== 'bo')),
      roles: { ...policy.roles, publisher: [others.ana.name, others.carol.name] },
    })),
  );
  return before;
}

export const commits: readonly Attack[] = [
  defineAttack({
    id: 'commit/unsigned-version',
    row: 30,
    title: 'a version that nobody signed, in a commit that nobody signed',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'signature/missing', 21), refuses(GET_NEW, 'signature/missing', 21)],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, NEW, { keys: [] }));
    },
  }),
  defineAttack({
    id: 'commit/signature-stripped',
    row: 30,
    title: 'the signature file of a version is taken away',
    attacker: 'contributor',
    refused: [
      refuses(['verify'], 'history/signature-changed', 24),
      refuses(['get', 'model/m@1.1.0', '-o', '../out'], 'history/signature-changed', 24),
    ],
    forge: async (forge) => {
      await forge.commit({ [signatureOf('model/m@1.1.0', 'bo')]: null });
    },
  }),
  defineAttack({
    id: 'commit/altered-after-signing',
    row: 30,
    title: 'a commit with the signature of another',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'commit/bad-signature', 21)],
    forge: async (forge) => {
      const armor = await forge.sign(forge.keys.ana, 'git', new TextEncoder().encode('something else'));
      await forge.commit(await newVersion(forge, NEW), { armor });
    },
  }),
  defineAttack({
    id: 'commit/stranger-signs',
    row: 31,
    title: 'a version signed by somebody who is in no policy',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'signature/unknown-key', 21), refuses(GET_NEW, 'signature/unknown-key', 21)],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, NEW, { keys: [forge.keys.eve] }), { key: forge.keys.eve });
    },
  }),
  defineAttack({
    id: 'commit/author-forged',
    row: 32,
    title: "a stranger's version in a commit that says Ana made it, signed in a file called after her",
    attacker: 'contributor',
    refused: [refuses(['verify'], 'signature/unknown-key', 21), refuses(GET_NEW, 'signature/unknown-key', 21)],
    forge: async (forge) => {
      const key = { ...forge.keys.eve, name: 'ana' };
      const author = { name: 'Ana', email: 'ana@example.org' };
      await forge.commit(await newVersion(forge, NEW, { keys: [key] }), { key, author });
    },
  }),
  defineAttack({
    id: 'commit/other-name-on-file',
    row: 32,
    title: "a listed person's signature in the file of another",
    attacker: 'contributor',
    refused: [refuses(['verify'], 'signature/wrong-place', 21), refuses(GET_NEW, 'signature/wrong-place', 21)],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, NEW, { keys: [{ ...forge.keys.bo, name: 'carol' }] }));
    },
  }),
  defineAttack({
    id: 'commit/no-right-to-data',
    row: 31,
    title: 'data signed by somebody who may register models alone',
    attacker: 'contributor',
    refused: [
      refuses(['verify'], 'policy/denied', 22),
      refuses(['get', 'data/new@1.0.0', '-o', '../out'], 'policy/denied', 22),
    ],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, 'data/new@1.0.0', { keys: [forge.keys.bo] }), { key: forge.keys.bo });
    },
  }),
  defineAttack({
    id: 'commit/one-of-two',
    row: 45,
    title: 'a version that needs two people, signed by one',
    attacker: 'contributor',
    refused: [refuses(['get', 'model/guarded@2.0.0', '-o', '../out'], 'artifact/pending', 12)],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, 'model/guarded@2.0.0', { keys: [forge.keys.bo] }));
    },
  }),
  defineAttack({
    id: 'commit/one-for-two',
    row: 45,
    title: 'a version that needs two people, signed by one under two names',
    attacker: 'contributor',
    refused: [
      refuses(['verify'], 'signature/wrong-place', 21),
      refuses(['get', 'model/guarded@2.0.0', '-o', '../out'], 'signature/wrong-place', 21),
    ],
    forge: async (forge) => {
      const { bo } = forge.keys;
      const keys = [bo, { ...bo, name: 'carol' }];
      await forge.commit(await newVersion(forge, 'model/guarded@2.0.0', { keys }));
    },
  }),
  defineAttack({
    id: 'commit/back-dated-by-dropped',
    row: 33,
    title: 'a version by somebody who was dropped, in a commit dated before that',
    attacker: 'maintainer',
    refused: [refuses(['verify'], 'signature/unknown-key', 21), refuses(GET_NEW, 'signature/unknown-key', 21)],
    forge: async (forge) => {
      await dropBo(forge);
      await forge.commit(await newVersion(forge, NEW, { keys: [forge.keys.bo] }), { key: forge.keys.bo, seconds: 1e9 });
    },
  }),
  defineAttack({
    id: 'commit/grown-before-the-drop',
    row: 33,
    title: 'a version by somebody who was dropped, on a commit from before that, made the first parent of a merge',
    attacker: 'maintainer',
    refused: [refuses(['verify'], 'signature/unknown-key', 21), refuses(GET_NEW, 'signature/unknown-key', 21)],
    forge: async (forge) => {
      const before = await dropBo(forge);
      const main = forge.head();
      const version = await newVersion(forge, NEW, { keys: [forge.keys.bo] });
      const side = await forge.commit(version, { parents: [before], key: forge.keys.bo, ref: null });
      const tree = await forge.commit(version, { ref: null });
      await forge.commit({}, { parents: [side, main], tree: treeOf(forge, tree), key: forge.keys.bo });
    },
  }),
  namespaced('git'),
  namespaced('at1-policy'),
  namespaced('at1-event'),
  namespaced('at1-evidence'),
  defineAttack({
    id: 'commit/signature-of-another-version',
    row: 34,
    title: "a new version with the genuine signature of another version's manifest",
    attacker: 'contributor',
    refused: [refuses(['verify'], 'signature/invalid', 21), refuses(GET_NEW, 'signature/invalid', 21)],
    forge: async (forge) => {
      const version = await newVersion(forge, NEW, { keys: [] });
      await forge.commit({ ...version, [signatureOf(NEW, 'ana')]: forge.read(signatureOf('model/m@1.0.0', 'ana')) });
    },
  }),
  defineAttack({
    id: 'commit/manifest-of-another-name',
    row: 34,
    title: 'a genuine manifest and its signature under the name of another model',
    attacker: 'contributor',
    refused: [
      refuses(['verify'], 'manifest/wrong-place', 23),
      refuses(['get', 'model/guarded@3.0.0', '-o', '../out'], 'artifact/not-found', 12),
    ],
    forge: async (forge) => {
      await forge.commit({
        [forge.manifestPath('model/guarded@3.0.0')]: forge.read(forge.manifestPath('model/m@1.0.0')),
        [signatureOf('model/guarded@3.0.0', 'ana')]: forge.read(signatureOf('model/m@1.0.0', 'ana')),
      });
    },
  }),
  defineAttack({
    id: 'commit/manifest-of-another-registry',
    row: 34,
    title: 'a genuine version of another registry of the same people',
    attacker: 'contributor',
    refused: [
      refuses(['verify'], 'manifest/other-registry', 23),
      refuses(['get', NEW, '-o', '../out'], 'artifact/not-found', 12),
    ],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, NEW, { registry: OTHER_REGISTRY }));
    },
  }),
  defineAttack({
    id: 'commit/signature-not-an-armor',
    row: 34,
    title: 'a signature file that holds something else',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'signature/malformed', 21), refuses(GET_NEW, 'signature/malformed', 21)],
    forge: async (forge) => {
      const version = await newVersion(forge, NEW, { keys: [] });
      await forge.commit({ ...version, [signatureOf(NEW, 'ana')]: 'signed, ana\n' });
    },
  }),
  defineAttack({
    id: 'key/another-key-for-the-writer',
    row: 62,
    title: 'the key in the home of the writer is exchanged for one that the policy does not list',
    attacker: 'local',
    refused: [refuses(['register', 'model/new@1.0.0', '../registry/at1.toml'], 'signature/unknown-key', 21)],
    forge: async (forge) => {
      const { writeKeyFile } = await import('../../src/keys/key-file.js');
      await writeKeyFile(`${forge.place}/mallory`, makeTestKey('mallory').privateKey);
      copyFileSync(`${forge.place}/mallory`, `${forge.home}/config/keys/id_ed25519`);
    },
  }),
];
