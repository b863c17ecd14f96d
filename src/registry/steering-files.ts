/** Files that steer git, a forge or the registry without a signature of their own: only who may `configure` changes them. */
import { CONFIG_PATH } from '../manifest/layout-of-registry.js';
import { CODEOWNERS_PATHS } from './github-files.js';

/** What forges run, whatever is in it; the gate itself is such a file. */
const FOLDERS = ['.github/', '.forgejo/', '.gitea/', '.gitlab/'];

/** At the top of the repository, in lower case. */
const FILES: ReadonlySet<string> = new Set([
  // Where git fetches other repositories from, and git-lfs its objects.
  '.gitmodules',
  '.lfsconfig',
  '.gitlab-ci.yml',
  // What runs where another repository names this one as an action.
  'action.yml',
  'action.yaml',
  // Who has to agree at the forge.
  ...CODEOWNERS_PATHS.map((path) => path.toLowerCase()),
]);

const ATTRIBUTES = '.gitattributes';

/**
 * `path`: from the top of the repository. `prefix`: folder of the registry, '' at the top. Capitals count for nothing:
 * where a disk ignores them, git reads such a file all the same.
 */
export function isSteeringFile(path: string, prefix: string): boolean {
  const plain = path.toLowerCase();
  // A folder of these that is a file, or a link, steers as well.
  if (FOLDERS.some((folder) => `${plain}/`.startsWith(folder)) || FILES.has(plain)) return true;
  const inside = prefix === '' ? plain : insideOf(plain, `${prefix.toLowerCase()}/`);
  if (plain === ATTRIBUTES || inside === CONFIG_PATH) return true;
  if (inside !== undefined) return inside === ATTRIBUTES || inside.endsWith(`/${ATTRIBUTES}`);
  // Attributes of a folder hold for all below it.
  return plain.endsWith(`/${ATTRIBUTES}`) && prefix.toLowerCase().startsWith(plain.slice(0, -ATTRIBUTES.length));
}

function insideOf(path: string, folder: string): string | undefined {
  return path.startsWith(folder) ? path.slice(folder.length) : undefined;
}
