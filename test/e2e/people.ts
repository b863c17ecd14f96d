/**
 * People for end-to-end tests: each with a home, keys and memory of their own, real git and the library on real
 * repositories. What they think of a repository afterwards is git's and ssh-keygen's opinion, not only ours.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import {
  addPrincipal,
  type Environment,
  generateKey,
  type InitResult,
  init,
  openRegistry,
  push,
  type RegisterOptions,
  type RegisterRequest,
  type RegisterResult,
  type Registry,
  register,
  type VerifyResult,
  verify,
} from '../../src/index.js';
import { type GitResult, gitEnvironment, git as oracle, runGit } from '../helpers/git.js';

export interface Person {
  readonly name: string;
  readonly home: string;
  readonly environment: Partial<Environment>;
  /** Variables for programs that run as this person. */
  readonly variables: Readonly<Record<string, string>>;
  git(cwd: string, ...args: readonly string[]): string;
  /** The result as it is, failure or not. */
  tryGit(cwd: string, ...args: readonly string[]): GitResult;
  init(dir: string): Promise<InitResult>;
  open(dir: string): Promise<Registry>;
  register(dir: string, request: RegisterRequest, options?: RegisterOptions): Promise<RegisterResult>;
  verify(dir: string): Promise<VerifyResult>;
}

/** `homes` is a folder for the homes of all people of a test. */
export function makePerson(homes: string, name: string): Person {
  const home = join(homes, `home of ${name}`);
  mkdirSync(home, { recursive: true });
  const variables = { ...personVariables(name), HOME: home, XDG_CONFIG_HOME: join(home, '.config') };
  const environment: Partial<Environment> = {
    home,
    configDir: join(home, 'config'),
    stateDir: join(home, 'state'),
    authorName: name,
    authorEmail: `${name}@example.org`,
    variables,
  };
  const open = (dir: string) => openRegistry({ dir, environment });
  return {
    name,
    home,
    environment,
    variables,
    git: (cwd, ...args) => oracle(cwd, args, { env: variables }),
    tryGit: (cwd, ...args) => runGit(cwd, args, { env: variables }),
    init: (dir) => init({ dir, environment }),
    open,
    register: async (dir, request, options) => register(await open(dir), request, options),
    verify: async (dir) => verify(await open(dir)),
  };
}

function personVariables(name: string): Record<string, string> {
  const { GIT_AUTHOR_DATE: _author, GIT_COMMITTER_DATE: _committer, ...variables } = gitEnvironment();
  return {
    ...variables,
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${name}@example.org`,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${name}@example.org`,
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes a file with its folders; returns its path. */
export function put(path: string, content: string | Uint8Array, mode = 0o644): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode });
  return path;
}

/** Every file and empty folder below `dir`, with digest and executable bit: two equal maps are equal trees. */
export function treeOf(dir: string, options: { readonly without?: readonly string[] } = {}): Map<string, string> {
  const found = new Map<string, string>();
  const rows = readdirSync(dir, { recursive: true, withFileTypes: true });
  const folders = new Set<string>();
  const used = new Set<string>();
  for (const row of rows) {
    const path = relative(dir, join(row.parentPath, row.name)).split(sep).join('/');
    if (options.without?.some((name) => path === name || path.startsWith(`${name}/`))) continue;
    used.add(dirname(path));
    if (row.isDirectory()) folders.add(path);
    else found.set(path, describeFile(join(dir, path), row.isSymbolicLink()));
  }
  for (const folder of folders) if (!used.has(folder)) found.set(`${folder}/`, 'empty folder');
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function describeFile(path: string, link: boolean): string {
  return link ? 'link' : sha256(readFileSync(path));
}

/** No finding is an error or a warning, unless its code is expected. Notes may be what they are. */
export function assertVerified(result: VerifyResult, expected: readonly string[] = []): void {
  const loud = result.findings.filter(({ severity, code }) => severity !== 'note' && !expected.includes(code));
  assert.deepEqual(loud, []);
  assert.ok(result.ok || expected.length > 0);
}

/** `git fsck --strict` finds nothing wrong; dangling objects are no damage. */
export function assertFsck(person: Person, repository: string): void {
  const { status, stdout, stderr } = person.tryGit(repository, 'fsck', '--strict', '--full', '--no-dangling');
  const said = `${new TextDecoder().decode(stdout)}${stderr}`;
  assert.equal(status, 0, said);
  assert.doesNotMatch(said, /error|missing|corrupt|warning|broken/i);
}

export interface Team {
  readonly bare: string;
  readonly ana: Person;
  readonly ben: Person;
  /** Their clones of the bare repository. */
  readonly anas: string;
  readonly bens: string;
}

/** Two owners with a key and a clone each, and one version that both have: model/base@1.0.0. */
export async function makeTeam(dir: string): Promise<Team> {
  const [ana, ben] = [makePerson(dir, 'ana'), makePerson(dir, 'ben')];
  const [bare, anas, bens] = [join(dir, 'shared.git'), join(dir, 'of ana'), join(dir, 'of ben')];
  ana.git(dir, 'init', '-q', '--bare', bare);
  await ana.init(anas);
  ana.git(anas, 'remote', 'add', 'origin', bare);
  const { public: key } = await generateKey({ environment: ben.environment });
  await addPrincipal(await ana.open(anas), { name: 'ben', key });
  await ana.register(anas, { ref: 'model/base@1.0.0', paths: [put(join(dir, 'base.bin'), 'base')] });
  ana.git(anas, 'push', '-q', '-u', 'origin', 'main');
  await push(await ana.open(anas));
  ben.git(dir, 'clone', '-q', bare, bens);
  return { bare, ana, ben, anas, bens };
}
