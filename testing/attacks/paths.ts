/** Paths inside a version that lead out of it, or that some systems take for one: `get` must not write a byte. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '../../src/bytes/text.js';
import { digestOf } from '../../src/digest/digest.js';
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { newVersion } from '../new-version.js';
import { field } from './manifests.js';

const EVIL = 'data/evil@1.0.0';
const GET_EVIL = ['get', EVIL, '-o', '../out'];
const DATA = 'escaped\n';

interface Listing {
  readonly files: readonly string[];
  readonly directories?: readonly string[];
}

/** A tree of these paths, sound but for them: the content digest is that of the listing. */
async function treeOf(forge: Forge, { files, directories = [] }: Listing): Promise<void> {
  const sha256 = digestOf(forge.engines.sha256(utf8(DATA)));
  const listing = [
    ...files.map((path) => `${sha256}  ${path}\n`),
    ...directories.map((path) => `directory  ${path}\n`),
  ].join('');
  const text = (canonical: string) => {
    const at = canonical.indexOf('\n[[files]]');
    const entry = canonical.slice(at);
    const entries = files.map((path) => entry.replace(/^path = .*$/m, () => `path = ${JSON.stringify(path)}`));
    const head = [
      field('form', '"tree"'),
      field('content', `"sha256:${digestOf(forge.engines.sha256(utf8(listing)))}"`),
      field('size', String(DATA.length * files.length)),
    ].reduce((all, edit) => edit(all), canonical.slice(0, at));
    const list =
      directories.length === 0 ? '' : `directories = [${directories.map((path) => JSON.stringify(path)).join(', ')}]\n`;
    return `${head}${list}${entries.join('')}`;
  };
  await forge.commit(await newVersion(forge, EVIL, { content: DATA, text }));
}

function listed(
  id: string,
  title: string,
  listing: Listing | ((forge: Forge) => Listing),
  code: Refusal['code'] = 'document/schema',
): Attack {
  return defineAttack({
    id: `path/${id}`,
    row: 7,
    title,
    attacker: 'maintainer',
    refused: [refuses(['verify'], code, 23), refuses(GET_EVIL, 'artifact/not-found', 12)],
    forge: (forge) => treeOf(forge, typeof listing === 'function' ? listing(forge) : listing),
  });
}

const one = (path: string): Listing => ({ files: [path] });

export const paths: readonly Attack[] = [
  listed('parent', 'above the output folder', one('../outside')),
  listed('parent-inside', 'above it on a detour', one('a/../../outside')),
  listed('parent-at-the-end', 'a folder that ends in its parent', one('a/..')),
  listed('absolute', 'an absolute path', (forge) => one(join(forge.place, 'outside'))),
  listed('dot', 'a part that is a dot', one('./a')),
  listed('empty-part', 'two slashes', one('a//b')),
  listed('trailing-slash', 'a slash at the end', one('a/')),
  listed('empty', 'no name at all', one('')),
  listed('backslash', 'above it, on Windows', one('..\\outside')),
  listed('drive', 'another drive of Windows', one('C:/outside')),
  listed('drive-relative', 'the current folder of another drive', one('C:outside')),
  listed('unc', 'a share on another machine', one('\\\\server\\share\\outside')),
  listed('git', 'the configuration of git', one('.git/config')),
  listed('git-case', 'the same with capitals, below a folder', one('sub/.GIT/hooks/post-checkout')),
  listed('git-short', 'the same by its short name on Windows', one('git~1/config')),
  listed('line-feed', 'a line feed, which adds a line to the listing', one('a\nb'), 'document/syntax'),
  listed('tab', 'a tab', one('a\tb'), 'document/syntax'),
  listed('nul', 'a NUL, where C ends a name', one('a\u0000b'), 'document/syntax'),
  listed('escape-sequence', 'a terminal sequence', one('a\u001b[2K'), 'document/syntax'),
  listed('bidi', 'a mark that hides the extension', one('a\u202egpj.exe'), 'document/syntax'),
  listed('nfd', 'a letter and its accent apart', one('e\u0301.txt')),
  listed('long', 'a path of 4097 bytes', one(`${'a/'.repeat(2048)}a`)),
  listed('long-part', 'a part of 256 bytes', one('a'.repeat(256))),
  listed('directory-parent', 'an empty folder above', { files: ['a'], directories: ['../outside'] }),
  listed('twice', 'a path twice', { files: ['a', 'a'] }),
  listed('unsorted', 'paths in another order, under another digest', { files: ['b', 'a'] }),
  listed('case-twins', 'paths that differ in case', { files: ['A', 'a'] }, 'manifest/name-twin'),
  listed(
    'fold-twins',
    'paths that are one without case in German',
    { files: ['STRASSE', 'stra\u00dfe'] },
    'manifest/name-twin',
  ),
  listed('kelvin-twins', 'k and the Kelvin sign', { files: ['k', '\u212a'].map((path) => path.normalize('NFC')) }),
  listed('file-and-folder', 'a file and a folder of one name', { files: ['a', 'a/b'] }, 'manifest/name-twin'),
  listed('file-and-folder-case', 'the same, but for case', { files: ['A', 'a/b'] }, 'manifest/name-twin'),
  listed(
    'file-and-directory',
    'a file and an empty folder of one name',
    { files: ['a'], directories: ['a'] },
    'manifest/name-twin',
  ),
  defineAttack({
    id: 'path/file-form-parent',
    row: 7,
    title: 'a version of one file, whose name leads out of the output folder',
    attacker: 'maintainer',
    refused: [refuses(['verify'], 'document/schema', 23), refuses(GET_EVIL, 'artifact/not-found', 12)],
    forge: async (forge) => {
      const text = (canonical: string) => canonical.replace('"model.bin"', '"../outside"');
      await forge.commit(await newVersion(forge, EVIL, { content: DATA, text }));
    },
  }),
  defineAttack({
    id: 'path/link-in-output',
    row: 7,
    title: 'a symbolic link in the output folder, where the version has a folder',
    attacker: 'local',
    refused: [refuses(['get', 'data/tree@1.0.0', '-o', '../out', '--force'], 'io/unsafe-path', 15)],
    forge: (forge) => {
      forge.outside('b.txt', 'precious');
      mkdirSync(join(forge.place, 'out'));
      symlinkSync(join(forge.place, 'outside'), join(forge.place, 'out', 'sub'));
    },
  }),
  defineAttack({
    id: 'path/output-exists',
    row: 7,
    title: 'a file of somebody where the output should be',
    attacker: 'local',
    refused: [refuses(['get', 'data/tree@1.0.0', '-o', '../out'], 'output/exists', 13)],
    forge: (forge) => writeFileSync(join(forge.place, 'out'), 'precious'),
  }),
];
