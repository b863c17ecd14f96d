/**
 * Names of tags in GTO's grammar: `model/fraud-detector@v1.2.0`, `model/fraud-detector#production#3`, with `<folder>=` in front where the registry
 * is a subfolder. Names with a dot in a part are not GTO's; they are written all the same.
 */
import { type ArtifactName, isKind, isLaneName, isName, type Kind } from '../manifest/name.js';
import { isNumber, isVersion, type Version } from '../manifest/version.js';

export interface VersionTagName {
  /** The registry's folder, '' at the top. */
  readonly prefix: string;
  readonly kind: Kind;
  readonly name: ArtifactName;
  readonly version: Version;
}

export function formatVersionTag(tag: VersionTagName): string {
  const dir = tag.prefix === '' ? '' : `${tag.prefix}=`;
  return `${dir}${tag.kind}/${tag.name}@v${tag.version}`;
}

/** The parts of a tag name in our grammar for this registry; undefined for every other tag (those are foreign). */
export function parseVersionTag(text: string, prefix: string): VersionTagName | undefined {
  const dir = prefix === '' ? '' : `${prefix}=`;
  if (!text.startsWith(dir)) return undefined;
  const rest = text.slice(dir.length);
  const at = rest.indexOf('@v');
  const slash = rest.indexOf('/');
  if (at < 0 || slash < 0 || slash > at) return undefined;
  const [kind, name, version] = [rest.slice(0, slash), rest.slice(slash + 1, at), rest.slice(at + 2)];
  return isKind(kind) && isName(name) && isVersion(version) ? { prefix, kind, name, version } : undefined;
}

export interface EventTagName {
  readonly prefix: string;
  readonly kind: Kind;
  readonly name: ArtifactName;
  /** `#production`, `#production!`, `@v1.2.0!` or `@v1.2.0`. */
  readonly mark: string;
  readonly number: number;
}

export function formatEventTag(tag: EventTagName): string {
  const dir = tag.prefix === '' ? '' : `${tag.prefix}=`;
  return `${dir}${tag.kind}/${tag.name}${tag.mark}#${tag.number}`;
}

/** The parts of the tag of an event in our grammar for this registry; undefined for every other tag. */
export function parseEventTag(text: string, prefix: string): EventTagName | undefined {
  const dir = prefix === '' ? '' : `${prefix}=`;
  const hash = text.lastIndexOf('#');
  if (!text.startsWith(dir) || hash < 0) return undefined;
  const [rest, digits] = [text.slice(dir.length, hash), text.slice(hash + 1)];
  const start = Math.max(rest.indexOf('#'), rest.indexOf('@v'));
  const slash = rest.indexOf('/');
  const number = isNumber(digits) ? Number(digits) : 0;
  if (start < 0 || slash < 0 || slash > start || number < 1 || !Number.isSafeInteger(number)) return undefined;
  const [kind, name, mark] = [rest.slice(0, slash), rest.slice(slash + 1, start), rest.slice(start)];
  const bare = mark.endsWith('!') ? mark.slice(0, -1) : mark;
  const known = bare.startsWith('#') ? isLaneName(bare.slice(1)) : isVersion(bare.slice(2));
  if (!known || !isKind(kind) || !isName(name)) return undefined;
  return { prefix, kind, name, mark, number };
}

/** Whether GTO itself can read the tag: its names hold letters, digits, `-`, `_` and `/` only. */
export function isGtoName(name: ArtifactName): boolean {
  return !name.includes('.');
}
