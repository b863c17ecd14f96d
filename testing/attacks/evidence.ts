/** Attacks with evidence: about something else, by somebody else, of no use any more, changed after it was believed. */
import { digestOf } from '../../src/digest/digest.js';
import { parseRelPath } from '../../src/manifest/rel-path.js';
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { newEvidence, release } from '../new-event.js';
import { OTHER_REGISTRY } from '../places.js';
import { type Files, GATE, GET_M, landed, lands, NO_HOLDER, VERIFY } from './stage-attack.js';

const WORDS = 'model/words@1.0.0';

type Evidence = (forge: Forge) => Promise<Files>;

/** Sound evidence that is not what the policy asks for: the event waits, and nobody gets the version by its stage. */
function useless(id: string, title: string, evidence: Evidence): Attack {
  return defineAttack({
    id: `evidence/${id}`,
    row: 45,
    title: `a version for production, signed by two people, with ${title}`,
    attacker: 'maintainer',
    refused: [refuses(GATE, 'gate/pending', 22), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => lands(forge, { ...(await evidence(forge)), ...(await release(forge, WORDS)) }),
  });
}

/** Evidence with which something is wrong. */
function wrong(id: string, title: string, code: Refusal['code'], exit: number, evidence: Evidence): Attack {
  return defineAttack({
    id: `evidence/${id}`,
    row: 34,
    title: `a version for production, signed by two people, with ${title}`,
    attacker: 'contributor',
    // The event that lacks its evidence weighs more than a document that is none.
    refused: [refuses(VERIFY, code, exit), refuses(GATE, code, Math.min(exit, 22)), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => lands(forge, { ...(await evidence(forge)), ...(await release(forge, WORDS)) }),
  });
}

/** What carol said of the version in production. */
function genuine(forge: Forge): string {
  const folder = `evidence/${forge.manifest('model/m@1.0.0').content.slice(0, 2)}/`;
  const found = [...forge.filesAt().keys()].find((path) => path.startsWith(folder) && path.endsWith('.toml'));
  if (found === undefined) throw new Error('the version in production has no evidence');
  return found;
}

export const evidence: readonly Attack[] = [
  useless('none', 'no evidence', async () => ({})),
  useless('of-another-digest', 'evidence about another version', (forge) => newEvidence(forge, 'model/packed@1.0.0')),
  useless('without-the-role', 'evidence by somebody who is no evaluator', (forge) =>
    newEvidence(forge, WORDS, { keys: [forge.keys.bo] }),
  ),
  useless('expired', 'evidence that had run out when the event was made', (forge) =>
    newEvidence(forge, WORDS, { edit: (one) => ({ ...one, expires: '2026-03-05T13:00:00Z' }) }),
  ),
  useless('failed', 'evidence that says that it failed', (forge) =>
    newEvidence(forge, WORDS, { edit: (one) => ({ ...one, result: 'fail' }) }),
  ),
  useless('too-old', 'evidence older than the policy allows', (forge) =>
    newEvidence(forge, WORDS, { edit: (one) => ({ ...one, created: '2026-01-05T00:00:00Z' }) }),
  ),
  useless('dated-ahead', 'evidence from the year 2099, which would never be too old', (forge) =>
    newEvidence(forge, WORDS, { edit: (one) => ({ ...one, created: '2099-01-01T00:00:00Z' }) }),
  ),
  defineAttack({
    id: 'evidence/dated-ahead-with-its-event',
    row: 45,
    title: 'a version for production from the year 2099, as is its evidence',
    attacker: 'maintainer',
    refused: [refuses(GATE, 'gate/pending', 22), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => {
      const created = '2099-01-01T00:00:00Z';
      const found = await newEvidence(forge, WORDS, { edit: (one) => ({ ...one, created }) });
      await lands(forge, { ...found, ...(await release(forge, WORDS, { edit: (one) => ({ ...one, created }) })) });
    },
  }),
  useless('of-another-suite', 'evidence from another test set', (forge) =>
    newEvidence(forge, WORDS, { edit: (one) => ({ ...one, suite: `sha256:${'6'.repeat(64)}` }) }),
  ),
  useless('of-no-suite', 'evidence that does not say against what', (forge) =>
    newEvidence(forge, WORDS, { edit: ({ suite: _, ...one }) => one }),
  ),
  useless('of-another-type', 'a scan where an evaluation is asked for', (forge) =>
    newEvidence(forge, WORDS, { edit: (one) => ({ ...one, type: 'scan' }) }),
  ),
  wrong('unsigned', 'evidence that nobody signed', 'signature/missing', 21, (forge) =>
    newEvidence(forge, WORDS, { keys: [] }),
  ),
  wrong('by-a-stranger', "a stranger's evidence in the name of the evaluator", 'signature/unknown-key', 21, (forge) =>
    newEvidence(forge, WORDS, { keys: [{ ...forge.keys.eve, name: 'carol' }] }),
  ),
  wrong(
    'other-name-on-file',
    "a publisher's evidence in the file of the evaluator",
    'signature/wrong-place',
    21,
    (forge) => newEvidence(forge, WORDS, { keys: [{ ...forge.keys.bo, name: 'carol' }] }),
  ),
  wrong('not-by-its-actor', 'evidence in the name of another evaluator', 'signature/missing', 21, (forge) =>
    newEvidence(forge, WORDS, { edit: (one) => ({ ...one, actor: 'ana' }) }),
  ),
  wrong('edited', 'evidence that had failed when it was signed', 'signature/invalid', 21, (forge) =>
    newEvidence(forge, WORDS, {
      edit: (one) => ({ ...one, result: 'fail' }),
      unsigned: (text) => text.replace('result = "fail"', 'result = "pass"'),
    }),
  ),
  wrong('edited-metric', 'evidence with a better number than it was signed with', 'signature/invalid', 21, (forge) =>
    newEvidence(forge, WORDS, { unsigned: (text) => text.replace('0.91', '0.99') }),
  ),
  wrong('namespace-at1-event', 'evidence signed as if it were an event', 'signature/namespace', 21, (forge) =>
    newEvidence(forge, WORDS, { namespace: 'at1-event' }),
  ),
  wrong('namespace-at1-manifest', 'evidence signed as if it were a manifest', 'signature/namespace', 21, (forge) =>
    newEvidence(forge, WORDS, { namespace: 'at1-manifest' }),
  ),
  wrong('of-another-registry', 'evidence of another registry', 'manifest/other-registry', 23, (forge) =>
    newEvidence(forge, WORDS, { edit: (one) => ({ ...one, registry: OTHER_REGISTRY }) }),
  ),
  wrong(
    'under-another-digest',
    'genuine evidence about another version, filed under it',
    'manifest/wrong-place',
    23,
    async (forge) => {
      const path = genuine(forge);
      const { content } = forge.manifest(WORDS);
      const to = (from: string) => `evidence/${content.slice(0, 2)}/${content}/${from.split('/').slice(3).join('/')}`;
      const signature = path.replace('.toml', '.sig/carol.sig');
      return { [to(path)]: forge.read(path), [to(signature)]: forge.read(signature) };
    },
  ),
  wrong('report-outside', 'evidence whose report lies outside of everything', 'document/schema', 23, (forge) => {
    const report = {
      path: parseRelPath('report.txt'),
      size: 1,
      sha256: digestOf(forge.engines.sha256(new Uint8Array(1))),
    };
    return newEvidence(forge, WORDS, {
      edit: (one) => ({ ...one, files: [report] }),
      text: (text) => text.replace('"report.txt"', '"../../etc/passwd"'),
    });
  }),
  landed('history/evidence-removed', 24, {
    id: 'evidence/deleted-after-landing',
    row: 44,
    title: 'evidence is deleted after it let a version into production',
    attacker: 'contributor',
    harmless: [GET_M],
    changes: (forge) => ({ [genuine(forge)]: null }),
  }),
  landed('history/evidence-changed', 24, {
    id: 'evidence/edited-after-landing',
    row: 44,
    title: 'evidence gets a better number after it let a version into production',
    attacker: 'contributor',
    harmless: [GET_M],
    changes: (forge) => ({ [genuine(forge)]: forge.text(genuine(forge)).replace('0.91', '0.99') }),
  }),
  landed('history/signature-changed', 24, {
    id: 'evidence/signature-removed',
    row: 30,
    title: 'the signature of evidence that let a version into production is taken away',
    attacker: 'contributor',
    harmless: [GET_M],
    changes: (forge) => ({ [genuine(forge).replace('.toml', '.sig/carol.sig')]: null }),
  }),
  defineAttack({
    id: 'evidence/measured-before-the-bar',
    row: 45,
    title: 'evidence made under the policy before the one that sets a bar for production',
    attacker: 'maintainer',
    refused: [refuses(GATE, 'gate/pending', 22), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => {
      const early = await newEvidence(forge, WORDS);
      const bars = [{ artifacts: ['model/**'], stage: 'production', metric: 'accuracy >= 0.9' }];
      await forge.commit(await forge.policy((policy) => ({ ...policy, bars })));
      await lands(forge, { ...early, ...(await release(forge, WORDS)) });
    },
  }),
];
