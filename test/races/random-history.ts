/**
 * Eight clients in three clones of one remote, four of them in one working tree, that do what a seed tells them, and
 * are killed at times. What each client asks for depends on the seed alone; what it is told, on the race.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addPrincipal, generateKey, list, openRegistry, pull, push } from '../../src/index.js';
import { makePerson, makeTeam, type Person, put } from '../e2e/people.js';
import type { HistoryEvent } from './check-history.js';
import type { Answer, Operation } from './client.js';
import { type Client, endAll, pause, startClient } from './clients.js';

export interface Tree {
  readonly name: string;
  readonly person: Person;
  readonly dir: string;
}

export interface RandomHistory {
  readonly bare: string;
  readonly trees: readonly Tree[];
  readonly events: readonly HistoryEvent[];
  readonly kills: number;
}

const CLIENTS = [0, 0, 0, 0, 1, 1, 2, 2];
const KILLED = 0.06;
/** What two clients want at once is contended; what nobody else wants has to work. */
const SHARED_VERSIONS = 12;
const OPERATIONS: readonly (readonly [weight: number, op: Operation['op']])[] = [
  [34, 'register'],
  [14, 'get'],
  [14, 'list'],
  [8, 'unregister'],
  [10, 'push'],
  [9, 'pull'],
  [5, 'tag'],
  [3, 'verify'],
  [3, 'reindex'],
];

/** More than a history of any scale leaves to be taken back: to go on for ever would be a defect. */
const SETTLING = 200;
/** As often as others may hold the index when git wants it. */
const ABORTS = 200;

class Runner {
  readonly events: HistoryEvent[] = [];
  kills = 0;
  #clock = 0;
  readonly #variants: readonly { readonly path: string; readonly content: string }[];
  readonly #clients = new Set<Client>();
  readonly #rebasing = new Map<string, Promise<unknown>>();

  constructor(dir: string) {
    this.#variants = [0, 100, 70_000].map((size, i) => {
      const path = put(join(dir, 'files', `${i}.bin`), `${i}`.repeat(size));
      return { path, content: `sha256:${createHash('sha256').update(readFileSync(path)).digest('hex')}` };
    });
  }

  /** Whoever still lives after a failure would keep the test from ending. */
  async end(): Promise<void> {
    await endAll(this.#clients);
  }

  #start(person: Person): Client {
    const client = startClient(person);
    this.#clients.add(client);
    return client;
  }

  async run(number: number, tree: Tree, count: number, random: () => number): Promise<void> {
    let client = this.#start(tree.person);
    for (let i = 0; i < count; i++) {
      const operation = this.#choose(number, tree, i, random);
      const killAfter = random() < KILLED ? random() * 150 : undefined;
      const answer = await this.#ask(number, tree, client, operation, killAfter);
      if (answer === undefined) {
        await client.ended;
        client = this.#start(tree.person);
        this.kills++;
      } else if (answer.code === 'remote/outdated') await this.#rebase(number, tree, client);
    }
    await client.signal('SIGKILL');
  }

  /** What was there before the first client came. */
  begin(tree: Tree, ref: string, content: string): void {
    const answer: Answer = { ref, state: 'registered', versions: [[ref, content]] };
    const operation: Operation = { op: 'register', ref, path: '' };
    this.events.push({ client: 9, tree: tree.name, operation, content, began: 0, ended: 0, answer });
  }

  /** Until nothing is left to send or to get; then looks at what each tree holds. */
  async settle(trees: readonly Tree[]): Promise<void> {
    const clients = trees.map((tree) => ({ tree, client: this.#start(tree.person) }));
    // What a killed one left in the working tree is in git's way until the same command is given again.
    for (const { tree, operation } of this.events.filter(({ answer }) => answer === undefined)) {
      const own = clients.find((one) => one.tree.name === tree);
      if (own !== undefined && operation.op === 'register') await this.#ask(8, own.tree, own.client, operation);
    }
    // Twice: the first may have to get what the last has sent.
    for (const { tree, client } of [...clients, ...clients]) {
      // Each attempt takes back one version that conflicts, and there may be as many as were registered.
      let answer: Answer | undefined;
      for (let attempt = 0; attempt < SETTLING; attempt++) {
        await this.#ask(8, tree, client, { op: 'pull' });
        answer = await this.#ask(8, tree, client, { op: 'push' });
        if (answer?.code === undefined) break;
        // A kill may have left files missing, and git does not rebase over those.
        await this.#ask(8, tree, client, { op: 'mend' });
        // What a rebase beside several at1 left staged: git says `commit or stash them`, and what counts is committed.
        if (this.#lastRebase()?.answer?.message?.includes('stash') === true)
          await git(tree.person, tree.dir, 'stash', '-q');
        await this.#rebase(8, tree, client);
      }
      const last = this.#lastRebase();
      if (answer?.code !== undefined)
        throw new Error(`${tree.name} does not settle: ${JSON.stringify({ answer, last })}`);
    }
    for (const { tree, client } of clients) {
      // I7 of docs/durability.md: what kills left is gone after the same command and `at1 doctor --fix`.
      await this.#ask(9, tree, client, { op: 'mend' });
      await this.#ask(9, tree, client, { op: 'verify' });
      await this.#ask(9, tree, client, { op: 'list' });
      await client.signal('SIGKILL');
    }
  }

  #lastRebase(): HistoryEvent | undefined {
    return this.events.findLast(({ operation }) => operation.op === 'rebase');
  }

  async #ask(
    number: number,
    tree: Tree,
    client: Client,
    operation: Operation,
    killAfter?: number,
  ): Promise<Answer | undefined> {
    await client.ready;
    const began = ++this.#clock;
    const asked = client.ask(tree.dir, operation);
    if (killAfter !== undefined) {
      await Promise.race([asked, pause(killAfter)]);
      client.process.kill('SIGKILL');
    }
    const answer = await asked;
    const content = this.#variants.find(({ path }) => operation.op === 'register' && path === operation.path)?.content;
    const event = { client: number, tree: tree.name, operation, began, ended: ++this.#clock, answer };
    this.events.push(content === undefined ? event : { ...event, content });
    return answer;
  }

  /** What at1 tells people to do where both sides have commits; a version that conflicts is taken back. One at a time. */
  async #rebase(number: number, tree: Tree, client: Client): Promise<void> {
    const before = this.#rebasing.get(tree.name);
    const turn = (before ?? Promise.resolve()).then(() => this.#rebaseNow(number, tree));
    this.#rebasing.set(tree.name, turn);
    for (const ref of await turn) await this.#ask(number, tree, client, { op: 'unregister', ref });
  }

  async #rebaseNow(client: number, tree: Tree): Promise<string[]> {
    const began = ++this.#clock;
    const { person, dir } = tree;
    const done = await git(person, dir, 'pull', '-q', '--rebase', 'origin', 'main');
    moveAway(dir, done.said);
    let conflicts: string[] = [];
    if (done.code !== 0 && existsSync(join(dir, '.git', 'rebase-merge'))) {
      const { out } = await git(person, dir, 'diff', '--name-only', '--diff-filter=U');
      conflicts = out.split('\n').filter((path) => path.endsWith('.toml'));
      // Whoever holds the index for a moment makes git give up in the middle, of going back too.
      for (let attempt = 1; existsSync(join(dir, '.git', 'rebase-merge')); attempt++) {
        const { said } = await git(person, dir, 'rebase', '--abort');
        moveAway(dir, said);
        if (attempt > ABORTS) throw new Error(`git cannot go back: ${said}`);
      }
      // It goes back to where the branch was when the rebase began, and drops what at1 put there before HEAD was detached.
      await git(person, dir, 'merge', '-q', '--ff-only', 'main@{1}');
    }
    const answer = { state: String(done.code), message: done.said };
    this.events.push({ client, tree: tree.name, operation: { op: 'rebase' }, began, ended: ++this.#clock, answer });
    return conflicts.map((path) => path.replace(/\/([^/]*)\.toml$/, '@$1'));
  }

  #choose(number: number, tree: Tree, step: number, random: () => number): Operation {
    const op = pick(OPERATIONS, random);
    const path = this.#variants[Math.floor(random() * this.#variants.length)]?.path ?? '';
    const shared = `model/shared@1.0.${Math.floor(random() * SHARED_VERSIONS)}`;
    const own = (at: number) => `model/own-${number}@1.0.${at}`;
    const which = random();
    switch (op) {
      case 'register':
        return { op, ref: which < 0.4 ? shared : which < 0.7 ? `model/next-${tree.name}` : own(step), path };
      case 'get':
      case 'unregister':
        return { op, ref: which < 0.6 ? shared : own(Math.floor(random() * (step + 1))) };
      default:
        return { op };
    }
  }
}

export async function runRandomHistory(dir: string, seed: number, operations: number): Promise<RandomHistory> {
  const { bare, trees } = await makeTrees(dir);
  const runner = new Runner(dir);
  const [base] = (await list(await openRegistry({ dir: (trees[0] as Tree).dir }))).artifacts;
  for (const tree of trees) runner.begin(tree, 'model/base@1.0.0', base?.versions[0]?.content ?? '');
  try {
    await Promise.all(
      CLIENTS.map((tree, i) =>
        runner.run(i, trees[tree] as Tree, Math.ceil(operations / CLIENTS.length), randomOf(seed * 64 + i)),
      ),
    );
    await runner.settle(trees);
  } finally {
    await runner.end();
  }
  return { bare, trees, events: runner.events, kills: runner.kills };
}

async function makeTrees(dir: string): Promise<{ bare: string; trees: Tree[] }> {
  const { bare, ana, ben, anas, bens } = await makeTeam(dir);
  const cem = makePerson(dir, 'cem');
  const { public: key } = await generateKey({ environment: cem.environment });
  await addPrincipal(await ana.open(anas), { name: 'cem', key });
  await push(await ana.open(anas));
  await pull(await ben.open(bens));
  const cems = join(dir, 'of cem');
  cem.git(dir, 'clone', '-q', bare, cems);
  const trees = [
    { name: 'a', person: ana, dir: anas },
    { name: 'b', person: ben, dir: bens },
    { name: 'c', person: cem, dir: cems },
  ];
  for (const { person, dir: place } of trees) person.git(place, 'config', 'gc.auto', '0');
  return { bare, trees };
}

/**
 * What git asks for: `Please move or remove them`. Whoever starts a rebase where others register in the same tree may find
 * their files in its way, which are copies of what is committed or not registered yet.
 */
function moveAway(dir: string, said: string): void {
  if (!said.includes('untracked working tree files would be overwritten')) return;
  for (const [, path = ''] of said.matchAll(/^\t(.+)$/gm)) rmSync(join(dir, path), { force: true });
}

/** Not the synchronous one: the others go on meanwhile. */
function git(person: Person, cwd: string, ...args: string[]): Promise<{ code: number; out: string; said: string }> {
  return new Promise((resolve) => {
    execFile('git', args, { cwd, env: { ...person.variables } }, (error, out, said) => {
      resolve({ code: error === null ? 0 : 1, out, said });
    });
  });
}

function pick<T>(weighted: readonly (readonly [number, T])[], random: () => number): T {
  let at = random() * weighted.reduce((sum, [weight]) => sum + weight, 0);
  const found = weighted.find(([weight]) => {
    at -= weight;
    return at < 0;
  });
  return (found ?? (weighted[0] as readonly [number, T]))[1];
}

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
