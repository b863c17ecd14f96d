/**
 * A small world in one folder: a registry with a remote, a colleague's clone, homes and source files. Made once, made
 * again for every trial, and compared by digest: what two faults leave behind in the same way is judged once.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { parseIndex } from '../../src/git/index-format.js';
import { buried } from '../helpers/dead-process.js';
import { git } from '../helpers/git.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { type CliResult, runCli } from '../helpers/run-cli.js';
import { addRemote, cloneAt, cloneFrom, initRegistry, makePerson, NOW } from '../helpers/sample-registry.js';
import { memoryDir } from '../helpers/temp-dir.js';
import { type FolderImage, isFile, readFolder, restoreFolder } from './folder-image.js';

export interface World {
  readonly dir: string;
  readonly registry: string;
  /** What people hand to at1, which it must never touch. */
  readonly sources: string;
  /** Where at1 is asked to write files for people. */
  readonly out: string;
  at1(argv: readonly string[], stdin?: string): Promise<CliResult>;
}

const SECOND_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBAmJy2pVqo4zNUYFTzbx2kZJc7nGyHyBpHLkTCqIX5A ben';

/** In memory where the system has a place for it: ten thousand syncs cost nothing there. */
export function roomyTempDir(): string {
  return realpathSync(mkdtempSync(join(memoryDir(), 'at1-faults-')));
}

export function worldAt(dir: string): World {
  const home = join(dir, 'home');
  const registry = join(dir, 'registry');
  const person = makePerson(home, 'ana');
  return {
    dir,
    registry,
    sources: join(dir, 'sources'),
    out: join(dir, 'out'),
    at1: (argv, stdin) =>
      runCli(argv, { cwd: registry, env: person.env, now: () => NOW, ...(stdin === undefined ? {} : { stdin }) }),
  };
}

/** Two versions, of which one is on the remote; a second principal's work waits on the remote when `behind`. */
export async function makeWorld(dir: string): Promise<World> {
  const world = worldAt(dir);
  mkdirSync(world.sources, { recursive: true });
  mkdirSync(world.out);
  writeFileSync(join(world.sources, 'small.bin'), 'small');
  writeFileSync(join(world.sources, 'model.bin'), randomBytes(70 * 1024, 1));
  mkdirSync(join(world.sources, 'tree', 'deep'), { recursive: true });
  writeFileSync(join(world.sources, 'tree', 'config.json'), '{"layers": 2}\n');
  writeFileSync(join(world.sources, 'tree', 'deep', 'empty.bin'), '');
  writeFileSync(join(world.sources, 'ben.pub'), `${SECOND_KEY}\n`);
  const ana = makePerson(join(dir, 'home'), 'ana');
  await ana.makeKey();
  const mine = await initRegistry(world.registry, ana);
  // Paths inside the world must not depend on where the copy stands.
  addRemote(mine, join(dir, 'remote.git'));
  mine.git('remote', 'set-url', 'origin', '../remote.git');
  await mine.register('model/landed@1.0.0');
  mine.git('push', '--quiet', '--set-upstream', 'origin', 'main');
  await expectOk(world.at1(['push']));
  const theirs = cloneFrom(join(dir, 'remote.git'), join(dir, 'colleague'), ana);
  theirs.git('remote', 'set-url', 'origin', '../remote.git');
  await expectOk(world.at1(['register', 'data/local@0.1.0', join(world.sources, 'small.bin')]));
  await expectOk(world.at1(['verify']));
  // Samples of hooks are a sixth of all files, and no trial has anything to do with them.
  for (const gitDir of ['remote.git', 'colleague/.git'])
    rmSync(join(dir, gitDir, 'hooks'), { recursive: true, force: true });
  return world;
}

/** A world to copy for each trial of a suite, in a folder of its own that goes when the suite has ended. */
export function useWorld(): { readonly dir: string; readonly template: World } {
  const made: { dir?: string; template?: World } = {};
  before(async () => {
    made.dir = roomyTempDir();
    made.template = await makeWorld(join(made.dir, 'template'));
  });
  after(() => {
    if (made.dir !== undefined) rmSync(made.dir, { recursive: true, force: true });
  });
  const known = <T>(value: T | undefined): T => {
    if (value === undefined) throw new TypeError('the world is made before the first test');
    return value;
  };
  return {
    get dir() {
      return known(made.dir);
    },
    get template() {
      return known(made.template);
    },
  };
}

/** The colleague registers and pushes, so that the registry has something to fetch. */
export async function fallBehind(world: World): Promise<void> {
  git(world.registry, ['reset', '--quiet', '--hard', 'origin/main']);
  const theirs = cloneAt(join(world.dir, 'colleague'), makePerson(join(world.dir, 'home'), 'ana'));
  await theirs.register('model/theirs@2.0.0');
  theirs.git('push', '--quiet', 'origin', 'main');
}

export async function expectOk(run: Promise<CliResult>): Promise<CliResult> {
  const result = await run;
  if (result.code !== 0) throw new Error(`ended with ${result.code}: ${result.stderr}${result.stdout}`);
  return result;
}

export function copyWorld(from: World, dir: string): World {
  return placeWorld(readFolder(from.dir), dir);
}

/** A world as it was, in a folder where another trial may have been before. */
export function placeWorld(image: FolderImage, dir: string): World {
  restoreFolder(dir, image);
  return worldAt(dir);
}

/** Names that a killed writer may leave; nothing else may be temporary. */
const TEMPORARY = /^(?:\.at1-tmp-|\.?tmp_(?:obj|pack|idx)_|at1\.lock\.)/;
const LOCK = /\.lock$|^at1-locks$/;

/** Temporary files and locks below a folder, as relative paths. */
export function litterIn(dir: string): string[] {
  return filesIn(dir).filter((path) => path.split('/').some((part) => TEMPORARY.test(part) || LOCK.test(part)));
}

export function filesIn(dir: string): string[] {
  return entriesIn(dir, false);
}

/** Relative paths, a folder before what is in it. */
function entriesIn(dir: string, withFolders = true): string[] {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (withFolders || !entry.isDirectory()) found.push(relative(dir, path).split(sep).join('/'));
      if (entry.isDirectory()) visit(path);
    }
  };
  if (existsSync(dir)) visit(dir);
  return found.sort();
}

/** Equal for worlds that differ in random names, process numbers and the file numbers in git's index alone. */
export function digestOfWorld(image: FolderImage): string {
  const lines: string[] = [];
  for (const [path, file] of image) {
    if (!isFile(file)) continue;
    const name = path.replace(/(\.at1-tmp-|tmp_(?:obj|pack|idx)_|at1\.lock\.|at1-locks\/)[^/]*/, '$1');
    lines.push(`${name}\0${digestOfFile(basename(path), file.content)}`);
  }
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

/** The same with nothing in its temporary files: once a command has succeeded beside them, nobody looks into them. */
export function withEmptyTemporaries(image: FolderImage): FolderImage {
  return new Map(
    [...image].map(([path, file]) =>
      isFile(file) && TEMPORARY.test(basename(path)) ? [path, { ...file, content: NOTHING }] : [path, file],
    ),
  );
}

const NOTHING = new Uint8Array(0);

/** Most files are those of the trial before. */
const digests = new WeakMap<Uint8Array, string>();

function digestOfFile(name: string, bytes: Uint8Array): string {
  if (/^at1\.lock(?:-unfinished$|\.|$)/.test(name)) return holderIn(bytes);
  const counted = name === 'index' || name === 'index.lock' ? withoutFileNumbers(bytes) : bytes;
  const digest = digests.get(counted) ?? createHash('sha256').update(counted).digest('hex');
  digests.set(counted, digest);
  return digest;
}

/** Which process it is does not count. */
function holderIn(bytes: Uint8Array): string {
  try {
    JSON.parse(Buffer.from(bytes).toString('utf8'));
    return 'holder';
  } catch {
    return bytes.length === 0 ? 'empty' : 'torn';
  }
}

function withoutFileNumbers(index: Uint8Array): Uint8Array {
  try {
    const { entries, starts } = parseIndex(index);
    const plain = Uint8Array.from(entries);
    // Times, device and file number before the mode, owner and group after it.
    for (const start of starts.slice(0, -1)) plain.fill(0, start, start + 24).fill(0, start + 28, start + 36);
    return plain;
  } catch {
    // Torn: by its bytes, as everything else.
    return index;
  }
}

/**
 * The locks in the world are those of a process that is gone: `killed` leaves the number of a process that another one
 * has by now, `power` those of a system that has been started anew. The test's own process holds none.
 */
export function buryHolders(world: World, how: 'killed' | 'power'): void {
  const gitDir = join(world.registry, '.git');
  for (const path of filesIn(gitDir).filter((name) => /^at1\.lock(?:\.[^/]+)?$/.test(name))) {
    const full = join(gitDir, path);
    const text = readFileSync(full, 'utf8');
    const dead = how === 'killed' ? '"started":"1"' : '"bootId":"a-boot-before-this-one"';
    writeFileSync(full, text.replace(how === 'killed' ? /"started":"\d+"/ : /"bootId":"[^"]*"/, dead));
  }
  for (const name of entriesIn(world.dir).reverse()) {
    const dead = join(dirname(name), buried(basename(name), how));
    if (dead !== name) renameSync(join(world.dir, name), join(world.dir, dead));
  }
}
