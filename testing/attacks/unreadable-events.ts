/** Events and evidence that this clone cannot read any more: what they decided is unknown, and nothing is handed out instead. */
import { rmSync, writeFileSync } from 'node:fs';
import { parseOid } from '../../src/git-format/oid.js';
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { newEvent, release } from '../new-event.js';
import { type Files, GATE, GET_M, proposes, then, VERIFY } from './stage-attack.js';

const M1 = 'model/m@1.0.0';
const M2 = 'model/m@1.1.0';
const LIFECYCLE = 'model/m/events/lifecycle/0001.toml';
const NEXT = 'model/m/events/production/0002.toml';

function unreadable(
  id: string,
  title: string,
  {
    act,
    path,
    refused,
    code = 'git/object-missing',
    exit = 32,
  }: {
    readonly act: (forge: Forge) => Promise<Files>;
    readonly path: string;
    readonly refused: readonly (readonly string[])[];
    readonly code?: Refusal['code'];
    readonly exit?: number;
  },
): Attack {
  return defineAttack({
    id: `unreadable/${id}`,
    row: 40,
    title,
    attacker: 'forge',
    // Nobody can tell whether the working tree has what it should, which weighs more.
    refused: [refuses(VERIFY, code, 20), ...refused.map((command) => refuses(command, code, exit))],
    forge: async (forge) => {
      await then(forge, act(forge));
      const file = forge.objects.pathOf(parseOid(forge.git('rev-parse', `HEAD:${path}`)));
      if (code === 'git/object-missing') rmSync(file);
      else writeFileSync(file, 'no object');
    },
  });
}

export const unreadableEvents: readonly Attack[] = [
  defineAttack({
    id: 'unreadable/revocation-at-the-gate',
    row: 40,
    title: 'a promotion of a version whose revocation is not in the clone of the gate',
    attacker: 'forge',
    refused: [refuses(GATE, 'git/object-missing', 32)],
    forge: async (forge) => {
      await then(forge, newEvent(forge, 'revoke', M2));
      await proposes(forge, await release(forge, M2));
      rmSync(forge.objects.pathOf(parseOid(forge.git('rev-parse', `main:${LIFECYCLE}`))));
    },
  }),
  unreadable('revocation-missing', 'the revocation of the version in production is not in this clone', {
    act: (forge) => newEvent(forge, 'revoke', M1),
    path: LIFECYCLE,
    refused: [GET_M, ['get', M1, '-o', '../out']],
  }),
  unreadable('revocation-damaged', 'the revocation of the version in production is damaged in this clone', {
    act: (forge) => newEvent(forge, 'revoke', M1),
    path: LIFECYCLE,
    refused: [GET_M, ['get', M1, '-o', '../out']],
    code: 'git/invalid-object',
    exit: 20,
  }),
  unreadable('revocation-signature-missing', 'the signature of a revocation is not in this clone', {
    act: (forge) => newEvent(forge, 'revoke', M1),
    path: LIFECYCLE.replace('.toml', '.sig/ana.sig'),
    refused: [GET_M, ['get', M1, '-o', '../out']],
  }),
  unreadable('promotion-missing', 'the event that brought a newer version into production is not in this clone', {
    act: (forge) => release(forge, M2, { edit: (one) => ({ ...one, reason: 'better' }) }),
    path: NEXT,
    refused: [GET_M],
  }),
  unreadable(
    'promotion-signature-missing',
    'an approval of the event that brought a newer version into production is not',
    {
      act: (forge) => release(forge, M2, { edit: (one) => ({ ...one, reason: 'better' }) }),
      path: NEXT.replace('.toml', '.sig/bo.sig'),
      refused: [GET_M],
    },
  ),
];
