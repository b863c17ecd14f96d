/**
 * Finds a repository and says what it is: folders, config, shallow boundary. What we would misread is refused here,
 * once, by name (docs/decisions: git). Replace refs are ignored on purpose: signatures are about the real objects.
 */

import { basename, dirname, join, resolve } from 'node:path';
import { At1Error } from '../errors.js';
import { realpathSync, statSync } from '../files/node-fs.js';
import { readFileSync } from '../files/read-whole.js';
import { isOid, type Oid } from '../git-format/oid.js';
import { type ConfigEntry, type GitConfig, makeConfig, readConfigFile } from './config.js';

export interface Repository {
  /** Of this working tree: HEAD, index. */
  readonly gitDir: string;
  /** Shared by linked working trees: objects, refs, config. The same as `gitDir` elsewhere. */
  readonly commonDir: string;
  readonly workTree: string | undefined;
  readonly bare: boolean;
  /** Commits whose parents were not fetched. */
  readonly shallow: ReadonlySet<Oid>;
  /** A partial clone: objects may be missing and be fetched when needed. */
  readonly partial: boolean;
  /** System, global, repository and working tree config, in git's order. */
  readonly config: GitConfig;
  /** How to start the git binary; undefined where none is to be used. */
  readonly git: GitProgram | undefined;
  /** Folders of objects beside its own: what git keeps apart while a hook decides about it. */
  readonly lentObjects?: readonly string[];
  /** Whether reading may start git to fetch what a partial clone left out. */
  readonly lazyFetch: boolean;
}

export interface GitProgram {
  /** Path, or name to be found through PATH of `environment`. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface OpenOptions {
  /** The git binary, for what only it can do (missing objects of a partial clone). Default: none. */
  readonly git?: string | undefined;
  /**
   * Lets reading start git for missing objects of a partial clone. Default: no, because git then runs whatever the
   * clone's own configuration names (an ssh command, an upload-pack), and a clone may come from anybody.
   */
  readonly lazyFetch?: boolean | undefined;
  /** Folders of objects that are read too, relative to the git folder. */
  readonly lentObjects?: readonly string[] | undefined;
  /** Environment for the git binary. Default: empty. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Home folder, for `~/.gitconfig` and `~/` in settings. Default: no global config is read. */
  readonly home?: string | undefined;
  /** Default: `.config` in `home`. */
  readonly xdgConfigHome?: string | undefined;
  /** Path of the system-wide config file. Default: none is read. */
  readonly systemConfig?: string | undefined;
}

interface Place {
  readonly gitDir: string;
  readonly commonDir: string;
  /** The folder that holds `.git`; undefined where the search met the git folder itself. */
  readonly holder: string | undefined;
}

/** What git itself honours in version 1 and we too: none of these changes what objects, refs or the index mean. */
const KNOWN_EXTENSIONS = new Set(['noop', 'partialclone', 'preciousobjects', 'worktreeconfig', 'relativeworktrees']);

/** Not `git symbolic-ref`: without a HEAD that it can read git finds no repository to work in. */
export const HEAD_HINT = 'write the branch you were on into it: echo "ref: refs/heads/main" > .git/HEAD';

/** From `dir` upwards. Throws `git/not-a-repository`, `git/ref-invalid`, `git/unsupported`. */
export async function openRepository(dir: string, options: OpenOptions = {}): Promise<Repository> {
  const place = findPlace(resolve(dir));
  const context = { home: options.home, gitDir: place.gitDir };
  const local = readConfigFile(join(place.commonDir, 'config'), context);
  const localConfig = makeConfig(local);
  refuseUnsupported(place, localConfig);
  const worktreeEntries =
    localConfig.boolean('extensions.worktreeConfig') === true
      ? readConfigFile(join(place.gitDir, 'config.worktree'), context)
      : [];
  const config = makeConfig([...outsideConfig(options, place.gitDir), ...local, ...worktreeEntries]);
  const ownConfig = makeConfig([...(isLinked(place) ? [] : local), ...worktreeEntries]);
  const workTree = findWorkTree(place, ownConfig);
  return {
    gitDir: place.gitDir,
    commonDir: place.commonDir,
    workTree,
    bare: workTree === undefined,
    shallow: readShallow(place.commonDir),
    partial: isPartial(localConfig),
    config,
    lentObjects: (options.lentObjects ?? []).map((folder) => resolve(place.gitDir, folder)),
    lazyFetch: options.lazyFetch === true,
    git: options.git === undefined ? undefined : { path: options.git, environment: options.environment ?? {} },
  };
}

/** What git is configured to where there is no repository. */
export function configOutside(options: OpenOptions): GitConfig {
  return makeConfig(outsideConfig(options, undefined));
}

function outsideConfig(options: OpenOptions, gitDir: string | undefined): ConfigEntry[] {
  const { home, systemConfig } = options;
  const context = { home, gitDir };
  const xdg = options.xdgConfigHome ?? (home === undefined ? undefined : join(home, '.config'));
  return [
    ...(systemConfig === undefined ? [] : readConfigFile(systemConfig, context)),
    ...(xdg === undefined ? [] : readConfigFile(join(xdg, 'git', 'config'), context)),
    ...(home === undefined ? [] : readConfigFile(join(home, '.gitconfig'), context)),
  ];
}

function findPlace(start: string): Place {
  for (let dir = start; ; dir = dirname(dir)) {
    const dotGit = join(dir, '.git');
    const target = gitFileTarget(dotGit) ?? dotGit;
    if (isGitDir(target)) return { gitDir: real(target), commonDir: real(commonDirOf(target)), holder: dir };
    if (isGitDir(dir)) return { gitDir: real(dir), commonDir: real(commonDirOf(dir)), holder: undefined };
    if (target !== dotGit) {
      throw new At1Error('git/not-a-repository', {
        message: `${dotGit} names a git folder that is not there`,
        facts: { path: dotGit, target },
        hint: 'for a moved working tree: `git worktree repair`',
      });
    }
    if (dirname(dir) === dir) {
      throw new At1Error('git/not-a-repository', {
        message: `no git repository in ${start} or above it`,
        facts: { path: start },
        hint: 'make one with `git init`',
      });
    }
  }
}

/** The target of a `.git` file (`gitdir: …`), which linked working trees and submodules have. */
function gitFileTarget(path: string): string | undefined {
  const text = readSmall(path);
  if (text === undefined) return undefined;
  if (!text.startsWith('gitdir: ')) {
    throw new At1Error('git/not-a-repository', { message: `${path} is not a git file`, facts: { path } });
  }
  return resolve(dirname(path), text.slice('gitdir: '.length).replace(/[\r\n]+$/, ''));
}

function commonDirOf(gitDir: string): string {
  const text = readSmall(join(gitDir, 'commondir'));
  return text === undefined ? gitDir : resolve(gitDir, text.replace(/[\r\n]+$/, ''));
}

/**
 * As git tells: a HEAD, and folders `objects` and `refs`. Throws `git/ref-invalid` for a `.git` that has it all but a HEAD
 * to read: git calls it no repository, and who believes that makes a second one upon the first.
 */
function isGitDir(path: string): boolean {
  const head = readSmall(join(path, 'HEAD'));
  if (head === undefined) return false;
  const common = commonDirOf(path);
  if (!isFolder(join(common, 'objects')) || !isFolder(join(common, 'refs'))) return false;
  if (head.startsWith('ref:') || isOid(head.slice(0, 40)) || /^[0-9a-f]{64}/.test(head)) return true;
  // Any folder may have a HEAD and folders of these names; only git has a config with them.
  if (!isFile(join(common, 'config'))) return false;
  const file = join(path, 'HEAD');
  throw new At1Error('git/ref-invalid', {
    message: `${file} ${head.trim() === '' ? 'is empty' : 'holds neither an object id nor a name'}`,
    facts: { name: 'HEAD', path: file },
    hint: HEAD_HINT,
  });
}

function isLinked(place: Place): boolean {
  return place.gitDir !== place.commonDir;
}

function findWorkTree(place: Place, own: GitConfig): string | undefined {
  if (isLinked(place)) {
    if (place.holder !== undefined) return place.holder;
    const back = readSmall(join(place.gitDir, 'gitdir'));
    return back === undefined ? undefined : dirname(resolve(place.gitDir, back.replace(/[\r\n]+$/, '')));
  }
  const bare = own.boolean('core.bare');
  const stated = own.get('core.worktree');
  if (bare === true) return undefined;
  if (stated !== undefined) return resolve(place.gitDir, stated);
  if (place.holder !== undefined) return place.holder;
  // Met from inside: `.git` has its working tree around it, any other name is a bare repository.
  return basename(place.gitDir) === '.git' ? dirname(place.gitDir) : undefined;
}

function refuseUnsupported(place: Place, config: GitConfig): void {
  const path = place.commonDir;
  const refuse = (feature: string, hint: string): never => {
    throw new At1Error('git/unsupported', {
      message: `the repository uses ${feature}, which at1 does not support`,
      facts: { feature, path },
      hint,
    });
  };
  const format = config.get('extensions.objectFormat')?.toLowerCase() ?? 'sha1';
  if (format !== 'sha1')
    refuse(`object format ${format}`, 'use a repository made with `git init --object-format=sha1`');
  const refs = config.get('extensions.refStorage')?.toLowerCase() ?? 'files';
  if (refs !== 'files') refuse(`ref storage ${refs}`, 'convert it with `git refs migrate --ref-format=files`');
  const version = config.get('core.repositoryFormatVersion') ?? '0';
  if (version !== '0' && version !== '1') refuse(`repository format version ${version}`, 'use a newer at1');
  for (const { name } of version === '1' ? config.entries : []) {
    if (!name.startsWith('extensions.')) continue;
    const extension = name.slice('extensions.'.length);
    if (KNOWN_EXTENSIONS.has(extension) || ['objectformat', 'refstorage'].includes(extension)) continue;
    refuse(`extension ${extension}`, 'use a newer at1, or a clone without the extension');
  }
  if (
    readSmall(join(path, 'info', 'grafts'))
      ?.split('\n')
      .some((line) => /^[0-9a-f]/.test(line))
  ) {
    refuse(
      'grafts',
      'make the history real with `git replace --convert-graft-file` and `git filter-repo`, or remove info/grafts',
    );
  }
}

function readShallow(commonDir: string): ReadonlySet<Oid> {
  const lines = readSmall(join(commonDir, 'shallow'))?.split('\n') ?? [];
  return new Set(lines.filter(isOid));
}

function isPartial(config: GitConfig): boolean {
  if (config.get('extensions.partialClone') !== undefined) return true;
  return config.subsections('remote').some((name) => config.boolean(`remote.${name}.promisor`) === true);
}

/** The text of a small file; undefined where there is none, or a folder. */
function readSmall(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw new At1Error('io/failed', { message: `cannot read ${path}`, facts: { path }, cause: error });
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function real(path: string): string {
  return realpathSync(path);
}
