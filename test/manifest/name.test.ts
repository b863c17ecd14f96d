import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isName,
  isPrincipalName,
  parseKind,
  parseLaneName,
  parseName,
  parsePrincipalName,
} from '../../src/manifest/name.js';
import { throwsCode } from '../helpers/throws-code.js';
import { anyName } from './arbitraries.js';

describe('names of artifacts', () => {
  it('accepts lower case with inner - _ . and /', () => {
    for (const name of [
      'a',
      '0',
      'fraud-detector',
      'team/fraud.v2_x',
      'a--b',
      'x/y/z',
      'com',
      'com10',
      '1.2',
      'event',
      'a.sig2',
      'a'.repeat(128),
    ]) {
      assert.equal(parseName(name), name);
    }
  });

  it('refuses the rest', async () => {
    const bad = [
      '',
      '/',
      'a/',
      '/a',
      'a//b',
      '.',
      '..',
      'a/../b',
      '-a',
      'a-',
      '_a',
      '.a',
      'a.',
      'a..b',
      'a b',
      'a\\b',
      'a:b',
      'a@b',
      'a%2fb',
      'a+b',
      'ä',
      'fraud\u200bdetector',
      'frаud',
      'a\n',
      'a'.repeat(129),
      '1.0.0',
      'x/1.0.0-rc.1',
      'x.sig',
      'x.toml/y',
      'x.lock',
      'events',
      'x/events/y',
      'development',
      'staging',
      'x/production',
      'archived',
    ];
    for (const name of bad) await throwsCode(() => parseName(name), 'usage/name');
  });

  it('refuses every device name of Windows, with and without an ending', () => {
    const devices = ['con', 'prn', 'aux', 'nul'];
    for (let i = 0; i < 10; i++) devices.push(`com${i}`, `lpt${i}`);
    for (const device of devices) {
      for (const name of [device, `${device}.x`, `${device}.tar.gz`, `x/${device}`, `${device}/x`])
        assert.equal(isName(name), false, name);
      assert.equal(isName(`${device}x`), true);
      assert.equal(isPrincipalName(device), false);
    }
  });

  it('hints at the lower-case name', async () => {
    assert.equal((await throwsCode(() => parseName('Fraud-Detector'), 'usage/name')).hint, 'write fraud-detector');
  });

  it('never shows what it refuses in a form that could deceive', async () => {
    const { message } = await throwsCode(() => parseName('a\u202e\u001b[31mb'), 'usage/name');
    assert.match(message, /^[ -~]*$/);
  });

  it('is a language of safe paths', () => {
    fc.assert(fc.property(anyName, (name) => /^[a-z0-9]([a-z0-9._/-]*[a-z0-9])?$/.test(name) && !name.includes('..')));
  });

  it('takes time in proportion to the length', () => {
    for (const c of ['a', '-', '.', '/', 'a.', '0.', '\u0000']) assert.equal(isName(c.repeat(100_000)), false);
  });
});

describe('other names', () => {
  it('knows three kinds', async () => {
    assert.equal(parseKind('data'), 'data');
    await throwsCode(() => parseKind('Model'), 'usage/name');
    await throwsCode(() => parseKind('constructor'), 'usage/name');
  });

  it('lets principals have one part of at most 64 bytes', async () => {
    for (const name of ['ana', 'ci-bot', 'ana.lopez', 'production']) assert.equal(parsePrincipalName(name), name);
    for (const name of ['', 'Ana', 'a/b', 'ana@example.org', 'x.sig', 'a'.repeat(65)])
      await throwsCode(() => parsePrincipalName(name), 'usage/name');
  });

  it('lets lanes be stages, but not versions or latest', async () => {
    for (const name of ['production', 'lifecycle', 'champion']) assert.equal(parseLaneName(name), name);
    for (const name of ['1.0.0', 'latest', 'a/b', 'Prod']) await throwsCode(() => parseLaneName(name), 'usage/name');
  });
});
