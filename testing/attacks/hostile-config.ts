/**
 * Attacks by what git can be told to run: settings, hooks, filters, of a repository that somebody packed up and sent.
 * Each names a program that leaves a file beside the registry; nothing may be there afterwards.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '../../src/bytes/text.js';
import { type Attack, defineAttack } from '../attack.js';
import type { Forge } from '../forge.js';

const READS = [
  ['verify'],
  ['list'],
  ['show', 'model/m@1.0.0'],
  ['get', 'data/tree@1.0.0', '-o', '../out'],
  ['log'],
  ['doctor'],
];
const REGISTERS = ['register', 'model/new@1.0.0', 'at1.toml'];

/** A program that leaves `ran` beside the registry. */
function canary(forge: Forge): string {
  const path = join(forge.place, 'canary');
  writeFileSync(path, `#!/bin/sh\necho "$0 $*" >> '${join(forge.place, 'ran')}'\ncat\n`);
  chmodSync(path, 0o755);
  return path;
}

function configAttack(
  id: string,
  title: string,
  text: (program: string) => string,
  more: (forge: Forge) => void = () => {},
): Attack {
  return defineAttack({
    id: `hostile-config/${id}`,
    row: 48,
    title,
    attacker: 'forge',
    // What is configured as a remote is what `status` speaks of.
    harmless: [...READS, ...(id === 'remotes' ? [] : [['status']]), REGISTERS],
    forge: (forge) => {
      const config = forge.path('.git', 'config');
      writeFileSync(config, `${forge.text('.git/config')}${text(canary(forge))}\n`);
      more(forge);
    },
  });
}

const FILTERS = ['* filter=canary diff=canary merge=canary', '*.toml filter=canary ident', ''].join('\n');

export const hostileConfig: readonly Attack[] = [
  configAttack('signing', 'programs that make and check signatures', (program) =>
    [
      `[gpg]\n\tprogram = ${program}\n\tformat = ssh`,
      `[gpg "ssh"]\n\tprogram = ${program}\n\tdefaultKeyCommand = ${program}`,
      '[commit]\n\tgpgSign = true',
    ].join('\n'),
  ),
  configAttack(
    'monitor',
    'a program that watches the working tree',
    (program) => `[core]\n\tfsmonitor = ${program}\n\tuntrackedCache = true`,
  ),
  configAttack('ssh-and-prompts', 'programs for connections, passwords, pages and texts', (program) =>
    [
      `[core]\n\tsshCommand = ${program}\n\taskPass = ${program}\n\tpager = ${program}\n\teditor = ${program}`,
      `[credential]\n\thelper = !${program}`,
      `[sequence]\n\teditor = ${program}`,
    ].join('\n'),
  ),
  configAttack(
    'aliases',
    'aliases for what git is asked to do',
    (program) =>
      `[alias]\n${['cat-file', 'fetch', 'push', 'status', 'update-ref', 'verify-commit'].map((name) => `\t${name} = !${program}`).join('\n')}`,
  ),
  configAttack(
    'included',
    'a setting in an included file',
    () => '[include]\n\tpath = more',
    (forge) => {
      forge.write('.git/more', `[core]\n\tfsmonitor = ${join(forge.place, 'canary')}\n`);
    },
  ),
  configAttack(
    'hooks',
    'hooks for everything',
    () => '',
    (forge) => {
      const names = [
        'pre-commit',
        'commit-msg',
        'post-commit',
        'post-checkout',
        'post-index-change',
        'reference-transaction',
      ];
      mkdirSync(forge.path('.git', 'hooks'), { recursive: true });
      for (const name of [...names, 'prepare-commit-msg', 'fsmonitor-watchman']) {
        forge.write(`.git/hooks/${name}`, forge.text('../canary'));
        chmodSync(forge.path('.git', 'hooks', name), 0o755);
      }
    },
  ),
  configAttack(
    'hooks-elsewhere',
    'a folder of hooks outside the repository',
    (program) => `[core]\n\thooksPath = ${join(program, '..', 'hooks')}`,
    (forge) => {
      for (const name of ['post-index-change', 'reference-transaction', 'pre-commit', 'post-commit']) {
        forge.write(`../hooks/${name}`, forge.text('../canary'));
        chmodSync(forge.path('..', 'hooks', name), 0o755);
      }
    },
  ),
  configAttack(
    'filters',
    'filters for what is read and written, by attributes of the repository',
    (program) =>
      [
        `[filter "canary"]\n\tclean = ${program}\n\tsmudge = ${program}\n\tprocess = ${program}\n\trequired = true`,
        `[diff "canary"]\n\tcommand = ${program}\n\ttextconv = ${program}`,
        `[merge "canary"]\n\tdriver = ${program}`,
      ].join('\n'),
    (forge) => forge.write('.git/info/attributes', FILTERS),
  ),
  configAttack('remotes', 'a remote that is a command', (program) =>
    [
      `[remote "origin"]\n\turl = ext::${program}\n\tfetch = +refs/heads/*:refs/remotes/origin/*`,
      `\tuploadpack = ${program}\n\treceivepack = ${program}\n\tvcs = canary`,
      '[protocol]\n\tallow = always',
    ].join('\n'),
  ),
  defineAttack({
    id: 'hostile-config/committed',
    row: 49,
    title: 'attributes, submodules and large-file settings that change what a checkout would hold',
    attacker: 'contributor',
    harmless: [
      ['list'],
      ['show', 'model/m@1.0.0'],
      ['get', 'data/tree@1.0.0', '-o', '../out'],
      ['get', 'model/m@1.0.0', '-o', '../out'],
    ],
    forge: async (forge) => {
      canary(forge);
      const attributes = '* text eol=crlf working-tree-encoding=UTF-16 ident filter=canary\n';
      const modules = '[submodule "x"]\n\tpath = model\n\turl = --upload-pack=../canary\n';
      const entry = (text: string) => ({ mode: '100644' as const, oid: forge.objects.put('blob', utf8(text)) });
      await forge.commit(
        {
          '.gitattributes': entry(attributes),
          'model/.gitattributes': entry(attributes),
          '.gitmodules': entry(modules),
          '.lfsconfig': entry('[lfs]\n\turl = ext::../canary\n\tcustomtransfer.x.path = ../canary\n'),
        },
        { checkout: false },
      );
    },
  }),
];
