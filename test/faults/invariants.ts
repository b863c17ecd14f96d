/**
 * What must hold after any fault, whatever the command was (numbers as in docs/durability.md): nothing acknowledged is
 * lost, nothing is invalid, the same command works without repair, nothing stays behind.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runGit } from '../helpers/git.js';
import { readFolder } from './folder-image.js';
import { buryHolders, digestOfWorld, filesIn, litterIn, type World, withEmptyTemporaries } from './world.js';
import type { WritingCommand } from './writing-commands.js';

export interface Before {
  readonly versions: readonly string[];
  readonly sources: string;
}

export async function lookBefore(world: World, command: WritingCommand): Promise<Before> {
  return {
    versions: command.creates === true ? [] : await versionsIn(world),
    sources: digestOfFolder(world.sources),
  };
}

/**
 * `acknowledged`: it ended with 0. Ends with the world repaired by the same command alone. `ends` keeps the states after
 * that which were judged already.
 */
export async function assertInvariants(
  world: World,
  command: WritingCommand,
  before: Before,
  acknowledged: boolean,
  ends: Set<string>,
): Promise<void> {
  assert.equal(digestOfFolder(world.sources), before.sources, 'I6: source files are untouched');
  assertNamedByDigest(world);
  assertFsck(world, true);
  const kept = before.versions.filter((ref) => command.removes?.includes(ref) !== true);
  const { adds = [] } = command;
  if (command.creates !== true || acknowledged) {
    await assertNothingInvalid(world);
    const versions = await versionsIn(world);
    assertHolds(versions, kept, 'I1: what was acknowledged before');
    if (acknowledged) assertHolds(versions, adds, 'I1: what was acknowledged now');
  }
  const again = await world.at1(command.argv(world));
  const done = again.code === 0 || again.code === command.again;
  assert.ok(done, `I4: the same command again ends with ${again.code}: ${again.stderr}`);
  buryHolders(world, 'killed');
  const end = digestOfWorld(withEmptyTemporaries(readFolder(world.dir)));
  if (ends.has(end)) return;
  await assertRepaired(world, command, kept);
  ends.add(end);
}

async function assertRepaired(world: World, command: WritingCommand, kept: readonly string[]): Promise<void> {
  const { adds = [], removes = [] } = command;
  await assertVerified(world);
  assertFsck(world);
  assertNamedByDigest(world);
  const after = await versionsIn(world);
  assertHolds(after, [...kept, ...adds], 'I4: after the same command again');
  for (const ref of removes) assert.ok(!after.includes(ref), `I4: ${ref} is still there`);
  const changed = gitSays(world, 'status', '--porcelain').split('\n');
  const staged = changed.filter((row) => row !== '' && !row.includes('.at1-tmp-'));
  // What undoes a command cannot be told again from what a person staged: that is left to doctor.
  if (command.removes === undefined && command.creates === undefined) {
    assert.deepEqual(staged, [], 'I4: git finds the working tree as the commit has it');
  }
  const doctor = await world.at1(['doctor', '--fix']);
  assert.equal(doctor.code, 0, `I7: ${doctor.stdout}${doctor.stderr}`);
  assert.deepEqual(litterIn(world.dir), [], 'I7: doctor --fix leaves no temporary file and no lock of a dead process');
  assert.equal(gitSays(world, 'status', '--porcelain'), '', 'I7: git finds the working tree as the commit has it');
  const said = await stateIn(world);
  rmSync(join(world.registry, '.at1', 'cache'), { recursive: true, force: true });
  assert.deepEqual(await stateIn(world), said, 'I8: the catalog says what history says');
}

async function versionsIn(world: World): Promise<string[]> {
  const listed = await world.at1(['list', '--json']);
  assert.equal(listed.code, 0, listed.stderr);
  return refsOf(listed.json);
}

function refsOf(json: unknown): string[] {
  const { artifacts } = json as { artifacts: readonly Artifact[] };
  return artifacts.flatMap(({ kind, name, versions }) =>
    versions.map(({ version, state }) => `${kind}/${name}@${version}${state === 'effective' ? '' : ` ${state}`}`),
  );
}

interface Artifact {
  readonly kind: string;
  readonly name: string;
  readonly versions: readonly { readonly version: string; readonly state: string }[];
}

async function stateIn(world: World): Promise<unknown> {
  const answers = [];
  for (const argv of [
    ['list', '--json'],
    ['log', '--json'],
    ['policy', 'show', '--json'],
  ]) {
    const { code, json } = await world.at1(argv);
    answers.push({ argv, code, json });
  }
  return answers;
}

async function assertVerified(world: World): Promise<void> {
  const { code, stdout, stderr } = await world.at1(['verify']);
  assert.equal(code, 0, `I3: at1 verify: ${stdout}${stderr}`);
}

/** Working files may stand between two commits: they are named as what they are, and nothing else is. */
async function assertNothingInvalid(world: World): Promise<void> {
  const { json, stdout, stderr } = await world.at1(['verify', '--json']);
  const { findings = [] } = (json ?? {}) as { findings?: readonly { severity: string; code: string }[] };
  const bad = findings.filter(({ severity, code }) => severity === 'error' && code !== 'worktree/differs');
  assert.ok(json !== undefined && bad.length === 0, `I3: at1 verify: ${stdout}${stderr}`);
}

/** What git has said of a state of objects and refs, so that it is asked once. */
const askedGit = new Map<string, string>();

/** `crashed`: a tree nothing refers to may have outlived its attributes, the one thing git reads of such trees. */
function assertFsck(world: World, crashed = false): void {
  const gitDir = join(world.registry, '.git');
  const state = digestOfFolder(gitDir, (path) => /^(?:HEAD$|packed-refs$|refs\/|objects\/|index$|logs\/)/.test(path));
  let said = askedGit.get(state);
  if (said === undefined) {
    const { status, stdout, stderr } = runGit(world.registry, ['fsck', '--strict', '--full', '--no-dangling']);
    said = `${new TextDecoder().decode(stdout)}${stderr}ended with ${status}`;
    askedGit.set(state, said);
  }
  const lines = said.split('\n');
  const harmless = lines.filter((line) => crashed && /^error in blob .*: gitattributesMissing: /.test(line));
  const bad = lines.filter((line) => /error|missing|corrupt|broken|bad/i.test(line) && !harmless.includes(line));
  const ended = harmless.length > 0 || lines.at(-1) === 'ended with 0';
  assert.ok(bad.length === 0 && ended, `I2: git fsck: ${said}`);
}

function assertNamedByDigest(world: World): void {
  const objects = join(world.registry, 'objects');
  for (const path of filesIn(objects)) {
    const name = /([0-9a-f]{64})\.at1$/.exec(path)?.[1];
    if (name === undefined) continue;
    const found = createHash('sha256')
      .update(readFileSync(join(objects, path)))
      .digest('hex');
    assert.equal(found, name, 'I5: an object holds bytes of another name');
  }
}

function assertHolds(versions: readonly string[], expected: readonly string[], what: string): void {
  const missing = expected.filter((ref) => !versions.includes(ref));
  assert.deepEqual(missing, [], what);
}

function gitSays(world: World, ...args: string[]): string {
  const { stdout, stderr } = runGit(world.registry, args);
  return `${new TextDecoder().decode(stdout)}${stderr}`;
}

function digestOfFolder(dir: string, counts: (path: string) => boolean = () => true): string {
  const hash = createHash('sha256');
  for (const path of filesIn(dir).filter(counts)) hash.update(`${path}\0`).update(readFileSync(join(dir, path)));
  return hash.digest('hex');
}
