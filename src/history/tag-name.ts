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
  const [kind, rest] = cut(text.slice(dir.length), '/');
  const [name, version] = cut(rest, '@v');
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
  if (!text.startsWith(dir)) return undefined;
  const hash = text.lastIndexOf('#');
  const [kind, rest] = cut(text.slice(dir.length, hash), '/');
  // No name holds the beginning of a mark.
  const [name] = cut(cut(rest, '#')[0], '@v');
  const [mark, digits] = [rest.slice(name.length), text.slice(hash + 1)];
  const number = isNumber(digits) ? Number(digits) : 0;
  if (number < 1 || !Number.isSafeInteger(number)) return undefined;
  const bare = mark.endsWith('!') ? mark.slice(0, -1) : mark;
  const known = bare.startsWith('#') ? isLaneName(bare.slice(1)) : isVersion(bare.slice(2));
  if (!known || !isKind(kind) || !isName(name)) return undefined;
  return { prefix, kind, name, mark, number };
}

/** Before a mark and behind it; what is not there leaves nothing behind it, and so no version and no name. */
function cut(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

/**
 * Whether GTO would read the tag as one about an artifact of this registry. It takes forms that are never written here,
 * such as a stage without a number, and whoever asks GTO would believe them.
 */
export function isGtoTag(text: string, prefix: string): boolean {
  const bare = text.replace(/#[0-9]+$/, '');
  const word = ['@deprecated', '@created'].find((ending) => bare.endsWith(ending));
  // Any stage will do in its place: what matters is whether an artifact stands before it.
  const known = word === undefined ? bare : `${bare.slice(0, -word.length)}#stage`;
  return [text, known].some((name) => parseEventTag(`${name}#1`, prefix) !== undefined);
}

/** Whether GTO itself can read the tag: its names hold letters, digits, `-`, `_` and `/` only. */
export function isGtoName(name: ArtifactName): boolean {
  return !name.includes('.');
}
