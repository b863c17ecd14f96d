/** Versions that claim to come from what they do not come from; signed by somebody who may register them. */
import { utf8 } from '../../src/bytes/text.js';
import { digestOf, formatDigest } from '../../src/digest/digest.js';
import type { LineageEntry } from '../../src/manifest/generated/types.js';
import type { Attack, Refusal } from '../attack.js';
import type { Forge } from '../forge.js';
import { newVersion } from '../new-version.js';
import { EVIL } from './hostile.js';
import { signed } from './manifests.js';
import { type Files, landed } from './stage-attack.js';

const OTHER = 'model/other@1.0.0';
const M = 'model/m@1.0.0';

/** The content digest that `newVersion` gives a version. */
function contentOf({ engines }: Forge, ref: string): string {
  return formatDigest(digestOf(engines.sha256(utf8(`content of ${ref}\n`))));
}

function claiming(forge: Forge, ref: string, lineage: readonly LineageEntry[]): Promise<Files> {
  return newVersion(forge, ref, { edit: (honest) => ({ ...honest, lineage }) });
}

interface Claim {
  readonly title: string;
  readonly code: Refusal['code'];
  readonly changes: (forge: Forge) => Promise<Files>;
}

function claim(id: string, { title, code, changes }: Claim): Attack {
  return landed(code, 23, { id: `lineage/${id}`, row: 28, title, attacker: 'maintainer', changes });
}

/** An entry in the text, before the files. */
function entry(fields: string): (text: string) => string {
  return (text) =>
    text.replace('\n[[files]]', () => `\n[[lineage]]\nrelation = "derived-from"\n${fields}\n\n[[files]]`);
}

function misshapen(id: string, title: string, fields: string): Attack {
  return signed('lineage', [id, 28, title, 'document/schema', entry(fields)]);
}

export const lineage: readonly Attack[] = [
  misshapen('both', 'a parent here and elsewhere, without a digest', `ref = "${M}"\nuri = "a:b"`),
  misshapen('neither', 'a parent that is nowhere', `content = "sha256:${'0'.repeat(64)}"`),
  misshapen('without-digest', 'a parent named without its digest', `ref = "${M}"`),
  misshapen('itself', 'a version that comes from itself', `ref = "${EVIL}"\ncontent = "sha256:${'0'.repeat(64)}"`),
  misshapen('password', 'a URI with a password, for everybody to read', 'uri = "https://ana:secret@example.org/m"'),
  claim('missing-parent', {
    title: 'a version said to come from one that was never registered',
    code: 'lineage/unknown',
    changes: (forge) =>
      claiming(forge, EVIL, [{ relation: 'derived-from', ref: OTHER, content: contentOf(forge, OTHER) }]),
  }),
  claim('other-parent', {
    title: 'a version said to come from a good one, whose digest is that of other bytes',
    code: 'lineage/other-content',
    changes: (forge) => claiming(forge, EVIL, [{ relation: 'derived-from', ref: M, content: contentOf(forge, OTHER) }]),
  }),
  claim('circle', {
    title: 'two versions that come from each other',
    code: 'lineage/cycle',
    changes: async (forge) => ({
      ...(await claiming(forge, EVIL, [{ relation: 'derived-from', ref: OTHER, content: contentOf(forge, OTHER) }])),
      ...(await claiming(forge, OTHER, [{ relation: 'derived-from', ref: EVIL, content: contentOf(forge, EVIL) }])),
    }),
  }),
];
