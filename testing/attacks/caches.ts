/**
 * Attacks on the catalog: a cache in the working tree that would save reading the history, if it could be believed. It
 * is believed only as this machine wrote it, so none of this may change a single answer.
 */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { newVersion } from '../new-version.js';

const CATALOG = join('.at1', 'cache', 'catalog.jsonl');
const READS = [['list'], ['show', 'model/m@1.0.0'], ['get', 'model/m', '-o', '../out'], ['log'], ['stats'], ['verify']];

function cacheAttack(id: string, title: string, forge: (forge: Forge, path: string) => void): Attack {
  return defineAttack({
    id: `catalog/${id}`,
    row: id === 'claims-a-version' ? 51 : 52,
    title,
    attacker: 'local',
    client: 'returning',
    refused: [refuses(['get', 'model/m@9.9.9', '-o', '../out'], 'artifact/not-found', 12)],
    harmless: READS,
    forge: (attacked) => forge(attacked, attacked.path(CATALOG)),
  });
}

function rewrite(path: string, edit: (text: string) => string): void {
  writeFileSync(path, edit(readFileSync(path, 'utf8')));
}

export const caches: readonly Attack[] = [
  cacheAttack('claims-a-version', 'a catalog with a version that nobody registered', (_, path) =>
    rewrite(path, (text) => {
      const row = text.split('\n').find((line) => line.includes('model/m/1.1.0.toml')) ?? '';
      return `${text}${row.replaceAll('1.1.0', '9.9.9')}\n`;
    }),
  ),
  cacheAttack('leaves-a-version-out', 'a catalog without the newest version', (_, path) =>
    rewrite(path, (text) =>
      text
        .split('\n')
        .filter((line) => !line.includes('model/m/1.1.0.toml'))
        .join('\n'),
    ),
  ),
  cacheAttack('other-digests', 'a catalog in which every digest is another', (_, path) =>
    rewrite(path, (text) => text.replaceAll(/[0-9a-f]{64}/g, '0'.repeat(64))),
  ),
  cacheAttack('cut', 'a catalog that ends too soon', (_, path) => rewrite(path, (text) => text.slice(0, -100))),
  cacheAttack('empty', 'a catalog of no bytes', (_, path) => writeFileSync(path, '')),
  cacheAttack('noise', 'a catalog of anything', (_, path) => writeFileSync(path, '{"__proto__":{"polluted":1}}\n{')),
  cacheAttack('of-the-future', 'a catalog of a later format', (_, path) =>
    rewrite(path, (text) => text.replace(/"catalog":\d+/, '"catalog":999')),
  ),
  cacheAttack('of-another-registry', 'a catalog of another registry', (forge, path) =>
    rewrite(path, (text) => text.replaceAll(forge.registryId(), '01JZ0000000000000000000001')),
  ),
  cacheAttack('a-link', 'a link to another file where the catalog stands', (forge, path) => {
    writeFileSync(join(forge.place, 'elsewhere'), readFileSync(path));
    rmSync(path);
    symlinkSync(join(forge.place, 'elsewhere'), path);
  }),
  cacheAttack('a-folder', 'a folder where the catalog stands', (_, path) => {
    rmSync(path);
    mkdirSync(path);
  }),
  cacheAttack('in-a-linked-folder', 'a link to another folder where the catalog is kept', (forge) => {
    const folder = forge.path('.at1', 'cache');
    rmSync(folder, { recursive: true });
    mkdirSync(join(forge.place, 'elsewhere'));
    symlinkSync(join(forge.place, 'elsewhere'), folder);
  }),
  cacheAttack('of-the-memory', 'the note of which catalog this machine wrote is another', (forge, path) => {
    const notes = join(forge.home, 'state', 'catalogs', `${forge.registryId()}.txt`);
    rewrite(notes, (text) => text.replaceAll(/[0-9a-f]{64}/g, 'f'.repeat(64)));
    rewrite(path, (text) => text.replaceAll('1.1.0', '9.9.9'));
  }),
  defineAttack({
    id: 'catalog/stale',
    row: 51,
    title: 'a catalog of before a version of a stranger was pushed',
    attacker: 'contributor',
    client: 'returning',
    refused: [refuses(['get', 'model/m@9.0.0', '-o', '../out'], 'signature/unknown-key', 21)],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, 'model/m@9.0.0', { keys: [forge.keys.eve] }));
    },
  }),
];
