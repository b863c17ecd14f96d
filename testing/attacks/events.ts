/** Attacks with events: edited after they were signed, replayed, signed for something else, put where none can be. */
import { utf8 } from '../../src/bytes/text.js';
import { type Oid, parseOid } from '../../src/git-format/oid.js';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge, NewFile } from '../forge.js';
import { type NewEvent, newEvent, release } from '../new-event.js';
import { OTHER_REGISTRY } from '../places.js';
import { type Files, GATE, GET_M, GET_WORDS, landed, lands, NO_HOLDER, VERIFY } from './stage-attack.js';

const M1 = 'model/m@1.0.0';
const M2 = 'model/m@1.1.0';
const WORDS = 'model/words@1.0.0';
/** The event that brought 1.0.0 into production, and the one that would follow it. */
const RELEASED = 'model/m/events/production/0001.toml';
const NEXT = 'model/m/events/production/0002.toml';
const ZEROS = `sha256:${'0'.repeat(64)}`;

interface Edit {
  readonly title: string;
  readonly find: RegExp;
  readonly put: string;
  /** Where the edited event lies; default where the signed one would. */
  readonly path?: string;
  /** It does not follow the event before it any more. */
  readonly breaksChain?: boolean;
}

/** A genuine event, signed by two people, of which one field was changed afterwards. */
const EDITS: Readonly<Record<string, Edit>> = {
  version: { title: 'another version', find: /^version = .*$/m, put: 'version = "9.0.0"' },
  lane: {
    title: 'another stage',
    find: /^lane = .*$/m,
    put: 'lane = "archived"',
    path: 'model/m/events/archived/0002.toml',
    breaksChain: true,
  },
  from: { title: 'another stage that it comes from', find: /^from = .*$/m, put: 'from = "development"' },
  previous: {
    title: 'another event before it',
    find: /^previous = .*$/m,
    put: `previous = "${ZEROS}"`,
    breaksChain: true,
  },
  seq: {
    title: 'another number',
    find: /^seq = .*$/m,
    put: 'seq = 3',
    path: 'model/m/events/production/0003.toml',
    breaksChain: true,
  },
  actor: { title: 'another actor', find: /^actor = .*$/m, put: 'actor = "carol"' },
  content: { title: 'other content', find: /^content = .*$/m, put: `content = "${ZEROS}"` },
  manifest: { title: 'another manifest', find: /^manifest = .*$/m, put: `manifest = "${ZEROS}"` },
  policy: { title: 'another policy', find: /^policy = .*$/m, put: `policy = "${ZEROS}"` },
  action: { title: 'another action', find: /^action = .*$/m, put: 'action = "rollback"' },
  created: { title: 'another time', find: /^created = .*$/m, put: 'created = "2020-01-01T00:00:00Z"' },
  meaning: { title: 'another meaning of the signature', find: /^meaning = .*$/m, put: 'meaning = "review"' },
};

function edited([field, { title, find, put, path, breaksChain }]: readonly [string, Edit]): Attack {
  // An event that does not follow its lane is told as well, and of the two numbers 24 goes first.
  return landed('signature/invalid', breaksChain ? 24 : 21, {
    id: `event/edited-${field}`,
    row: 43,
    title: `an event with ${title} than it was signed with`,
    attacker: 'contributor',
    harmless: [GET_M],
    changes: async (forge) => {
      const genuine = await release(forge, M2, { unsigned: (text) => text.replace(find, put) });
      return path === undefined ? genuine : movedTo(genuine, NEXT, path);
    },
  });
}

/** The same files under another path of the document. */
function movedTo(files: Files, from: string, to: string): Files {
  const stem = (path: string) => path.slice(0, -'.toml'.length);
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => [path.replace(stem(from), stem(to)), file] as const),
  );
}

/** Genuine files of the registry, as they lie in it, at another path of the document. */
function copied(forge: Forge, from: string, to: string, at?: Oid): Files {
  const stem = from.slice(0, -'.toml'.length);
  const paths = [...forge.filesAt(at ?? forge.head()).keys()].filter((path) => path.startsWith(`${stem}.`));
  return movedTo(Object.fromEntries(paths.map((path) => [path, forge.blob(path, at)])), from, to);
}

/** A tree in which the last folder of a path has another name. */
function renamed(forge: Forge, tree: string, [first = '', ...more]: readonly string[], name: string): Oid {
  const lines = forge.git('ls-tree', '-z', tree).split('\0').filter(Boolean);
  const entries = lines.map((line) => {
    const [facts = '', path = ''] = line.split('\t');
    const [mode = '', , oid = ''] = facts.split(' ');
    const entry = { mode: mode.replace(/^0/, ''), name: path, oid: parseOid(oid) };
    if (path !== first) return entry;
    return more.length === 0 ? { ...entry, name } : { ...entry, oid: renamed(forge, oid, more, name) };
  });
  return forge.objects.rawTree(entries);
}

function namespaced(namespace: 'git' | 'at1-manifest' | 'at1-policy' | 'at1-evidence'): Attack {
  return landed('signature/namespace', 21, {
    id: `event/namespace-${namespace}`,
    row: 34,
    title: `an event with genuine signatures made for the namespace ${namespace}`,
    attacker: 'contributor',
    harmless: [GET_M],
    changes: (forge) => release(forge, M2, { namespace }),
  });
}

/** What lies at the place of an event and is no plain file. */
const ODD: Readonly<Record<string, readonly [title: string, file: (forge: Forge, bytes: NewFile) => NewFile]>> = {
  symlink: [
    'a symbolic link',
    (forge) => ({ mode: '120000', oid: forge.objects.put('blob', utf8('../staging/0002.toml')) }),
  ],
  gitlink: ['a submodule', (forge) => ({ mode: '160000', oid: forge.head() })],
  executable: [
    'a program',
    (forge, bytes) => ({ mode: '100755', oid: forge.objects.put('blob', bytes as Uint8Array) }),
  ],
};

function odd([id, [title, file]]: readonly [string, (typeof ODD)[string]]): Attack {
  const exit = id === 'executable' ? 23 : 20;
  return defineAttack({
    id: `event/a-${id}`,
    row: 53,
    title: `${title} where the next event of production would be, with genuine signatures beside it`,
    attacker: 'contributor',
    refused: [refuses(VERIFY, 'manifest/wrong-place', exit), refuses(GATE, 'manifest/wrong-place', 23)],
    harmless: [GET_M],
    forge: async (forge) => {
      const genuine = await release(forge, M2);
      await lands(forge, { ...genuine, [NEXT]: file(forge, genuine[NEXT] as NewFile) });
    },
  });
}

function misplaced(id: string, title: string, path: string): Attack {
  return landed('manifest/wrong-place', 23, {
    id: `event/${id}`,
    row: 24,
    title,
    attacker: 'contributor',
    refused: [NO_HOLDER],
    harmless: [GET_M],
    changes: (forge) => release(forge, M2, { path }),
  });
}

export const events: readonly Attack[] = [
  ...Object.entries(EDITS).map(edited),
  ...(['git', 'at1-manifest', 'at1-policy', 'at1-evidence'] as const).map(namespaced),
  ...Object.entries(ODD).map(odd),
  landed('history/event-removed', 24, {
    id: 'event/a-folder',
    row: 53,
    title: 'a folder where the event stands that brought a version into production',
    attacker: 'contributor',
    harmless: [GET_M],
    changes: (forge) => ({ [RELEASED]: null, [`${RELEASED}/x`]: forge.read(RELEASED) }),
  }),
  misplaced('lane-in-capitals', 'an event in a stage that differs by a capital', 'model/m/events/Production/0001.toml'),
  misplaced('number-without-zeros', 'an event under its number without zeros', 'model/m/events/production/2.toml'),
  misplaced('number-zero', 'an event before the first one', 'model/m/events/production/0000.toml'),
  defineAttack({
    id: 'event/lane-dot-dot',
    row: 53,
    title: 'an event in a folder called .. instead of a stage',
    attacker: 'contributor',
    refused: [refuses(VERIFY, 'git/invalid-object', 20), refuses(GATE, 'git/invalid-object', 20)],
    forge: async (forge) => {
      const good = await forge.commit(await release(forge, M2), { ref: null });
      const tree = renamed(forge, `${good}^{tree}`, ['model', 'm', 'events', 'staging'], '..');
      await lands(forge, {}, { tree, checkout: false });
    },
  }),
  landed('signature/invalid', 21, {
    id: 'event/signature-of-another',
    row: 34,
    title: 'an event with the genuine signatures of another event of its lane',
    attacker: 'contributor',
    harmless: [GET_M],
    changes: async (forge) => {
      const others = copied(forge, RELEASED, NEXT);
      return { ...others, ...(await release(forge, M2, { keys: [] })) };
    },
  }),
  landed('signature/namespace', 21, {
    id: 'event/signature-of-a-manifest',
    row: 34,
    title: "an event with the genuine signature of its version's manifest",
    attacker: 'contributor',
    harmless: [GET_M],
    changes: async (forge) => ({
      ...(await release(forge, M2, { keys: [] })),
      [NEXT.replace('.toml', '.sig/bo.sig')]: forge.read('model/m/1.1.0.sig/bo.sig'),
    }),
  }),
  landed('signature/missing', 21, {
    id: 'event/unsigned',
    row: 30,
    title: 'an event that nobody signed, in a commit that says Ana made it',
    attacker: 'contributor',
    harmless: [GET_M],
    changes: (forge) => release(forge, M2, { keys: [] }),
  }),
  defineAttack({
    id: 'event/author-forged',
    row: 32,
    title: "a stranger's event in a commit that says Ana made it, signed in a file called after her",
    attacker: 'contributor',
    refused: [
      refuses(VERIFY, 'signature/unknown-key', 21),
      refuses(GATE, 'signature/unknown-key', 21),
      refuses(GET_WORDS, 'artifact/not-found', 12),
    ],
    harmless: [GET_M],
    forge: async (forge) => {
      const { eve } = forge.keys;
      const keys = ['ana', 'bo'].map((name) => ({ ...eve, name }));
      const author = { name: 'Ana', email: 'ana@example.org' };
      await lands(forge, await release(forge, WORDS, { keys }), { author, key: eve });
    },
  }),
  landed('manifest/other-registry', 23, {
    id: 'event/of-another-registry',
    row: 34,
    title: 'a genuine event of another registry of the same people',
    attacker: 'contributor',
    harmless: [GET_M],
    changes: (forge) => release(forge, M2, { edit: (honest) => ({ ...honest, registry: OTHER_REGISTRY }) }),
  }),
  landed('manifest/wrong-place', 23, {
    id: 'event/of-another-artifact',
    row: 34,
    title: 'the genuine event that brought one model into production, filed under another model',
    attacker: 'contributor',
    refused: [NO_HOLDER],
    changes: (forge) => copied(forge, RELEASED, 'model/words/events/production/0001.toml'),
  }),
  landed('manifest/wrong-place', 23, {
    id: 'event/of-another-lane',
    row: 34,
    title: 'the genuine event that brought a version into staging, filed under production',
    attacker: 'contributor',
    harmless: [GET_M],
    changes: (forge) => copied(forge, 'model/m/events/staging/0002.toml', NEXT),
  }),
  landed('manifest/wrong-place', 23, {
    id: 'event/replayed-after-demotion',
    row: 44,
    title: 'a version left production, and the event that brought it there is filed under the next number',
    attacker: 'contributor',
    refused: [refuses(GET_M, 'artifact/not-found', 12)],
    changes: async (forge) => {
      await forge.commit(await newEvent(forge, 'promote', M1, { lane: 'archived', from: 'production' }));
      return copied(forge, RELEASED, NEXT);
    },
  }),
  landed('signature/invalid', 21, {
    id: 'event/replayed-with-its-number',
    row: 44,
    title: 'a version left production, and the event that brought it there is filed with its number and chain changed',
    attacker: 'contributor',
    refused: [refuses(GET_M, 'artifact/not-found', 12)],
    changes: async (forge) => {
      await forge.commit(await newEvent(forge, 'promote', M1, { lane: 'archived', from: 'production' }));
      return { ...copied(forge, RELEASED, NEXT), ...(await release(forge, M1, { from: 'archived', keys: [] })) };
    },
  }),
  landed('history/event-changed', 24, {
    id: 'event/withdrawn-one-comes-back',
    row: 44,
    title:
      'a proposal without end comes back, with all its signatures, in place of the one with an end that landed instead',
    attacker: 'contributor',
    refused: [refuses(GET_M, 'artifact/not-found', 12)],
    changes: async (forge) => {
      const withdrawn = await release(forge, M2);
      const edit: NewEvent['edit'] = (honest) => ({ ...honest, expires: '2026-03-07T00:00:00Z' });
      await forge.commit(await release(forge, M2, { edit }));
      return withdrawn;
    },
  }),
  landed('event/chain', 24, {
    id: 'event/follows-nothing',
    row: 44,
    title: 'a signed event whose number follows no other',
    attacker: 'maintainer',
    harmless: [GET_M],
    changes: (forge) =>
      release(forge, M2, {
        path: 'model/m/events/production/0007.toml',
        edit: (honest) => ({ ...honest, seq: 7 }),
      }),
  }),
  landed('event/chain', 24, {
    id: 'event/follows-another',
    row: 44,
    title: 'a signed event that names another one before it than there is',
    attacker: 'maintainer',
    harmless: [GET_M],
    changes: (forge) => release(forge, M2, { edit: (honest) => ({ ...honest, previous: ZEROS }) }),
  }),
  landed('event/other-version', 23, {
    id: 'event/other-digests',
    row: 43,
    title: 'a signed event about other bytes than those of its version',
    attacker: 'maintainer',
    harmless: [GET_M],
    changes: (forge) => release(forge, M2, { edit: (honest) => ({ ...honest, manifest: ZEROS }) }),
  }),
  landed('signature/missing', 21, {
    id: 'event/not-by-its-actor',
    row: 32,
    title: 'an event that says carol asked for it, signed by two others',
    attacker: 'maintainer',
    harmless: [GET_M],
    changes: (forge) => release(forge, M2, { edit: (honest) => ({ ...honest, actor: 'carol' }) }),
  }),
  landed('history/event-removed', 24, {
    id: 'event/deleted',
    row: 44,
    title: 'the event that brought a version into production is deleted',
    attacker: 'contributor',
    harmless: [GET_M],
    changes: () => ({ [RELEASED]: null }),
  }),
  landed('history/event-changed', 24, {
    id: 'event/replaced',
    row: 44,
    title: 'the event that brought a version into production becomes another one, signed by two people',
    attacker: 'maintainer',
    harmless: [GET_M],
    changes: (forge) =>
      release(forge, M2, {
        path: RELEASED,
        edit: ({ previous: _, ...honest }) => ({ ...honest, seq: 1 }),
      }),
  }),
  landed('history/signature-changed', 24, {
    id: 'event/approval-removed',
    row: 30,
    title: 'an approval under the event that brought a version into production is taken away',
    attacker: 'contributor',
    harmless: [GET_M],
    changes: () => ({ [RELEASED.replace('.toml', '.sig/bo.sig')]: null }),
  }),
];
