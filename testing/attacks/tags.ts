/** Attacks on version tags: hung under other names, moved, replaced, made by people without the right. */
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import type { ErrorCode } from '../../src/errors.js';
import { parseOid } from '../../src/git-format/oid.js';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { treeOf } from '../places.js';

const NAME = 'model/m@v1.0.0';
const REF = `refs/tags/${NAME}`;

interface TagAttack {
  readonly id: string;
  readonly row: number;
  readonly title: string;
  readonly code: ErrorCode;
  readonly exit: number;
  forge(forge: Forge): Promise<unknown> | unknown;
}

function tagAttack({ id, row, title, code, exit, forge }: TagAttack): Attack {
  return defineAttack({
    id: `tag/${id}`,
    row,
    title,
    attacker: 'forge',
    refused: [refuses(['verify'], code, exit)],
    // History says what a version is; a tag only repeats it.
    harmless: [['get', 'model/m@1.0.0', '-o', '../out']],
    forge: async (attacked) => {
      await forge(attacked);
    },
  });
}

/** The message of the genuine tag, without its signature. */
function message(forge: Forge): string {
  const text = forge.git('cat-file', 'tag', REF);
  return text.slice(text.indexOf('\n\n') + 2, text.indexOf('-----BEGIN'));
}

function target(forge: Forge) {
  return parseOid(forge.git('rev-parse', `${NAME}^{commit}`));
}

/** The genuine tag with its text changed and the signature as it was. */
function rewritten(forge: Forge, edit: (text: string) => string): void {
  forge.setRef(REF, forge.objects.put('tag', utf8(edit(`${forge.git('cat-file', 'tag', REF)}\n`))));
}

export const tags: readonly Attack[] = [
  tagAttack({
    id: 'teleported',
    row: 37,
    title: 'a genuine tag hung under the name of another version',
    code: 'tag/name-mismatch',
    exit: 21,
    forge: (forge) => forge.setRef('refs/tags/model/m@v1.1.0', parseOid(forge.git('rev-parse', REF))),
  }),
  tagAttack({
    id: 'hung-under-a-new-name',
    row: 37,
    title: 'a genuine tag hung under the name of a version that there is not',
    code: 'tag/name-mismatch',
    exit: 21,
    forge: (forge) => forge.setRef('refs/tags/model/m@v7.0.0', parseOid(forge.git('rev-parse', REF))),
  }),
  tagAttack({
    id: 'moved',
    row: 38,
    title: 'a tag made again on a later commit, by somebody who may tag',
    code: 'tag/moved',
    exit: 24,
    forge: (forge) => forge.tag(NAME, forge.head(), { key: forge.keys.ana, message: message(forge) }),
  }),
  tagAttack({
    id: 'moved-to-the-root',
    row: 38,
    title: 'a tag made again on the first commit, by somebody who may tag',
    code: 'tag/moved',
    exit: 24,
    forge: (forge) =>
      forge.tag(NAME, parseOid(forge.git('rev-list', '--max-parents=0', 'HEAD')), {
        key: forge.keys.ana,
        message: message(forge),
      }),
  }),
  tagAttack({
    id: 'other-digests',
    row: 38,
    title: 'a tag that names other bytes for the version, signed by somebody who may tag',
    code: 'tag/message-mismatch',
    exit: 24,
    forge: (forge) =>
      forge.tag(NAME, target(forge), {
        key: forge.keys.ana,
        message: message(forge).replace(/sha256:[0-9a-f]{8}/, 'sha256:00000000'),
      }),
  }),
  tagAttack({
    id: 'by-a-stranger',
    row: 38,
    title: 'a tag signed by somebody who is in no policy',
    code: 'tag/unknown-signer',
    exit: 21,
    forge: (forge) => forge.tag(NAME, target(forge), { key: forge.keys.eve, message: message(forge) }),
  }),
  tagAttack({
    id: 'without-the-right',
    row: 31,
    title: 'a tag signed by somebody who may register models and not tag them',
    code: 'policy/denied',
    exit: 22,
    forge: (forge) => forge.tag(NAME, target(forge), { key: forge.keys.bo, message: message(forge) }),
  }),
  tagAttack({
    id: 'altered',
    row: 38,
    title: 'a tag whose text was changed after it was signed',
    code: 'tag/bad-signature',
    exit: 21,
    forge: (forge) => rewritten(forge, (text) => text.replace('Registry:', 'registry:')),
  }),
  tagAttack({
    id: 'unsigned',
    row: 39,
    title: 'an annotated tag without a signature',
    code: 'tag/unsigned',
    exit: 21,
    forge: (forge) => forge.tag(NAME, target(forge), { message: message(forge) }),
  }),
  tagAttack({
    id: 'lightweight',
    row: 39,
    title: 'a lightweight tag in place of a signed one',
    code: 'tag/unsigned',
    exit: 21,
    forge: (forge) => forge.setRef(REF, target(forge)),
  }),
  tagAttack({
    id: 'on-a-tree',
    row: 39,
    title: 'a signed tag on the tree of the commit',
    code: 'tag/moved',
    exit: 24,
    forge: (forge) =>
      forge.tag(NAME, treeOf(forge, target(forge)), { key: forge.keys.ana, type: 'tree', message: message(forge) }),
  }),
  tagAttack({
    id: 'on-a-blob',
    row: 39,
    title: 'a signed tag on the manifest itself',
    code: 'tag/moved',
    exit: 24,
    forge: (forge) =>
      forge.tag(NAME, parseOid(forge.git('rev-parse', 'HEAD:model/m/1.0.0.toml')), {
        key: forge.keys.ana,
        type: 'blob',
        message: message(forge),
      }),
  }),
  tagAttack({
    id: 'on-a-tag',
    row: 39,
    title: 'a signed tag on the genuine tag',
    code: 'tag/moved',
    exit: 24,
    forge: (forge) =>
      forge.tag(NAME, parseOid(forge.git('rev-parse', REF)), {
        key: forge.keys.ana,
        type: 'tag',
        message: message(forge),
      }),
  }),
  tagAttack({
    id: 'says-commit-is-a-tree',
    row: 39,
    title: 'a signed tag with the right commit and the type of a tree',
    code: 'tag/moved',
    exit: 24,
    forge: (forge) => forge.tag(NAME, target(forge), { key: forge.keys.ana, type: 'tree', message: message(forge) }),
  }),
  tagAttack({
    id: 'unexpected',
    row: 38,
    title: 'a signed tag for a version that nobody registered',
    code: 'tag/unexpected',
    exit: 24,
    forge: (forge) => forge.tag('model/m@v9.9.9', forge.head(), { key: forge.keys.ana, message: 'model/m 9.9.9\n' }),
  }),
  tagAttack({
    id: 'two-objects',
    row: 39,
    title: 'a tag that names two objects',
    code: 'git/invalid-object',
    exit: 20,
    forge: (forge) => rewritten(forge, (text) => `${text.split('\n')[0]}\n${text}`),
  }),
  tagAttack({
    id: 'two-names',
    row: 39,
    title: 'a tag that has two names',
    code: 'git/invalid-object',
    exit: 20,
    forge: (forge) => rewritten(forge, (text) => text.replace(/\ntag (.*)\n/, '\ntag $1\ntag model/m@v1.1.0\n')),
  }),
  tagAttack({
    id: 'signature-in-the-header',
    row: 39,
    title: 'a tag with its signature in front of its message',
    code: 'git/invalid-object',
    exit: 20,
    forge: (forge) =>
      rewritten(forge, (text) => {
        const armor = text.slice(text.indexOf('-----BEGIN'));
        return text.slice(0, text.indexOf('-----BEGIN')).replace('\n\n', `\n${armor}\n\n`);
      }),
  }),
  tagAttack({
    id: 'nul-in-the-name',
    row: 39,
    title: 'a tag whose name goes on behind a NUL',
    code: 'git/invalid-object',
    exit: 20,
    forge: (forge) => rewritten(forge, (text) => text.replace(/\ntag (.*)\n/, '\ntag $1\0x\n')),
  }),
  tagAttack({
    id: 'ref-to-nothing',
    row: 40,
    title: 'a tag ref that names no object of the repository',
    code: 'git/object-missing',
    exit: 32,
    forge: (forge) => forge.setRef(REF, parseOid(`${'0'.repeat(39)}7`)),
  }),
  tagAttack({
    id: 'cut',
    row: 39,
    title: 'a tag object that ends in its header',
    code: 'git/invalid-object',
    exit: 20,
    forge: (forge) => forge.setRef(REF, forge.objects.put('tag', concatBytes([utf8('object 12')]))),
  }),
  defineAttack({
    id: 'tag/deleted',
    row: 40,
    title: 'a tag is taken away: the version does not hang on it',
    attacker: 'forge',
    harmless: [['list'], ['show', 'model/m@1.0.0'], ['get', 'model/m@1.0.0', '-o', '../out']],
    forge: (forge) => {
      forge.git('update-ref', '-d', REF);
    },
  }),
];
