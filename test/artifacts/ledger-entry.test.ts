import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseArtifactPath } from '../../src/artifacts/artifact-path.js';
import {
  type Change,
  entryName,
  formatEntry,
  type LedgerEntry,
  parseEntry,
  sequenceOf,
  withSignature,
} from '../../src/artifacts/ledger-entry.js';
import { artifactsBelow, LedgerFold, refuseArtifactAsFolder } from '../../src/artifacts/ledger-state.js';
import { fromUtf8, utf8 } from '../../src/bytes/text.js';
import { type Digest, digestOf } from '../../src/digest/digest.js';
import { At1Error } from '../../src/errors.js';
import { signingEngines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';
import { SCALE } from '../scale.js';

const TIME = '2026-11-29T05:40:00Z';
const digest = (text: string) => digestOf(signingEngines.sha256(utf8(text)));
const name = parseArtifactPath;

function put(path: string, content = path): Change {
  return {
    op: 'put',
    path: name(path),
    size: content.length,
    sha256: digest(content),
    stored: content.length + 42,
    container: digest(`c${content}`),
    staged: '1-2-a-b-c-0123456789abcdef',
  };
}

const FIRST: LedgerEntry = { sequence: 1, previous: null, time: TIME, changes: [put('a'), put('m/é "x"')] };
const ARMOR = '-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n';

describe('an entry of the ledger', () => {
  it('is read as it was written, with its signature or without', () => {
    const body = formatEntry(FIRST);
    assert.deepEqual(parseEntry(body), { ...FIRST, body, signature: undefined });
    assert.deepEqual(parseEntry(withSignature(body, ARMOR)), { ...FIRST, body, signature: ARMOR });
    const [head] = fromUtf8(body).split('\n');
    assert.equal(head, `{"ledger":1,"sequence":1,"previous":null,"time":"${TIME}","changes":2}`);
  });

  it('has one spelling: whatever else means the same is refused', async () => {
    const text = fromUtf8(formatEntry(FIRST));
    const others = [
      '',
      '\n',
      text.slice(0, -1),
      `${text}\n`,
      ` ${text}`,
      text.replace('{"ledger":1,', '{"ledger": 1,'),
      text.replace('"ledger":1', '"ledger":2'),
      text.replace('"sequence":1,', '"sequence":1.0,'),
      text.replace('"sequence":1,', '"sequence":0,'),
      text.replace('"sequence":1,', '"sequence":2,'),
      text.replace('"previous":null', `"previous":"${digest('x')}"`),
      text.replace('"changes":2', '"changes":3'),
      text.replace('"changes":2', '"changes":2,"more":1'),
      text.replace(TIME, '2026-02-30T00:00:00Z'),
      text.replace('"path":"a"', '"path":"../a"'),
      text.replace('"path":"a"', '"path":"\\u0061"'),
      text.replace('"path":"a"', '"path":7'),
      text.replace('"path":"m/é', '"path":"a","path":"m/é'),
      text.replace('"size":1', '"size":-1'),
      text.replace('"size":1', '"size":1e0'),
      text.replace(digest('a'), digest('a').toUpperCase()),
      text.replace('"staged":"1-', '"staged":"../'),
      text.replace('"op":"put"', '"op":"move"'),
      text.replace(text.split('\n')[2] as string, text.split('\n')[1] as string),
      text.replace(text.split('\n')[2] as string, '[1]'),
      text.replace(text.split('\n')[2] as string, '{'),
      `${text.split('\n')[0]}\n`,
      `\ufeff${text}`,
    ];
    for (const other of others) await throwsCode(() => parseEntry(utf8(other)), 'ledger/malformed');
    await throwsCode(() => parseEntry(Uint8Array.of(0xff, 0x0a)), 'ledger/malformed');
  });

  it('cannot be written where it could not be read', () => {
    assert.throws(() => formatEntry({ ...FIRST, sequence: 0 }), RangeError);
    assert.throws(() => formatEntry({ ...FIRST, sequence: 1e12 }), RangeError);
    assert.throws(() => formatEntry({ ...FIRST, changes: [] }), RangeError);
  });

  it('lies under its number', () => {
    assert.equal(entryName(12), '000000000012.entry');
    assert.equal(sequenceOf('000000000012.entry'), 12);
    for (const other of ['12.entry', '000000000000.entry', '000000000012.entry~', 'places.lock', '']) {
      assert.equal(sequenceOf(other), undefined);
    }
  });

  it('comes back from any changes, and any one flipped bit is refused or is another entry', () => {
    const change = fc
      .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.boolean(), fc.nat())
      .filter(([path]) => isName(path))
      .map(
        ([path, isPut, size]): Change =>
          isPut ? ({ ...put(path), op: 'put', size } as Change) : { op: 'delete', path: name(path) },
      );
    const changes = fc.uniqueArray(change, { minLength: 1, maxLength: 6, selector: ({ path }) => path });
    fc.assert(
      fc.property(changes, fc.nat(), fc.nat(7), (drawn, at, bit) => {
        const entry = { sequence: 7, previous: digest('before'), time: TIME, changes: drawn };
        const body = formatEntry(entry);
        assert.deepEqual(parseEntry(body).changes, drawn);
        const flipped = body.slice();
        const index = at % body.length;
        flipped[index] = (flipped[index] as number) ^ (1 << bit);
        try {
          assert.deepEqual(parseEntry(flipped).body, flipped);
        } catch (error) {
          assert.ok(error instanceof At1Error && error.code === 'ledger/malformed', String(error));
        }
      }),
      { numRuns: SCALE.properties },
    );
  });
});

describe('what entries amount to', () => {
  function chain(...all: readonly (readonly Change[])[]): { fold: LedgerFold; digests: Digest[] } {
    const fold = new LedgerFold();
    const digests: Digest[] = [];
    for (const changes of all) {
      const body = formatEntry({ sequence: fold.sequence + 1, previous: fold.head, time: TIME, changes });
      digests.push(digestOf(signingEngines.sha256(body)));
      fold.add(parseEntry(body), digests.at(-1) as Digest);
    }
    return { fold, digests };
  }

  it('is the newest of every name', () => {
    const { fold } = chain(
      [put('a'), put('b/c')],
      [put('a', 'new')],
      [{ op: 'delete', path: name('b/c') }],
      [put('b/d')],
    );
    assert.deepEqual([...fold.artifacts.keys()].sort(), ['a', 'b/d']);
    assert.equal(fold.artifacts.get('a')?.sequence, 2);
    assert.deepEqual([...fold.deleted], ['b/c']);
    assert.deepEqual(
      [...artifactsBelow(fold, name('b'))].map(({ path }) => path),
      ['b/d'],
    );
    assert.equal([...artifactsBelow(fold, undefined)].length, 2);
    assert.deepEqual(fold.entries.get(3), { time: TIME });
  });

  it('refuses an entry that does not follow: another number, or another one before it', async () => {
    const { fold } = chain([put('a')]);
    const next = (over: Partial<LedgerEntry>) =>
      parseEntry(formatEntry({ sequence: 2, previous: fold.head, time: TIME, changes: [put('b')], ...over }));
    await throwsCode(() => fold.add(next({ sequence: 3 }), digest('x')), 'ledger/broken');
    await throwsCode(() => fold.add(next({ previous: digest('other') }), digest('x')), 'ledger/broken');
    assert.deepEqual([fold.sequence, fold.artifacts.size], [1, 1]);
    fold.add(next({}), digest('x'));
    assert.equal(fold.sequence, 2);
  });

  it('refuses an artifact below an artifact', async () => {
    const { fold } = chain([put('a/b')]);
    await throwsCode(() => refuseArtifactAsFolder(fold, name('a/b/c/d')), 'output/exists');
    refuseArtifactAsFolder(fold, name('a/bc'));
  });
});

function isName(path: string): boolean {
  try {
    return parseArtifactPath(path) === path;
  } catch {
    return false;
  }
}
