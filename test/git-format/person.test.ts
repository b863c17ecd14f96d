import assert from 'node:assert/strict';
import { parseOid } from '../../src/git-format/oid.js';
import { formatPerson, parsePerson } from '../../src/git-format/person.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('persons in git objects', () => {
  it('are read forgivingly, as git reads them', () => {
    assert.deepEqual(parsePerson('A B <a@b> 12 -0330'), { name: 'A B', email: 'a@b', seconds: 12, timezone: '-0330' });
    assert.deepEqual(parsePerson('A <a> b> 12 +0000').seconds, 12);
    assert.deepEqual(parsePerson('<a@b> 1 +0000').name, '');
    assert.deepEqual(parsePerson('A <a@b>').seconds, 0);
    assert.deepEqual(parsePerson('A <a@b> -5 +0000').seconds, 0);
    assert.deepEqual(parsePerson('just a name'), { name: 'just a name', email: '', seconds: 0, timezone: '+0000' });
  });

  it('are written strictly', async () => {
    const person = { name: 'A', email: 'a@b', seconds: 1, timezone: '+0000' };
    for (const name of ['a<b', 'a>b', 'a\nb', 'a\0b']) {
      await throwsCode(() => formatPerson({ ...person, name }), 'usage/invalid');
      await throwsCode(() => formatPerson({ ...person, email: name }), 'usage/invalid');
    }
    assert.throws(() => formatPerson({ ...person, seconds: -1 }), RangeError);
    assert.throws(() => formatPerson({ ...person, timezone: 'UTC' }), RangeError);
  });
});

describe('object ids', () => {
  it('are 40 lower-case hex digits', async () => {
    assert.equal(parseOid('a'.repeat(40)), 'a'.repeat(40));
    for (const text of ['', 'a'.repeat(39), 'A'.repeat(40), 'g'.repeat(40), 'a'.repeat(64)]) {
      await throwsCode(() => parseOid(text), 'git/invalid-object');
    }
  });
});
