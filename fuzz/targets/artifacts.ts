/** Artifact directories: entries of the ledger, names, and what a client asks. */
import { containerPath, parseArtifactPath } from '../../src/artifacts/artifact-path.js';
import { formatEntry, parseEntry, withSignature } from '../../src/artifacts/ledger-entry.js';
import { parseRequest } from '../../src/artifacts/requests.js';
import { fromUtf8 } from '../../src/bytes/text.js';
import type { Digest } from '../../src/digest/digest.js';
import { mustHold, type ParserTarget, violated } from '../target.js';
import { bytesOf, same, sameBytes, textOf } from './inputs.js';

const HEX = 'ab'.repeat(32) as Digest;
const ENTRY = fromUtf8(
  formatEntry({
    sequence: 1,
    previous: null,
    time: '2026-11-29T05:40:00Z',
    changes: [
      {
        op: 'put',
        path: parseArtifactPath('model/é'),
        size: 3,
        sha256: HEX,
        stored: 45,
        container: HEX,
        staged: '1-2-a-b-c-0123456789abcdef',
      },
      { op: 'delete', path: parseArtifactPath('old') },
    ],
  }),
);

export const ARTIFACT_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'ledger-entry',
    about: 'entries of the ledger of an artifact directory: what is accepted has one spelling, signature and all',
    files: ['artifacts/ledger-entry'],
    seeds: () => [
      bytesOf(ENTRY),
      bytesOf(`${ENTRY}-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n`),
      bytesOf(ENTRY.replace('"sequence":1,"previous":null', `"sequence":12,"previous":"${HEX}"`)),
    ],
    tokens: [
      '"op":"put"',
      '"op":"delete"',
      '"path":"',
      '{"ledger":1,',
      'null',
      HEX,
      '\n',
      '..',
      '\\u0061',
      '-0',
      '1e0',
    ],
    run: entryCase,
  },
  {
    kind: 'parser',
    name: 'artifact-path',
    about: 'names of artifacts: what is accepted has no way out in it, decoded or not, and is a container of its own',
    files: ['artifacts/artifact-path'],
    seeds: () => ['model/MLmodel', 'a.at1/b', 'a.at1.dir/é', '100%', 'a%20b', '...', 'x?y#z;'].map(bytesOf),
    tokens: ['/', '..', '.', '\\', '%2e', '%2f', '%25', '%5C', '.at1', '.dir', '.at1-ledger', 'C:', '\0'],
    run: pathCase,
  },
  {
    kind: 'parser',
    name: 'artifacts-request',
    about: 'requests to `at1 artifacts`: what is accepted is read alike when written again',
    files: ['artifacts/requests'],
    seeds: () =>
      [
        '{"id":1,"op":"hello"}',
        '{"id":2,"op":"put","root":"/d","path":"a/b","local":"/x","level":"max"}',
        '{"id":3,"op":"list","root":"/d","path":""}',
        '{"id":4,"op":"get","root":"/d","path":"a","local":"/y"}',
      ].map(bytesOf),
    tokens: [
      '"id":',
      '"op":',
      '"put-tree"',
      '"integrity"',
      '"root":',
      '"path":',
      '"local":',
      '"level":',
      'quick',
      '\\u0000',
    ],
    run: requestCase,
  },
];

function entryCase(input: Uint8Array): void {
  const entry = parseEntry(input);
  const body = mustHold('an accepted entry is written', () => formatEntry(entry));
  sameBytes(withSignature(body, entry.signature), input, 'an accepted entry has another spelling');
}

function pathCase(input: Uint8Array): void {
  const path = parseArtifactPath(textOf(input));
  for (let text: string = path, i = 0; i < 20; i++) {
    const parts = text.split(/[/\\]/);
    if (i === 0 && parts.some((part) => part === '')) violated('an empty part');
    if (parts.includes('..') || parts.includes('.')) violated('a dot part, perhaps encoded');
    if (/[\0\n\\]/.test(text) || (i > 0 && parts.length !== path.split('/').length)) violated('a separator or control');
    text = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  const file = containerPath(path);
  const back = file
    .slice(0, -'.at1'.length)
    .split('/')
    .map((part, i, all) =>
      i < all.length - 1 && /\.at1(?:\.dir)+$/.test(part) ? part.slice(0, -'.dir'.length) : part,
    );
  same(back.join('/'), path, 'two names could be one container');
}

function requestCase(input: Uint8Array): void {
  const numbered = parseRequest(textOf(input));
  const again = mustHold('an accepted request is read again', () =>
    parseRequest(JSON.stringify({ id: numbered.id, ...numbered.request })),
  );
  same(again, numbered, 'an accepted request changes');
}
