/** Attacks on the tags of stages: moved, made again, made for what never was. History decides, they only repeat it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../../src/errors.js';
import { parseOid } from '../../src/git-format/oid.js';
import { writeKeyFile } from '../../src/keys/key-file.js';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { release } from '../new-event.js';
import { GET_M } from './stage-attack.js';

/** `model/m@1.0.0` entered staging as the first event of the artifact, left it as the second, entered production third. */
const NAME = 'model/m#production#3';
const REF = `refs/tags/${NAME}`;

function stageTag(
  id: string,
  row: number,
  title: string,
  code: ErrorCode,
  exit: number,
  act: (forge: Forge) => Promise<unknown> | unknown,
): Attack {
  return defineAttack({
    id: `stage-tag/${id}`,
    row,
    title,
    attacker: 'forge',
    refused: [refuses(['verify'], code, exit)],
    harmless: [GET_M],
    forge: async (forge) => {
      await act(forge);
    },
  });
}

/** The message of the genuine tag, without its signature. */
function message(forge: Forge): string {
  const text = forge.git('cat-file', 'tag', REF);
  return text.slice(text.indexOf('\n\n') + 2, text.indexOf('-----BEGIN'));
}

function target(forge: Forge, name = NAME) {
  return parseOid(forge.git('rev-parse', `refs/tags/${name}^{commit}`));
}

/** The key in the home of whoever runs at1 is exchanged, and a tag is due. */
function withAnotherKey(
  who: 'bo' | 'eve',
  words: string,
  command: readonly string[],
  code: ErrorCode,
  exit: number,
): Attack {
  return defineAttack({
    id: `writer/${command[0]}-as-${who}`,
    row: 62,
    title: `the key of the writer is exchanged for that of ${words}`,
    attacker: 'local',
    refused: [refuses(command, code, exit)],
    harmless: [GET_M],
    forge: async (forge) => {
      forge.git('update-ref', '-d', REF);
      const file = join(forge.home, 'config', 'keys', 'id_ed25519');
      for (const old of [file, `${file}.pub`]) rmSync(old);
      await writeKeyFile(file, forge.keys[who].privateKey);
    },
  });
}

export const stageTags: readonly Attack[] = [
  stageTag(
    'moved',
    38,
    'the tag of a promotion made again on the newest commit, by somebody who may tag',
    'tag/moved',
    24,
    (forge) => forge.tag(NAME, forge.head(), { key: forge.keys.ana, message: message(forge) }),
  ),
  stageTag(
    'on-another-version',
    38,
    'the tag of a promotion made again on the commit of another version',
    'tag/moved',
    24,
    (forge) => forge.tag(NAME, target(forge, 'model/m@v1.1.0'), { key: forge.keys.ana, message: message(forge) }),
  ),
  stageTag(
    'of-another-version',
    38,
    'the tag of a promotion made again with the words about another version',
    'tag/message-mismatch',
    24,
    (forge) =>
      forge.tag(NAME, target(forge, 'model/m@v1.1.0'), {
        key: forge.keys.ana,
        message: message(forge).replace('1.0.0', '1.1.0'),
      }),
  ),
  stageTag(
    'other-event',
    38,
    'the tag of a promotion with the digest of another event',
    'tag/message-mismatch',
    24,
    (forge) =>
      forge.tag(NAME, target(forge), {
        key: forge.keys.ana,
        message: message(forge).replace(/Event: sha256:[0-9a-f]{8}/, 'Event: sha256:00000000'),
      }),
  ),
  stageTag(
    'lightweight',
    39,
    'a lightweight tag in place of the signed one of a promotion',
    'tag/unsigned',
    21,
    (forge) => forge.setRef(REF, target(forge)),
  ),
  stageTag('unsigned', 39, 'the tag of a promotion without a signature', 'tag/unsigned', 21, (forge) =>
    forge.tag(NAME, target(forge), { message: message(forge) }),
  ),
  stageTag('by-a-stranger', 38, 'the tag of a promotion signed by a stranger', 'tag/unknown-signer', 21, (forge) =>
    forge.tag(NAME, target(forge), { key: forge.keys.eve, message: message(forge) }),
  ),
  stageTag(
    'without-the-right',
    31,
    'the tag of a promotion signed by somebody who may promote and not tag',
    'policy/denied',
    22,
    (forge) => forge.tag(NAME, target(forge), { key: forge.keys.bo, message: message(forge) }),
  ),
  stageTag(
    'of-a-number-to-come',
    38,
    'a signed tag of a promotion that never was, with the highest number',
    'tag/unexpected',
    24,
    (forge) =>
      forge.tag('model/m#production#9', target(forge, 'model/m@v1.1.0'), {
        key: forge.keys.ana,
        message: message(forge),
      }),
  ),
  stageTag(
    'of-an-artifact-without',
    38,
    'a signed tag that says of a model without events that it is in production',
    'tag/unexpected',
    24,
    (forge) => forge.tag('model/packed#production#1', target(forge, 'model/packed@v1.0.0'), { key: forge.keys.ana }),
  ),
  stageTag(
    'un-assigned',
    38,
    'a signed tag by which the version in production left it',
    'tag/unexpected',
    24,
    (forge) => forge.tag('model/m#production!#9', target(forge), { key: forge.keys.ana, message: message(forge) }),
  ),
  stageTag(
    'yanked',
    38,
    'a signed tag by which the version in production was withdrawn',
    'tag/unexpected',
    24,
    (forge) => forge.tag('model/m@v1.0.0!#9', target(forge), { key: forge.keys.ana, message: message(forge) }),
  ),
  stageTag(
    'teleported',
    37,
    'the genuine tag of a promotion hung under a higher number',
    'tag/name-mismatch',
    21,
    (forge) => forge.setRef('refs/tags/model/m#production#9', parseOid(forge.git('rev-parse', REF))),
  ),
  stageTag(
    'before-it-counts',
    38,
    'the tag of a promotion that waits for a signature',
    'tag/unexpected',
    24,
    async (forge) => {
      await forge.commit(await release(forge, 'model/m@1.1.0', { keys: [forge.keys.bo] }));
      await forge.tag('model/m#production#6', target(forge, 'model/m@v1.1.0'), { key: forge.keys.ana });
    },
  ),
  stageTag(
    'without-a-number',
    38,
    "a stranger's tag of a stage without a number, as GTO reads it too",
    'tag/unexpected',
    24,
    (forge) => forge.tag('model/m#production', target(forge), { key: forge.keys.eve }),
  ),
  stageTag(
    'un-assigned-without-a-number',
    38,
    "a stranger's tag of a stage that is left, without a number",
    'tag/unexpected',
    24,
    (forge) => forge.tag('model/m#production!', target(forge), { key: forge.keys.eve }),
  ),
  stageTag(
    'yanked-without-a-number',
    38,
    "a stranger's tag of a withdrawn version, without a number",
    'tag/unexpected',
    24,
    (forge) => forge.tag('model/m@v1.0.0!', target(forge), { key: forge.keys.eve }),
  ),
  stageTag(
    'number-with-a-zero',
    38,
    "a stranger's tag of a stage whose number begins with a zero",
    'tag/unexpected',
    24,
    (forge) => forge.tag('model/m#production#09', target(forge), { key: forge.keys.eve }),
  ),
  stageTag('deprecated', 38, "a stranger's tag of a model that GTO is told to forget", 'tag/unexpected', 24, (forge) =>
    forge.tag('model/m@deprecated', target(forge), { key: forge.keys.eve }),
  ),
  defineAttack({
    id: 'stage-tag/deleted',
    row: 40,
    title: 'the tag of a promotion is taken away: the stage does not hang on it',
    attacker: 'forge',
    harmless: [['list'], ['show', 'model/m'], GET_M],
    forge: (forge) => {
      forge.git('update-ref', '-d', REF);
    },
  }),
  withAnotherKey('bo', 'somebody who may not tag', ['tag'], 'policy/denied', 22),
  withAnotherKey('eve', 'a stranger', ['tag'], 'signature/unknown-key', 21),
  withAnotherKey('eve', 'a stranger', ['promote', 'model/m@1.1.0', 'production'], 'signature/unknown-key', 21),
  withAnotherKey('eve', 'a stranger', ['revoke', 'model/m@1.0.0'], 'signature/unknown-key', 21),
];
