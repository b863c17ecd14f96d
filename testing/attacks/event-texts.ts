/** Texts in events and evidence that hide from a reviewer, steer a terminal, forge a line or are too long to be read. */
import type { ErrorCode } from '../../src/errors.js';
import type { Attack } from '../attack.js';
import { newEvidence, release } from '../new-event.js';
import { GET_M, landed } from './stage-attack.js';

interface Text {
  readonly title: string;
  readonly field: 'reason' | 'printed';
  /** As TOML writes it. */
  readonly value: string;
  readonly code?: ErrorCode;
  readonly row?: number;
}

const LONG = { field: 'reason', row: 25, code: 'document/schema' } as const;

const TEXTS: Readonly<Record<string, Text>> = {
  'giant-reason': { ...LONG, title: 'a reason of 5000 letters', value: `"${'x'.repeat(5000)}"` },
  'giant-in-bytes': { ...LONG, title: 'a reason of 2000 letters of three bytes', value: `"${'\u5b57'.repeat(2000)}"` },
  endless: {
    ...LONG,
    title: 'a reason of 20000 letters',
    value: `"${'x'.repeat(20_000)}"`,
    code: 'document/too-large',
  },
  'reason-bidi': { title: 'a reason that is read backwards', field: 'reason', value: '"safe \u202eefas ton"' },
  'reason-bidi-escaped': { title: 'the same as an escape', field: 'reason', value: '"safe \\u202eefas ton"' },
  'reason-isolate': { title: 'a reason with an isolate that does not end', field: 'reason', value: '"a\u2066b"' },
  'reason-zero-width': { title: 'a reason with a space of no width', field: 'reason', value: '"a\u200bb"' },
  'reason-tags': { title: 'a reason with letters that nobody sees', field: 'reason', value: '"a\u{e0041}b"' },
  'reason-escape': {
    title: 'a reason that clears the screen',
    field: 'reason',
    value: '"\\u001b[2J\\u001b[Happroved"',
  },
  'reason-link': {
    title: 'a reason with a link of a terminal',
    field: 'reason',
    value: '"\\u001b]8;;https://x\\u0007y"',
  },
  'reason-carriage-return': { title: 'a reason that writes over its line', field: 'reason', value: '"bad\\rgood"' },
  'reason-backspace': { title: 'a reason that takes back what it says', field: 'reason', value: '"bad\\b\\b\\bgood"' },
  'name-bidi': { title: 'a printed name that is read backwards', field: 'printed', value: '"Ana\u202e"' },
  'name-escape': {
    title: 'a printed name that steers a terminal',
    field: 'printed',
    value: '"\\u001b[8mEve\\u001b[0mAna"',
  },
  'name-of-two-lines': {
    title: 'a printed name with a line of its own',
    field: 'printed',
    value: '"Ana\\nsigned by bo"',
  },
};

function text([id, { title, field, value, row = 86, code = 'document/syntax' }]: readonly [string, Text]): Attack {
  return landed(code, 23, {
    id: `event-text/${id}`,
    row,
    title: `an event, signed by two people, with ${title}`,
    attacker: 'maintainer',
    harmless: [GET_M],
    changes: (forge) =>
      release(forge, 'model/m@1.1.0', {
        edit: (honest) => ({ ...honest, reason: 'x' }),
        text: (written) => written.replace(new RegExp(`^${field} = .*$`, 'm'), () => `${field} = ${value}`),
      }),
  });
}

export const eventTexts: readonly Attack[] = [
  ...Object.entries(TEXTS).map(text),
  landed('document/syntax', 23, {
    id: 'event-text/metric-escape',
    row: 86,
    title: 'evidence whose metric is called by something that steers a terminal',
    attacker: 'maintainer',
    harmless: [GET_M],
    changes: (forge) =>
      newEvidence(forge, 'model/words@1.0.0', { text: (written) => written.replace('accuracy =', '"\\u001b[2J" =') }),
  }),
];
