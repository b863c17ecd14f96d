/** Manifests that say something else than what was signed, or that two programs could read differently. */
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { newVersion } from '../new-version.js';
import { EVIL, GET_EVIL } from './hostile.js';

const M = 'model/m@1.0.0';
const GET_M = ['get', M, '-o', '../out'];
const FROZEN = [refuses(['verify'], 'history/manifest-changed', 24), refuses(GET_M, 'history/manifest-changed', 24)];

/** A landed manifest with other words; its signature is still the old one. */
function changed(id: string, row: number, title: string, edit: (text: string, forge: Forge) => string): Attack {
  return defineAttack({
    id: `manifest/${id}`,
    row,
    title,
    attacker: 'contributor',
    refused: FROZEN,
    forge: async (forge) => {
      const path = forge.manifestPath(M);
      await forge.commit({ [path]: edit(forge.text(path), forge) });
    },
  });
}

/** A new version, signed by its publisher, whose text no program may take. */
export function signed(
  family: string,
  [id, row, title, code, text]: readonly [
    id: string,
    row: number,
    title: string,
    code: Refusal['code'],
    text: (canonical: string) => string | Uint8Array,
  ],
  exit = 23,
  more: readonly Refusal[] = [refuses(GET_EVIL, 'artifact/not-found', 12)],
): Attack {
  return defineAttack({
    id: `${family}/${id}`,
    row,
    title,
    attacker: 'maintainer',
    refused: [refuses(['verify'], code, exit), ...more],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, EVIL, { text }));
    },
  });
}

/** The line of a field replaced. */
export function field(name: string, value: string): (text: string) => string {
  return (text) => text.replace(new RegExp(`^${name} = .*$`, 'm'), () => `${name} = ${value}`);
}

/** One more line before a line that begins like this. */
export function before(start: string, line: string): (text: string) => string {
  return (text) => text.replace(`\n${start}`, () => `\n${line}\n${start}`);
}

const ZEROS = '0'.repeat(64);

export const manifests: readonly Attack[] = [
  changed('metric', 18, 'a better metric, the signature left as it was', (text) => text.replace('0.91', '0.99')),
  changed('description', 18, 'another description', (text) => text.replace('A model.', 'A safe model.')),
  changed('whitespace', 19, 'one space more, the same meaning', (text) => text.replace('size = ', 'size =  ')),
  changed('no-line-feed', 19, 'without the last line feed', (text) => text.slice(0, -1)),
  defineAttack({
    id: 'manifest/changed-and-signed',
    row: 18,
    title: 'a landed manifest changed and signed again by its publisher',
    attacker: 'maintainer',
    refused: FROZEN,
    forge: async (forge) => {
      const path = forge.manifestPath(M);
      await forge.commit(await forge.signed(path, forge.text(path).replace('0.91', '0.99')));
    },
  }),
  defineAttack({
    id: 'manifest/executable',
    row: 53,
    title: 'a landed manifest made executable',
    attacker: 'contributor',
    refused: FROZEN,
    forge: async (forge) => {
      const path = forge.manifestPath(M);
      await forge.commit({ [path]: { mode: '100755', oid: forge.objects.put('blob', forge.read(path)) } });
    },
  }),
  defineAttack({
    id: 'manifest/removed',
    row: 18,
    title: 'a landed version taken away',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'history/manifest-removed', 24), refuses(GET_M, 'history/manifest-removed', 24)],
    forge: async (forge) => {
      const path = forge.manifestPath(M);
      await forge.commit({ [path]: null, [path.replace('.toml', '.sig/ana.sig')]: null });
    },
  }),
  defineAttack({
    id: 'manifest/unsigned',
    row: 18,
    title: 'a new version without a signature',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'signature/missing', 21), refuses(GET_EVIL, 'signature/missing', 21)],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, EVIL, { keys: [] }));
    },
  }),
  defineAttack({
    id: 'manifest/edited-after-signing',
    row: 18,
    title: 'a new version whose manifest was edited after it was signed',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'signature/invalid', 21), refuses(GET_EVIL, 'signature/invalid', 21)],
    forge: async (forge) => {
      const version = await newVersion(forge, EVIL);
      const path = forge.manifestPath(EVIL);
      const text = new TextDecoder().decode(version[path] as Uint8Array);
      await forge.commit({ ...version, [path]: text.replace('2026-03-05', '2026-03-06') });
    },
  }),
  defineAttack({
    id: 'manifest/other-registry',
    row: 34,
    title: 'a manifest that was signed for another registry',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'manifest/other-registry', 23), refuses(GET_EVIL, 'artifact/not-found', 12)],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, EVIL, { text: field('registry', '"01JZ0000000000000000000000"') }));
    },
  }),
  defineAttack({
    id: 'manifest/other-place',
    row: 43,
    title: 'the signed manifest of one version in the place of a later one',
    attacker: 'contributor',
    refused: [
      refuses(['verify'], 'manifest/wrong-place', 23),
      refuses(['get', 'model/m@2.0.0', '-o', '../out'], 'artifact/not-found', 12),
    ],
    forge: async (forge) => {
      const [from, to] = [forge.manifestPath(M), forge.manifestPath('model/m@2.0.0')];
      const signature = from.replace('.toml', '.sig/ana.sig');
      await forge.commit({
        [to]: forge.read(from),
        [to.replace('.toml', '.sig/ana.sig')]: forge.read(signature),
      });
    },
  }),
  defineAttack({
    id: 'manifest/other-artifact',
    row: 43,
    title: 'the signed manifest of a model in the place of one with stricter rules',
    attacker: 'contributor',
    refused: [
      refuses(['verify'], 'manifest/wrong-place', 23),
      refuses(['get', 'model/guarded@2.0.0', '-o', '../out'], 'artifact/not-found', 12),
    ],
    forge: async (forge) => {
      const [from, to] = [forge.manifestPath(M), forge.manifestPath('model/guarded@2.0.0')];
      await forge.commit({
        [to]: forge.read(from),
        [to.replace('.toml', '.sig/ana.sig')]: forge.read(from.replace('.toml', '.sig/ana.sig')),
      });
    },
  }),
  ...(
    [
      [
        'sha1',
        17,
        'a content digest of another algorithm',
        'document/schema',
        field('content', `"sha1:${'0'.repeat(40)}"`),
      ],
      [
        'unknown-algorithm',
        17,
        'a content digest of an algorithm nobody knows',
        'document/schema',
        field('content', `"md7:${ZEROS}"`),
      ],
      [
        'bare-digest',
        17,
        'a content digest that names no algorithm',
        'document/schema',
        field('content', `"${ZEROS}"`),
      ],
      [
        'capital-digest',
        17,
        'a digest in capital letters',
        'document/schema',
        (text) => text.replace(/^sha256 = .*$/m, (line) => line.toUpperCase().replace('SHA256', 'sha256')),
      ],
      ['long-digest', 17, 'a digest of 65 digits', 'document/schema', (text) => text.replace(/^(blake3 = ")/m, '$10')],
      [
        'later-format',
        17,
        'a format version of the future, with other rules',
        'registry/format-unsupported',
        (text) => text.replace('manifest:1', 'manifest:2'),
        16,
      ],
      [
        'unknown-field',
        19,
        'a field that this version does not know',
        'document/schema',
        before('form', 'verified = true'),
      ],
      ['missing-field', 19, 'no content digest', 'document/schema', (text) => text.replace(/^content = .*\n/m, '')],
      ['wrong-type', 19, 'a number where a text belongs', 'document/schema', field('kind', '1')],
      ['other-kind', 19, 'a kind that does not exist', 'document/schema', field('kind', '"pickle"')],
      [
        'layout-and-segments',
        19,
        'a file with segments and a layout, of which each reader takes its own',
        'document/schema',
        (text) => `${text}layout = { size = 1, sha256 = "${ZEROS}", object = "${ZEROS}", stored = 1 }\n`,
      ],
      ['no-files', 19, 'no files at all', 'document/schema', (text) => text.replace(/\n\[\[files\]\][\s\S]*$/, '')],
      ['size-sum', 43, 'sizes that do not add up', 'document/schema', field('size', '7')],
      [
        'two-files-as-one',
        19,
        'two files where the form is one file',
        'document/schema',
        (text) => text + text.slice(text.indexOf('\n[[files]]')).replace('model.bin', 'other.bin'),
      ],
      ['date', 19, 'a date no calendar has', 'document/schema', field('created', '"2026-02-30T00:00:00Z"')],
      ['negative-size', 5, 'a negative size', 'document/schema', (text) => text.replace(/^size = /gm, 'size = -')],
      [
        'size-2-53',
        5,
        'a size of 2^53',
        'document/syntax',
        (text) => text.replace(/^size = .*/gm, 'size = 9007199254740992'),
      ],
      [
        'size-2-64',
        5,
        'a size of 2^64',
        'document/syntax',
        (text) => text.replace(/^size = .*/gm, 'size = 18446744073709551616'),
      ],
      [
        'segment-of-1-gib',
        5,
        'a segment that says it is 1 GiB',
        'document/schema',
        (text) => text.replace(/\{ size = \d+/, '{ size = 1073741824').replace(/^size = .*/gm, 'size = 1073741824'),
      ],
      [
        'stored-of-1-gib',
        5,
        'an object that says it is 1 GiB',
        'document/schema',
        (text) => text.replace(/stored = \d+/, 'stored = 1073741824'),
      ],
      [
        'name-of-another',
        43,
        'the name of another artifact inside',
        'manifest/wrong-place',
        field('name', '"guarded"'),
      ],
      ['version-of-another', 27, 'another version inside', 'manifest/wrong-place', field('version', '"9.9.9"')],
      ['kind-of-another', 43, 'another kind inside', 'manifest/wrong-place', field('kind', '"data"')],
    ] as const satisfies readonly (readonly [
      string,
      number,
      string,
      Refusal['code'],
      (text: string) => string,
      number?,
    ])[]
  ).map(([id, row, title, code, text, exit]) => signed('manifest', [id, row, title, code, text], exit)),
  signed(
    'manifest',
    [
      'content-of-another',
      43,
      'the content digest of other bytes',
      'manifest/content-mismatch',
      field('content', `"sha256:${ZEROS}"`),
    ],
    20,
  ),
];
