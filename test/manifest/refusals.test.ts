/** What is said of names, versions, ranges, references, paths, ids and times that are refused, and of those just inside. */
import assert from 'node:assert/strict';
import type { ErrorCode } from '../../src/errors.js';
import { parseKind, parseLaneName, parseName, parsePrincipalName } from '../../src/manifest/name.js';
import { parseRange } from '../../src/manifest/range.js';
import { parseReference } from '../../src/manifest/reference.js';
import { isBranchName, isUlid, parseRegistryId } from '../../src/manifest/registry-id.js';
import { parseRelPath } from '../../src/manifest/rel-path.js';
import { formatTimestamp, isTimestamp, LAST_SECOND, parseTimestamp } from '../../src/manifest/timestamp.js';
import { isVersion, parseVersion } from '../../src/manifest/version.js';
import { throwsCode } from '../helpers/throws-code.js';

/** A text, what is said of it, and the hint; the hint is not looked at where it is left out. */
type Case = readonly [string, string, (string | undefined)?];

function refuses(what: string, parse: (text: string) => unknown, code: ErrorCode, cases: readonly Case[]): void {
  for (const row of cases) {
    const [text, message, hint] = row;
    it(`${what} '${text.slice(0, 30)}': ${message.slice(0, 60)}`, async () => {
      const error = await throwsCode(() => parse(text), code);
      assert.equal(error.message, message);
      if (row.length === 3) assert.equal(error.hint, hint);
    });
  }
}

const long = (length: number) => 'a'.repeat(length);
const CHARACTERS = 'use a-z, 0-9 and inside a name - _ .';

describe('names say why they are refused', () => {
  refuses('name', parseName, 'usage/name', [
    ['', "name '' is empty", undefined],
    ['a//b', "name 'a//b' has an empty part", undefined],
    ['/a', "name '/a' has an empty part"],
    ['Team/A', "name 'Team/A' has capital letters", 'write team/a'],
    ['aZ', "name 'aZ' has capital letters", 'write az'],
    ['a[b', "name 'a[b' has the character '['", CHARACTERS],
    ['a@b', "name 'a@b' has the character '@'", CHARACTERS],
    ['a`b', "name 'a`b' has the character '`'", CHARACTERS],
    ['a{b', "name 'a{b' has the character '{'"],
    ['a:b', "name 'a:b' has the character ':'"],
    ['a!b', "name 'a!b' has the character '!'"],
    ['a~b', "name 'a~b' has the character '~'"],
    ['a b', "name 'a b' has the character 'U+0020'"],
    ['a\u007fb', "name 'aU+007Fb' has the character 'U+007F'"],
    ['a\nb', "name 'aU+000Ab' has the character 'U+000A'"],
    ['ä', "name 'U+00E4' has the character 'U+00E4'"],
    ['a😀', "name 'aU+1F600' has the character 'U+1F600'"],
    ['x/-a', "name 'x/-a' has the part '-a', which must begin and end with a letter or digit"],
    ['a_/x', "name 'a_/x' has the part 'a_', which must begin and end with a letter or digit"],
    ['a..b', "name 'a..b' has two dots in a row"],
    ['x/a.sig', "name 'x/a.sig' has a part that ends in .sig"],
    ['a.toml/x', "name 'a.toml/x' has a part that ends in .toml"],
    ['a.lock', "name 'a.lock' has a part that ends in .lock"],
    ['nul.x', "name 'nul.x' has the part 'nul.x', which Windows reserves for a device"],
    ['x/1.0.0', "name 'x/1.0.0' has the part '1.0.0', which is a version"],
    ['x/events', "name 'x/events' has the part 'events', which is the folder of events"],
    ['staging', "name 'staging' has the part 'staging', which is a stage"],
    [long(129), `name '${long(128)}' is longer than 128 bytes`, undefined],
  ]);
  refuses('principal', parsePrincipalName, 'usage/name', [
    ['', "principal name '' is empty"],
    ['a/b', "principal name 'a/b' has the character '/'", CHARACTERS],
    [long(65), `principal name '${long(65)}' is longer than 64 bytes`],
  ]);
  refuses('lane', parseLaneName, 'usage/name', [
    ['Prod', "stage or alias name 'Prod' has capital letters", 'write prod'],
    ['latest', "stage or alias name 'latest' means something else in a reference"],
    ['1.0.0', "stage or alias name '1.0.0' means something else in a reference"],
    [long(65), `stage or alias name '${long(65)}' is longer than 64 bytes`],
  ]);
  refuses('kind', parseKind, 'usage/name', [
    ['models', "not a kind: 'models'", 'the kinds are model, data, recipe'],
    [long(90), `not a kind: '${long(80)}'`],
  ]);

  it('and those at the bound are taken', () => {
    assert.equal(parseName(long(128)).length, 128);
    assert.equal(parsePrincipalName(long(64)).length, 64);
    assert.equal(parseLaneName(long(64)).length, 64);
    for (const kind of ['model', 'data', 'recipe']) assert.equal(parseKind(kind), kind);
    assert.equal(parseName('a-z0.9_b'), 'a-z0.9_b');
  });
});

describe('versions and ranges say why they are refused', () => {
  const semver = 'versions are SemVer 2.0, such as 1.2.0 or 1.2.0-rc.1';
  refuses('version', parseVersion, 'usage/version', [
    ['1.2', "not a version: '1.2'", semver],
    ['v1.2.0', "not a version: 'v1.2.0'", 'write 1.2.0'],
    ['v1.2', "not a version: 'v1.2'", semver],
    [`1.0.0-${'1'.repeat(123)}`, `not a version: '1.0.0-${'1'.repeat(122)}'`, semver],
  ]);
  const forms = 'a range is ^1.2, ~1.2.3 or >=1.0.0 <2.0.0';
  refuses('range', parseRange, 'usage/version', [
    ['', "not a range: '': it needs 1 to 16 conditions", forms],
    ['^1 '.repeat(17), `not a range: '${'^1 '.repeat(17)}': it needs 1 to 16 conditions`],
    ['^'.repeat(1025), `not a range: '${'^'.repeat(80)}': longer than 1024 characters`, forms],
    ['1.2', "not a range: '1.2': '1.2' has no operator", 'write ^1.2 or =1.2'],
    ['^1.2.3+b', "not a range: '^1.2.3+b': build metadata has no order, so it cannot bound a range"],
    ['^1.x', "not a range: '^1.x': '1.x' is not a version", forms],
    ['^1.2.3.4', "not a range: '^1.2.3.4': '1.2.3.4' is not a version"],
    ['>=1', "not a range: '>=1': >= needs a whole version", 'write >=1.0.0'],
    ['<1.2', "not a range: '<1.2': < needs a whole version", 'write <1.2.0'],
  ]);

  it('and those at the bound are taken', () => {
    assert.ok(isVersion(`1.0.0-${'a'.repeat(122)}`));
    assert.ok(!isVersion(`1.0.0-${'a'.repeat(123)}`));
    assert.equal(parseRange('^1 '.repeat(16)).clauses.length, 16);
    assert.equal(parseRange(`^1${' '.repeat(1022)}`).clauses.length, 1);
  });

  it('and every character of an identifier is a letter, a digit or a hyphen', () => {
    for (let code = 0x20; code < 0x100; code++) {
      const c = String.fromCharCode(code);
      const expected = /^[0-9A-Za-z-]$/.test(c);
      // A letter around it, because digits alone may not begin with a zero; dots and plus signs separate.
      if (c === '.' || c === '+') continue;
      assert.equal(isVersion(`1.0.0-a${c}`), expected, c);
      assert.equal(isVersion(`1.0.0+a${c}`), expected, c);
      assert.equal(isVersion(`1.0.${c}`), /^[0-9]$/.test(c), c);
    }
    for (const text of ['1.0.0-', '1.0.0+', '1.0.0-a..b', '1.0.0-01', '1.0.0-a+', '1.0', '1.0.0.0', '01.0.0', '1..0']) {
      assert.ok(!isVersion(text), text);
    }
    for (const text of ['1.0.0-0', '1.0.0-0a', '1.0.0+01', '1.0.0--', '0.0.0', '1.0.0-a-b+c-d']) {
      assert.ok(isVersion(text), text);
    }
  });
});

describe('references say why they are refused', () => {
  const write = 'write kind/name@version, such as model/fraud-detector@1.2.0';
  const digest = `sha256:${'a'.repeat(64)}`;
  refuses('reference', parseReference, 'usage/reference', [
    ['@1.0.0', "not a reference: '@1.0.0': it has no name", write],
    ['pacha://', "not a reference: 'pacha://': it has no name", write],
    ['x@', "not a reference: 'x@': nothing follows the @", write],
    ['x:', "not a reference: 'x:': nothing follows the :", write],
    ['x:^1', "not a reference: 'x:^1': '^1' follows an @", write],
    [`x:${digest}`, `not a reference: 'x:${digest}': '${digest}' follows an @`],
    ['x@1.2', "not a reference: 'x@1.2': '1.2' is not a whole version", '^1.2 is the range'],
    ['x@0', "not a reference: 'x@0': '0' is not a whole version", '^0 is the range'],
    ['x@9', "not a reference: 'x@9': '9' is not a whole version", '^9 is the range'],
    ['x@/', "not a reference: 'x@/': '/' is not a version", 'stages and aliases follow a colon, as in name:production'],
    ['x@:', "not a reference: 'x@:': ':' is not a version"],
    ['x@vx', "not a reference: 'x@vx': 'vx' is not a version"],
    [`x@${long(300)}`, `not a reference: 'x@${long(198)}': '${long(80)}' is not a version`],
    [`x@1${long(300)}`, `not a reference: 'x@1${long(197)}': '1${long(79)}' is not a whole version`],
    [`x:^${long(300)}`, `not a reference: 'x:^${long(197)}': '^${long(79)}' follows an @`],
  ]);
  refuses('version in a reference', parseReference, 'usage/version', [
    ['x@v1.0.0', "not a version: 'v1.0.0'", 'write 1.0.0'],
    ['x@^1.x', "not a range: '^1.x': '1.x' is not a version"],
  ]);
});

describe('paths say why they are refused', () => {
  refuses('path', parseRelPath, 'usage/path', [
    ['', "path '' is empty"],
    ['a\\b', "path 'a\\b' has a backslash"],
    ['a\nb', "path 'a?b' has a line feed or tab"],
    ['a\tb', "path 'a?b' has a line feed or tab"],
    ['a\u202eb', "path 'a?b' has the invisible character U+202E"],
    ['C:x', "path 'C:x' begins with a drive letter"],
    ['z:x', "path 'z:x' begins with a drive letter"],
    ['a\u0308', "path 'a?' is not in Unicode form NFC"],
    ['a//b', "path 'a//b' has an empty part"],
    ['a/./b', "path 'a/./b' has the part '.'"],
    ['a/..', "path 'a/..' has the part '..'"],
    ['a/.Git/x', "path 'a/.Git/x' has the part '.Git'"],
    ['GIT~1', "path 'GIT~1' has the part 'GIT~1'"],
    [long(256), `path '${long(200)}' has a part longer than 255 bytes`],
    ['ä'.repeat(128), `path '${'?'.repeat(128)}' has a part longer than 255 bytes`],
    [`${'a/'.repeat(2048)}b`, `path '${'a/'.repeat(100)}' is longer than 4096 bytes`],
    [`${'ä/'.repeat(1365)}bb`, `path '${'?/'.repeat(100)}' is longer than 4096 bytes`],
  ]);

  it('and those at the bound are taken, and shown in the facts where they are not', async () => {
    assert.ok(parseRelPath(`${'a/'.repeat(2047)}bb`));
    assert.ok(parseRelPath(`${'ä/'.repeat(1365)}b`));
    assert.ok(parseRelPath('ä'.repeat(127)));
    for (const path of ['1:x', 'xC:x', '[:x', '@:x', '`:x', '{:x', 'a/C:x']) assert.equal(parseRelPath(path), path);
    assert.deepEqual((await throwsCode(() => parseRelPath('a/\u0000'), 'usage/path')).facts, { path: 'a/?' });
  });
});

describe('ids, branches and times say why they are refused', () => {
  const ULID = '01KAQ4Z6W3T8YB0JV9N2M5X7CD';
  refuses('id', parseRegistryId, 'usage/invalid', [
    ['', "not a registry id (a ULID): ''"],
    [long(90), `not a registry id (a ULID): '${long(80)}'`],
  ]);
  refuses('time', parseTimestamp, 'usage/invalid', [
    ['now', "not a time: 'now'", 'write UTC with whole seconds, such as 2026-11-22T01:02:03Z'],
    [long(90), `not a time: '${long(80)}'`],
  ]);

  it('and ids are 26 digits of Crockford, below 2^128', () => {
    for (let code = 0x20; code < 0x7f; code++) {
      const c = String.fromCharCode(code);
      const digit = /^[0-9A-HJKMNP-TV-Z]$/.test(c);
      assert.equal(isUlid(`0${c}${ULID.slice(2)}`), digit, c);
      assert.equal(isUlid(`${ULID.slice(0, 25)}${c}`), digit, c);
      assert.equal(isUlid(`${c}${ULID.slice(1)}`), /^[0-7]$/.test(c), c);
    }
    for (const text of ['', ULID.slice(1), `${ULID}0`, ULID.toLowerCase()]) assert.ok(!isUlid(text), text);
  });

  it('and branches have at most 255 characters', () => {
    assert.ok(isBranchName(long(255)));
    assert.ok(!isBranchName(long(256)));
    assert.ok(
      isBranchName('a!b') && !isBranchName('a b') && !isBranchName('a\u007fb') && isBranchName('a~b') === false,
    );
    assert.ok(isBranchName('HEADS') && isBranchName('@a') && isBranchName('a@') && isBranchName('a-'));
  });

  it('and times have the years 0 to 9999', () => {
    assert.equal(formatTimestamp(LAST_SECOND), '9999-12-31T23:59:59Z');
    assert.equal(formatTimestamp(-62_167_219_200), '0000-01-01T00:00:00Z');
    for (const seconds of [LAST_SECOND + 1, -62_167_219_201, Number.NaN, Number.MAX_VALUE]) {
      assert.throws(() => formatTimestamp(seconds), new RangeError(`no such time: ${seconds}`));
    }
    assert.equal(parseTimestamp('1969-12-31T23:59:59Z'), -1);
    for (const text of ['2026-11-22T01:02:03', '2026-11-22T01:02:03.0', '2026-11-22T01:02:03+00:00', long(20)]) {
      assert.ok(!isTimestamp(text), text);
    }
  });
});
