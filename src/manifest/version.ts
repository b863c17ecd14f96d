/** Versions: SemVer 2.0, strict. Numbers are compared as text of digits, so that any length is exact. */
import { compareText } from '../bytes/text.js';
import { At1Error } from '../errors.js';

declare const versionBrand: unique symbol;

export type Version = string & { readonly [versionBrand]: true };
export type Bump = 'major' | 'minor' | 'patch';

/** `1.2.0-rc.1+build`: three numbers as digits, then identifiers. */
export interface VersionParts {
  readonly numbers: readonly [string, string, string];
  readonly prerelease: readonly string[];
  readonly build: readonly string[];
}

/** A version is part of a file name, and the name of a tag. */
export const VERSION_LIMIT = 128;

export function parseVersion(text: string): Version {
  if (readVersion(text) === undefined) {
    const bare = text.startsWith('v') && readVersion(text.slice(1)) !== undefined ? text.slice(1) : undefined;
    throw new At1Error('usage/version', {
      message: `not a version: '${text.slice(0, VERSION_LIMIT)}'`,
      hint: bare === undefined ? 'versions are SemVer 2.0, such as 1.2.0 or 1.2.0-rc.1' : `write ${bare}`,
    });
  }
  return text as Version;
}

export function isVersion(text: string): text is Version {
  return readVersion(text) !== undefined;
}

export function versionParts(version: Version): VersionParts {
  return readVersion(version) as VersionParts;
}

export function formatVersionParts({ numbers, prerelease, build }: VersionParts): Version {
  const tail = prerelease.length === 0 ? '' : `-${prerelease.join('.')}`;
  return parseVersion(`${numbers.join('.')}${tail}${build.length === 0 ? '' : `+${build.join('.')}`}`);
}

function readVersion(text: string): VersionParts | undefined {
  if (text.length > VERSION_LIMIT) return undefined;
  // The tag of a version carries it at its end, and git refuses refs that end so.
  if (text.toLowerCase().endsWith('.lock')) return undefined;
  const [beforeBuild, buildText] = splitAt(text, '+');
  const [core, prereleaseText] = splitAt(beforeBuild, '-');
  const [major, minor, patch, more] = core.split('.');
  if (major === undefined || minor === undefined || patch === undefined || more !== undefined) return undefined;
  const prerelease = prereleaseText?.split('.') ?? [];
  const build = buildText?.split('.') ?? [];
  if (![major, minor, patch].every(isNumber)) return undefined;
  if (!prerelease.every((part) => isIdentifier(part) && (!isDigits(part) || isNumber(part)))) return undefined;
  if (!build.every(isIdentifier)) return undefined;
  return { numbers: [major, minor, patch], prerelease, build };
}

function splitAt(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

export function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 48 || text.charCodeAt(i) > 57) return false;
  return text !== '';
}

/** Digits without a leading zero. */
export function isNumber(text: string): boolean {
  return isDigits(text) && (text === '0' || text[0] !== '0');
}

function isIdentifier(text: string): boolean {
  for (const c of text) {
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '-')) return false;
  }
  return text !== '';
}

/** Precedence by SemVer 2.0 section 11: build metadata does not count, so 0 does not mean equal text. */
export function compareVersions(a: Version, b: Version): number {
  return compareParts(versionParts(a), versionParts(b));
}

export function compareParts(a: VersionParts, b: VersionParts): number {
  for (let i = 0; i < 3; i++) {
    const difference = compareNumbers(a.numbers[i] as string, b.numbers[i] as string);
    if (difference !== 0) return difference;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
  for (const [i, left] of a.prerelease.entries()) {
    const right = b.prerelease[i];
    if (right === undefined) return 1;
    const difference = compareIdentifiers(left, right);
    if (difference !== 0) return difference;
  }
  return a.prerelease.length - b.prerelease.length;
}

function compareIdentifiers(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [isDigits(a), isDigits(b)];
  if (aIsNumber && bIsNumber) return compareNumbers(a, b);
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return compareText(a, b);
}

function compareNumbers(a: string, b: string): number {
  return a.length === b.length ? compareText(a, b) : a.length - b.length;
}

/** Equal for two versions that people, file systems or precedence could take for one: build and capitals left out. */
export function foldVersion(version: Version): string {
  return splitAt(version, '+')[0].toLowerCase();
}

export function isPrerelease(version: Version): boolean {
  return versionParts(version).prerelease.length > 0;
}

/** The next release: a pre-release is finished (1.2.0-rc.1 becomes 1.2.0) where that is already the bump asked for. */
export function bumpVersion(version: Version, bump: Bump): Version {
  const { numbers, prerelease } = versionParts(version);
  const [major, minor, patch] = numbers;
  const ahead = prerelease.length > 0;
  switch (bump) {
    case 'major':
      return release(ahead && minor === '0' && patch === '0' ? major : next(major), '0', '0');
    case 'minor':
      return release(major, ahead && patch === '0' ? minor : next(minor), '0');
    case 'patch':
      return release(major, minor, ahead ? patch : next(patch));
  }
}

function release(major: string, minor: string, patch: string): Version {
  return formatVersionParts({ numbers: [major, minor, patch], prerelease: [], build: [] });
}

export function next(number: string): string {
  return String(BigInt(number) + 1n);
}
