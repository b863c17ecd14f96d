import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Digest } from '../../src/digest/digest.js';
import {
  eventPath,
  evidencePath,
  formatRegistryPath,
  manifestPath,
  OWNED_FOLDERS,
  objectPath,
  parseRegistryPath,
  policySignaturePath,
  runPath,
  signaturePath,
} from '../../src/manifest/layout-of-registry.js';
import { parseLaneName, parseName, parsePrincipalName } from '../../src/manifest/name.js';
import { parseVersion } from '../../src/manifest/version.js';
import { anyDigest, anyKind, anyName, anyVersion } from './arbitraries.js';

const A = 'a'.repeat(64);
const ULID = '01KAQ4Z6W3T8YB0JV9N2M5X7CD';

describe('paths of a registry', () => {
  const known: [string, string][] = [
    ['at1.toml', 'config'],
    ['.at1/policy/policy.toml', 'policy'],
    ['.at1/policy/policy.sig/ana.sig', 'policy-signature'],
    ['.at1/allowed_signers', 'allowed-signers'],
    [`objects/aa/${A}.at1`, 'object'],
    ['model/fraud-detector/1.2.0.toml', 'manifest'],
    ['data/team/clicks/1.0.0-rc.1+b.toml', 'manifest'],
    ['model/fraud-detector/1.2.0.sig/ana.sig', 'signature'],
    ['model/x/events/production/0003.toml', 'event'],
    ['model/x/y/events/lifecycle/12345.toml', 'event'],
    ['model/x/events/production/0003.sig/bo.sig', 'event-signature'],
    [`evidence/aa/${A}/${ULID}.toml`, 'evidence'],
    [`evidence/aa/${A}/${ULID}.sig/bo.sig`, 'evidence-signature'],
    [`run/tuning/${ULID}.toml`, 'run'],
    [`run/tuning/${ULID}.sig/bo.sig`, 'run-signature'],
    ['model/x/1.0.0-a.sig.toml', 'manifest'],
    ['model/x/1.0.0-a.toml.toml', 'manifest'],
  ];
  for (const [path, kind] of known) {
    it(`knows ${path}`, () => {
      const parsed = parseRegistryPath(path);
      assert.equal(parsed.kind, kind);
      if (parsed.kind !== 'other') assert.equal(formatRegistryPath(parsed), path);
    });
  }

  it('knows no other path that differs in a character, unless it is the path of another thing', () => {
    for (const [path] of known) {
      for (let at = 0; at <= path.length; at++) {
        for (const piece of ['', '/', '.', '0', 'a', 'Z', '/x', 'events/']) {
          for (const remove of [0, 1]) {
            const other = path.slice(0, at) + piece + path.slice(at + remove);
            const parsed = parseRegistryPath(other);
            if (parsed.kind !== 'other') assert.equal(formatRegistryPath(parsed), other);
            else assert.equal(parsed.owned, OWNED_FOLDERS.includes(other.split('/')[0] as string), other);
          }
        }
      }
    }
  });

  it('numbers events from 1, with four digits or as many as it takes', () => {
    const name = parseName('x');
    const lane = parseLaneName('production');
    for (const [seq, text] of [
      [1, '0001'],
      [999, '0999'],
      [9999, '9999'],
      [10_000, '10000'],
      [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    ] as const) {
      const path = `model/x/events/production/${text}.toml`;
      assert.equal(eventPath('model', name, lane, seq), path);
      assert.deepEqual(parseRegistryPath(path), { kind: 'event', artifact: 'model', name, lane, seq });
    }
    for (const text of [
      '0000',
      '000',
      '001',
      '00001',
      '010000',
      '9007199254740992',
      '-001',
      '1e03',
      ' 001',
      '0x01',
      '',
    ]) {
      const path = `model/x/events/production/${text}.toml`;
      assert.deepEqual(parseRegistryPath(path), { kind: 'other', owned: true }, path);
    }
  });

  it('reads every part of the paths of documents and of their signatures', () => {
    const ana = parsePrincipalName('ana');
    const evidence = { kind: 'evidence', content: A, id: ULID };
    const run = { kind: 'run', experiment: 'team/tuning', id: ULID };
    assert.equal(evidencePath(A as Digest, ULID), `evidence/aa/${A}/${ULID}.toml`);
    assert.equal(runPath('team/tuning', ULID), `run/team/tuning/${ULID}.toml`);
    assert.deepEqual(parseRegistryPath(`evidence/aa/${A}/${ULID}.toml`), evidence);
    assert.deepEqual(parseRegistryPath(`run/team/tuning/${ULID}.toml`), run);
    for (const [path, kind, of] of [
      [`evidence/aa/${A}/${ULID}.sig/ana.sig`, 'evidence-signature', evidence],
      [`run/team/tuning/${ULID}.sig/ana.sig`, 'run-signature', run],
    ] as const) {
      assert.deepEqual(parseRegistryPath(path), { kind, of, principal: ana });
    }
    assert.deepEqual(parseRegistryPath('.at1/policy/policy.sig/ana.sig'), { kind: 'policy-signature', principal: ana });
    assert.equal(policySignaturePath(ana), '.at1/policy/policy.sig/ana.sig');
  });

  it('makes no path of an object from what is no digest', () => {
    for (const text of ['', '../../etc/passwd', 'a'.repeat(63), 'A'.repeat(64)]) {
      assert.throws(() => objectPath(text as Digest), new RangeError(`not a digest: ${text}`));
    }
  });

  it('calls everything else other, and says whose folder it is in', () => {
    const owned = [
      `objects/bb/${A}.at1`,
      `objects/aa/${A}`,
      `objects/${A}.at1`,
      `objects/aa/x/${A}.at1`,
      'model/1.0.0.toml',
      'model/x/1.0.toml',
      'model/X/1.0.0.toml',
      'model/x/README.md',
      'model/x/1.0.0.sig/ana',
      'model/x/1.0.0.sig/Ana.sig',
      'model/x/1.0.0.sig/a/b.sig',
      'model/x/events/production/3.toml',
      'model/x/events/production/0000.toml',
      'model/x/events/production/00003.toml',
      'model/x/events/1.0.0.toml',
      'model/events/production/0001.toml',
      `evidence/bb/${A}/${ULID}.toml`,
      `evidence/aa/${A}/${ULID.toLowerCase()}.toml`,
      `run/${ULID}.toml`,
      '.at1/policy/other.toml',
      '.at1/policy/policy.sig',
      '.at1/allowed_signers/x',
      'model/x/01.0.0.toml',
      'model//1.0.0.toml',
      'model/x/../1.0.0.toml',
      'model/x/1.0.0.toml/',
      'model',
      'objects',
    ];
    for (const path of owned) assert.deepEqual(parseRegistryPath(path), { kind: 'other', owned: true }, path);
    for (const path of [
      '',
      'README.md',
      'models/x/1.0.0.toml',
      'sub/at1.toml',
      '/at1.toml',
      'AT1.toml',
      'src/model/x/1.0.0.toml',
    ]) {
      assert.deepEqual(parseRegistryPath(path), { kind: 'other', owned: false }, path);
    }
  });

  it('has one path for one thing, and reads it back', () => {
    const ana = parsePrincipalName('ana');
    const lane = parseLaneName('production');
    fc.assert(
      fc.property(
        anyKind,
        anyName,
        anyVersion,
        anyDigest,
        fc.integer({ min: 1, max: 1e6 }),
        (kind, name, version, digest, seq) => {
          const manifest = { kind: 'manifest', artifact: kind, name, version } as const;
          assert.deepEqual(parseRegistryPath(manifestPath(kind, name, version)), manifest);
          assert.deepEqual(parseRegistryPath(signaturePath(kind, name, version, ana)), {
            kind: 'signature',
            of: manifest,
            principal: ana,
          });
          assert.deepEqual(parseRegistryPath(eventPath(kind, name, lane, seq)), {
            kind: 'event',
            artifact: kind,
            name,
            lane,
            seq,
          });
          assert.deepEqual(parseRegistryPath(objectPath(digest)), { kind: 'object', object: digest });
        },
      ),
    );
  });

  it('never lets two kinds of path share one text', () => {
    const pieces = [
      'model',
      'data',
      'events',
      'production',
      '0001',
      '1.0.0',
      'x',
      '.toml',
      '.sig',
      '/',
      'ana',
      'at1',
      'objects',
      'evidence',
      'run',
      ULID,
      A,
      'aa',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        const path = parts.join('');
        const parsed = parseRegistryPath(path);
        if (parsed.kind !== 'other') assert.equal(formatRegistryPath(parsed), path);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes the paths of the document', () => {
    assert.equal(
      signaturePath('model', parseName('fraud-detector'), parseVersion('1.2.0'), parsePrincipalName('ana')),
      'model/fraud-detector/1.2.0.sig/ana.sig',
    );
    assert.equal(objectPath(A as Digest), `objects/aa/${A}.at1`);
  });
});
