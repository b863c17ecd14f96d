/** Attacks on refs and on the files that say where git keeps things: loops, garbage, ways out of the repository. */
import { appendFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge } from '../forge.js';

const READS = [['list'], ['get', 'model/m@1.0.0', '-o', '../out']];

/** HEAD cannot be told. */
function headAttack(id: string, title: string, forge: (forge: Forge) => void): Attack {
  return defineAttack({
    id: `ref/${id}`,
    row: 36,
    title,
    attacker: 'forge',
    refused: [refuses(['verify'], 'git/ref-invalid', 20), refuses(['list'], 'git/ref-invalid', 20)],
    forge,
  });
}

function harmless(id: string, title: string, forge: (forge: Forge) => void): Attack {
  return defineAttack({ id: `ref/${id}`, row: 36, title, attacker: 'forge', harmless: READS, forge });
}

export const refs: readonly Attack[] = [
  headAttack('head-loop', 'two branches that stand for each other', (forge) => {
    forge.write('.git/refs/heads/main', 'ref: refs/heads/other\n');
    forge.write('.git/refs/heads/other', 'ref: refs/heads/main\n');
  }),
  headAttack('head-of-itself', 'a branch that stands for itself', (forge) =>
    forge.write('.git/refs/heads/main', 'ref: refs/heads/main\n'),
  ),
  headAttack('head-outside', 'a HEAD that leads out of the folder of refs', (forge) =>
    forge.write('.git/HEAD', 'ref: refs/heads/../../../elsewhere\n'),
  ),
  headAttack('branch-garbage', 'a branch that holds anything', (forge) =>
    forge.write('.git/refs/heads/main', 'not an object id\n'),
  ),
  headAttack('branch-half', 'a branch that was torn', (forge) =>
    forge.write('.git/refs/heads/main', forge.head().slice(0, 20)),
  ),
  harmless('packed-refs-garbage', 'packed refs of anything, beside those that are right', (forge) =>
    forge.write(
      '.git/packed-refs',
      `# pack-refs with: peeled\n^${'1'.repeat(40)}\nnoise\n${'2'.repeat(40)} refs/../x\n`,
    ),
  ),
  harmless('packed-refs-stale', 'a branch in packed refs at an older commit than its own file', (forge) =>
    forge.write('.git/packed-refs', `${forge.git('rev-list', '--max-parents=0', 'HEAD')} refs/heads/main\n`),
  ),
  harmless('alternates-loop', 'object folders that borrow from each other without end', (forge) => {
    mkdirSync(join(forge.place, 'other', 'info'), { recursive: true });
    forge.write('.git/objects/info/alternates', `${join(forge.place, 'other')}\n`);
    forge.write('../other/info/alternates', `${forge.path('.git', 'objects')}\n${join(forge.place, 'other')}\n`);
  }),
  harmless('alternates-anywhere', 'object folders that are not there, or are something else', (forge) =>
    forge.write('.git/objects/info/alternates', '/etc/passwd\n/nowhere\n"\\x\n../../..\n'),
  ),
  harmless('tags-linked-in-a-circle', 'a folder of refs that holds itself', (forge) => {
    mkdirSync(forge.path('.git', 'refs', 'tags', 'x'), { recursive: true });
    symlinkSync('.', forge.path('.git', 'refs', 'tags', 'x', 'again'));
  }),
  harmless('replaced', 'a commit replaced by another, which git would show in its place', (forge) => {
    const first = forge.git('rev-list', '--max-parents=0', 'HEAD');
    forge.write(`.git/refs/replace/${forge.head()}`, `${first}\n`);
  }),
  defineAttack({
    id: 'ref/grafted',
    row: 36,
    title: 'a history cut by grafts, which git would believe',
    attacker: 'local',
    refused: [refuses(['verify'], 'git/unsupported', 16), refuses(['list'], 'git/unsupported', 16)],
    forge: (forge) => appendFileSync(forge.path('.git', 'info', 'grafts'), `${forge.head()}\n`),
  }),
];
