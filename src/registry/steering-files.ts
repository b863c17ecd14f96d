/** Files that steer git, a forge or the registry without a signature of their own: only who may `configure` changes them. */
import { CONFIG_PATH } from '../manifest/layout-of-registry.js';
import { foldPath } from '../manifest/rel-path.js';
import { CODEOWNERS_PATHS } from './github-files.js';

/** What forges run, whatever is in it; the gate itself is such a file. */
const FOLDERS = ['.github', '.forgejo', '.gitea', '.gitlab'];

/** At the top of the repository, in lower case. */
const FILES: readonly (readonly string[])[] = [
  // Where git fetches other repositories from, and git-lfs its objects.
  '.gitmodules',
  '.lfsconfig',
  '.gitlab-ci.yml',
  // What runs where another repository names this one as an action.
  'action.yml',
  'action.yaml',
  // Who has to agree at the forge.
  ...CODEOWNERS_PATHS.map((path) => path.toLowerCase()),
].map((path) => path.split('/'));

const ATTRIBUTES = '.gitattributes';

/** Characters that HFS+ does not see in a name. */
const UNSEEN = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * `path`: from the top of the repository. `prefix`: folder of the registry, '' at the top. What some disk takes for such
 * a file is one: git reads it there all the same. `presence`: it makes another folder a registry, above this one, below or
 * beside it, and whoever works there is led to it; what it says is for that one to judge.
 */
export function steersBy(path: string, prefix: string): 'content' | 'presence' | undefined {
  const parts = partsOf(path);
  const folder = prefix === '' ? [] : partsOf(prefix);
  // A folder of these that is a file, or a link, steers as well.
  if (FOLDERS.some((name) => isMeant(parts[0], name)) || FILES.some((names) => areMeant(parts, names)))
    return 'content';
  if (areMeant(parts, [...folder, CONFIG_PATH])) return 'content';
  const isInside = parts.length > folder.length && areMeant(parts.slice(0, folder.length), folder);
  // Attributes of a folder hold for all below it.
  const above = parts.slice(0, -1);
  const reaches = isInside || areMeant(above, folder.slice(0, above.length));
  if (isMeant(parts.at(-1), ATTRIBUTES) && reaches) return 'content';
  return parts.some((part) => isMeant(part, CONFIG_PATH)) ? 'presence' : undefined;
}

/** Without what one disk or another does not tell apart: capitals, invisible characters, streams, dots and spaces at the end. */
function partsOf(path: string): string[] {
  const seen = foldPath(path).replace(UNSEEN, '').replaceAll('\\', '/');
  return seen.split('/').map((part) => part.replace(/:.*$/s, '').replace(/[. ]+$/, ''));
}

function areMeant(parts: readonly string[], names: readonly string[]): boolean {
  return parts.length === names.length && parts.every((part, i) => isMeant(part, names[i] as string));
}

/** Whether a disk may take the one for the other: on NTFS `gitatt~1` is short for `.gitattributes`, and `gi7d29~1` may be. */
function isMeant(part: string | undefined, name: string): boolean {
  return part !== undefined && (part === name || (part.includes('~') && isShortFor(part, name)));
}

function isShortFor(part: string, name: string): boolean {
  const [, start, number, extension = ''] = /^([^.~]{1,6})~([1-9][0-9]*)(?:\.([^.]{0,3}))?$/.exec(part) ?? [];
  if (start === undefined || number === undefined) return false;
  const [stem = '', ...rest] = name.replace(/^\./, '').split('.');
  if ((rest.at(-1) ?? '').slice(0, 3) !== extension) return false;
  // Eight characters in all: the more digits, the fewer letters.
  const letters = Math.min(6, 7 - number.length, stem.length);
  return start === stem.slice(0, letters) || isHashed(start, stem);
}

/** After some of one kind: two letters, and digits of a hash. */
function isHashed(start: string, stem: string): boolean {
  return start.length > 3 && stem.startsWith(start.slice(0, 2)) && /^[0-9a-f]+$/.test(start.slice(2));
}
