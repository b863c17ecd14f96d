/**
 * Ranges of versions: clauses with ^ ~ >= > <= < =, all of which must hold. Parsed to intervals; no `||`, no `x`.
 * Pre-releases count only where the range names one; docs/format/registry.md section 2.
 */
import { At1Error } from '../errors.js';
import { compareParts, isNumber, isVersion, next, type Version, type VersionParts, versionParts } from './version.js';

export type Operator = '^' | '~' | '>=' | '>' | '<=' | '<' | '=';

export interface Clause {
  readonly operator: Operator;
  /** One to three numbers; fewer than three only with ^ and ~. */
  readonly numbers: readonly string[];
  readonly prerelease: readonly string[];
}

export interface Range {
  readonly clauses: readonly Clause[];
}

/** Longest first, so that `>=` is not read as `>`. */
const OPERATORS: readonly Operator[] = ['>=', '<=', '^', '~', '>', '<', '='];
const CLAUSE_LIMIT = 16;
const TEXT_LIMIT = 1024;

export function parseRange(text: string): Range {
  if (text.length > TEXT_LIMIT) throw wrong(text, `longer than ${TEXT_LIMIT} characters`);
  const words = text
    .replaceAll(',', ' ')
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0 || words.length > CLAUSE_LIMIT) throw wrong(text, `it needs 1 to ${CLAUSE_LIMIT} conditions`);
  return { clauses: words.map((word) => parseClause(text, word)) };
}

export function formatRange(range: Range): string {
  return range.clauses.map((clause) => `${clause.operator}${numbersAndTail(clause)}`).join(' ');
}

/** True where the text begins as a range does. */
export function looksLikeRange(text: string): boolean {
  return OPERATORS.some((operator) => text.startsWith(operator));
}

function parseClause(whole: string, word: string): Clause {
  const operator = OPERATORS.find((candidate) => word.startsWith(candidate));
  if (operator === undefined) throw wrong(whole, `'${word}' has no operator`, `write ^${word} or =${word}`);
  const text = word.slice(operator.length);
  if (isVersion(text)) {
    const { numbers, prerelease, build } = versionParts(text);
    if (build.length > 0) throw wrong(whole, 'build metadata has no order, so it cannot bound a range');
    return { operator, numbers, prerelease };
  }
  const numbers = text.split('.');
  if (numbers.length > 2 || !numbers.every(isNumber)) throw wrong(whole, `'${text}' is not a version`);
  if (operator !== '^' && operator !== '~') {
    const full = [...numbers, '0', '0'].slice(0, 3).join('.');
    throw wrong(whole, `${operator} needs a whole version`, `write ${operator}${full}`);
  }
  return { operator, numbers, prerelease: [] };
}

/** True where the version lies in every clause's interval and, if it is a pre-release, the range names its release. */
export function satisfies(version: Version, range: Range): boolean {
  return (
    isWithin(version, range) && (versionParts(version).prerelease.length === 0 || namesPrereleaseOf(version, range))
  );
}

/** Like `satisfies`, but any pre-release inside the interval counts: for when nothing else exists. */
export function isWithin(version: Version, range: Range): boolean {
  return range.clauses.every((clause) => holds(clause, version));
}

/** As npm and cargo have it: `^1.2.3-beta` lets in 1.2.3-rc, not 1.3.0-alpha. */
function namesPrereleaseOf(version: Version, range: Range): boolean {
  const { numbers } = versionParts(version);
  return range.clauses.some(
    (clause) => clause.prerelease.length > 0 && clause.numbers.every((number, i) => number === numbers[i]),
  );
}

function holds(clause: Clause, version: Version): boolean {
  const low: VersionParts = { numbers: padded(clause.numbers), prerelease: clause.prerelease, build: [] };
  const order = compareParts(versionParts(version), low);
  switch (clause.operator) {
    case '=':
      return order === 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '<':
      // Without this, 2.0.0-rc.1 would be inside <2.0.0, which nobody means.
      return clause.prerelease.length === 0 ? isBelow(version, padded(clause.numbers)) : order < 0;
    case '^':
      return order >= 0 && isBelow(version, caretLimit(clause.numbers));
    case '~':
      return order >= 0 && isBelow(version, tildeLimit(clause.numbers));
  }
}

/** Below a release and below all of its pre-releases: `0` is the lowest pre-release there is. */
function isBelow(version: Version, numbers: readonly [string, string, string]): boolean {
  const limit: VersionParts = { numbers, prerelease: ['0'], build: [] };
  return compareParts(versionParts(version), limit) < 0;
}

/** The leftmost number that is not zero may not change; where all are zero, the last one given. */
function caretLimit(numbers: readonly string[]): readonly [string, string, string] {
  const firstNonZero = numbers.findIndex((number) => number !== '0');
  return raisedAt(numbers, firstNonZero < 0 ? numbers.length - 1 : firstNonZero);
}

function tildeLimit(numbers: readonly string[]): readonly [string, string, string] {
  return raisedAt(numbers, numbers.length === 1 ? 0 : 1);
}

function raisedAt(numbers: readonly string[], at: number): readonly [string, string, string] {
  return padded([...numbers.slice(0, at), next(numbers[at] as string)]);
}

function padded(numbers: readonly string[]): readonly [string, string, string] {
  return [numbers[0] ?? '0', numbers[1] ?? '0', numbers[2] ?? '0'];
}

function numbersAndTail(clause: Clause): string {
  return `${clause.numbers.join('.')}${clause.prerelease.length === 0 ? '' : `-${clause.prerelease.join('.')}`}`;
}

function wrong(text: string, why: string, hint = 'a range is ^1.2, ~1.2.3 or >=1.0.0 <2.0.0'): At1Error {
  return new At1Error('usage/version', { message: `not a range: '${text.slice(0, 80)}': ${why}`, hint });
}
