/** Names of version tags: what is one of this registry, and what is foreign. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatEventTag,
  formatVersionTag,
  isGtoName,
  parseEventTag,
  parseVersionTag,
} from '../../src/history/tag-name.js';
import { parseKind, parseName } from '../../src/manifest/name.js';
import { parseVersion } from '../../src/manifest/version.js';

describe('the name of a version tag', () => {
  it('is read as it is written, at the top and in a folder', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/).filter((text) => text !== 'events' && text.length > 3);
    const tag = fc.record({
      prefix: fc.constantFrom('', 'a', 'a/b'),
      kind: fc.constantFrom('model', 'data', 'recipe').map(parseKind),
      name: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
      version: fc.constantFrom('1.0.0', '0.1.0-rc.1', '2.0.0+build', '1.0.0-v1').map(parseVersion),
    });
    fc.assert(
      fc.property(tag, ({ name, ...rest }) => {
        const whole = { ...rest, name: parseName(`x${name}`) };
        assert.deepEqual(parseVersionTag(formatVersionTag(whole), whole.prefix), whole);
        for (const other of ['', 'a', 'a/b'].filter((prefix) => prefix !== whole.prefix)) {
          assert.equal(parseVersionTag(formatVersionTag(whole), other), undefined);
        }
      }),
      { numRuns: 100 },
    );
    const fixed = { prefix: 'a/b', kind: parseKind('model'), name: parseName('x'), version: parseVersion('1.0.0') };
    assert.equal(formatVersionTag(fixed), 'a/b=model/x@v1.0.0');
    assert.equal(formatVersionTag({ ...fixed, prefix: '' }), 'model/x@v1.0.0');
  });

  it('has a kind, a name and a version, and nothing else is one', () => {
    for (const text of [
      '',
      'v1.0.0',
      '@v1.0.0',
      'model@v1.0.0',
      '/x@v1.0.0',
      'model/@v1.0.0',
      'model/x@1.0.0',
      'model/x@v',
      'model/x@v1.0',
      'model/X@v1.0.0',
      'paper/x@v1.0.0',
      'model@v1.0.0/x',
      'x@v1/model/x@v1.0.0',
      '=model/x@v1.0.0',
      'a=model/x@v1.0.0',
    ]) {
      assert.equal(parseVersionTag(text, ''), undefined, text);
    }
    for (const text of ['model/x@v1.0.0', 'b=model/x@v1.0.0', 'amodel/x@v1.0.0', 'a/model/x@v1.0.0']) {
      assert.equal(parseVersionTag(text, 'a'), undefined, text);
    }
  });

  it('is one of GTO where no part has a dot', () => {
    assert.ok(isGtoName(parseName('team/x-1')));
    assert.ok(!isGtoName(parseName('team/x.y')));
  });
});

describe('the name of the tag of an event', () => {
  it('is read as it is written, at the top and in a folder', () => {
    const tag = fc.record({
      prefix: fc.constantFrom('', 'a', 'a/b'),
      kind: fc.constantFrom('model', 'data', 'recipe').map(parseKind),
      name: fc.constantFrom('net', 'team/net', 'a.b/c-d').map(parseName),
      mark: fc.constantFrom('#staging', '#staging!', '#my.stage', '@v1.0.0', '@v1.0.0!', '@v2.0.0-rc.1+b!'),
      number: fc.integer({ min: 1, max: 2 ** 40 }),
    });
    fc.assert(
      fc.property(tag, (drawn) => {
        const whole = { ...drawn };
        const text = formatEventTag(whole);
        assert.deepEqual(parseEventTag(text, whole.prefix), whole);
        assert.equal(parseVersionTag(text, whole.prefix), undefined, 'no tag is of both kinds');
        for (const other of ['', 'a', 'a/b'].filter((prefix) => prefix !== whole.prefix)) {
          assert.equal(parseEventTag(text, other), undefined);
        }
      }),
      { numRuns: 200 },
    );
    const fixed = { prefix: 'a/b', kind: parseKind('model'), name: parseName('net'), number: 3 };
    assert.equal(formatEventTag({ ...fixed, mark: '#production!' }), 'a/b=model/net#production!#3');
    assert.equal(formatEventTag({ ...fixed, prefix: '', mark: '@v1.0.0!' }), 'model/net@v1.0.0!#3');
  });

  it('has an artifact, a stage or a version, and a number, and nothing else is one', () => {
    for (const text of [
      '',
      '#staging#1',
      'model/net#staging',
      'model/net#staging!',
      'model/net#staging#',
      'model/net#staging#0x1',
      'model/net#staging#01',
      'model/net#staging#-1',
      'model/net#staging#1!',
      'model/net#staging!!#1',
      'model/net##1',
      'model/net#!#1',
      'model/net#Staging#1',
      'model/net#1.0.0#1',
      'model/net#a/b#1',
      'model/net@v1.0.0',
      'model/net@v1.0.0!',
      'model/net@v1#1',
      'model/net@1.0.0#1',
      'model/net#1',
      'model#staging#1',
      'paper/net#staging#1',
      'model/Net#staging#1',
      'a=model/net#staging#1',
      'model/net@v1.0.0#staging#1',
    ]) {
      assert.equal(parseEventTag(text, ''), undefined, text);
    }
    for (const text of ['model/net#staging#1', 'b=model/net#staging#1', 'a/model/net#staging#1']) {
      assert.equal(parseEventTag(text, 'a'), undefined, text);
    }
  });
});
