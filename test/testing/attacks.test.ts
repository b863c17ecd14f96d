/**
 * Every attack against the command line: refused with its code and number, soon, in little memory, and without a trace
 * of it anywhere. The healthy registry passes the same commands, so that none of this can hold by accident.
 */
import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AttackedRegistry,
  attacks,
  buildHealthy,
  type Client,
  HEALTHY_COMMANDS,
  type PlacedRegistry,
  type Refusal,
} from '../../testing/index.js';
import { type CliResult, inProcess, runCli } from '../helpers/run-cli.js';
import { slowness } from '../helpers/slowness.js';
import { memoryDir, useTempDir } from '../helpers/temp-dir.js';
import { timed } from '../helpers/time-limit.js';

/** Of the program as it is (`.ci/run --full`); where coverage is counted, `slowness` times as long. */
const CPU_LIMIT_MS = 2000;
const MEMORY_LIMIT = 512 * 1024 * 1024;
/** Lines of the table about texts that steer a terminal or deceive an eye. */
const STEERING = new Set([21, 54, 86]);
const UNSEEN = /[\0-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u{e0000}-\u{e0fff}]/u;

/** Commands that are meant to change the registry. */
const WRITERS = new Set(['register', 'unregister', 'doctor --fix', 'tag', 'push', 'pull', 'reindex', 'policy', 'init']);

describe('testing: attacked registries', () => {
  const temp = useTempDir('test', memoryDir());

  for (const command of HEALTHY_COMMANDS) {
    it(`the healthy registry passes: at1 ${command.join(' ')}`, async () => {
      const place = await buildHealthy({ dir: temp.at('place') });
      const result = await run(place, command);
      assert.equal(result.code, 0, result.stdout + result.stderr);
    });
  }

  it('lets the healthy registry pass every command of an attack that is about a version of it', async () => {
    const commands = new Map(
      attacks
        .filter(({ id }) => !id.startsWith('argument/'))
        .flatMap(({ refused }) => refused.map(({ command }) => [command.join(' '), command] as const)),
    );
    for (const [text, command] of commands) {
      const place = await buildHealthy({ dir: temp.at(`place ${text.replaceAll('/', ' ')}`) });
      const result = await run(place, [...command, '--json']);
      if (result.code !== 0) assert.deepEqual(codesOf(result.json), ['artifact/not-found'], text + result.stdout);
    }
  });

  it('has an id for each attack, said once, and something that refuses or withstands it', () => {
    assert.equal(new Set(attacks.map(({ id }) => id)).size, attacks.length);
    for (const { id, refused, harmless } of attacks) {
      assert.match(id, /^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.ok(refused.length + harmless.length > 0, id);
    }
  });

  for (const attack of attacks) {
    it(`${attack.refused.length > 0 ? 'refuses' : 'withstands'} ${attack.id}: ${attack.title}`, async () => {
      const dir = temp.at('place');
      const answers: Answer[] = [];
      for (const command of attack.harmless) {
        answers.push({ command, text: await healthyAnswer(attack.client, command, dir) });
      }
      const attacked = await attack.build({ dir });
      writeFileSync(temp.at('beside'), 'not ours');
      for (const answer of answers) {
        if (attack.client === 'fresh') rmSync(join(dir, 'home', 'state'), { recursive: true, force: true });
        await compare(attacked, answer, dir, temp.path);
      }
      for (const refusal of attacked.refused) await check(attacked, refusal, dir, temp.path);
      if (STEERING.has(attack.row ?? 0)) for (const refusal of attacked.refused) await checkText(attacked, refusal);
    });
  }
});

interface Answer {
  readonly command: readonly string[];
  readonly text: string;
}

const healthyAnswers = new Map<string, string>();

/** What the command says in the healthy registry, which is gone again afterwards. */
async function healthyAnswer(client: Client, command: readonly string[], dir: string): Promise<string> {
  const key = [client, ...command].join('\0');
  const known = healthyAnswers.get(key);
  if (known !== undefined) return known;
  const text = answerOf(command, await run(await buildHealthy({ dir, client }), [...command, '--json']), dir);
  rmSync(join(dir, '..'), { recursive: true, force: true });
  mkdirSync(join(dir, '..'));
  assert.match(text, /^0 /);
  healthyAnswers.set(key, text);
  return text;
}

/** What a writer makes has the time of its making in it, so only that it ends well is compared. */
function answerOf(command: readonly string[], { code, stdout }: CliResult, place: string): string {
  return isWriter(command) ? `${code} ` : `${code} ${stdout.replaceAll(join(place, '..'), '')}`;
}

async function compare(attacked: AttackedRegistry, { command, text }: Answer, place: string, around: string) {
  const before = snapshot(around, place, command);
  const result = await measured(() => run(attacked, [...command, '--json']));
  assert.equal(answerOf(command, result, place), text, result.stderr);
  rmSync(join(place, 'out'), { recursive: true, force: true });
  assert.deepEqual(snapshot(around, place, command), before, 'nothing outside is touched');
}

async function check(attacked: AttackedRegistry, refusal: Refusal, place: string, around: string): Promise<void> {
  const { command, code, exit } = refusal;
  const before = snapshot(around, place, command);
  const prototype = Reflect.ownKeys(Object.prototype);
  const result = await measured(() => run(attacked, [...command, '--json']));
  const said = `at1 ${command.join(' ')}\n${result.stdout}${result.stderr}`;

  const codes = codesOf(result.json);
  assert.ok(codes.includes(code), `${code} is not among [${codes.join(', ')}]: ${said}`);
  assert.equal(result.code, exit, said);
  assert.notEqual(result.code, 0);
  assert.deepEqual(Reflect.ownKeys(Object.prototype), prototype);
  assert.deepEqual(snapshot(around, place, command), before, 'a refused command leaves everything as it was');
}

/** What people see: the same number, and nothing in it that moves a cursor, turns text round or hides. */
async function checkText(attacked: AttackedRegistry, { command, exit }: Refusal): Promise<void> {
  const { code, stdout, stderr } = await run(attacked, command);
  assert.equal(code, exit, stdout + stderr);
  assert.doesNotMatch(stdout + stderr, UNSEEN);
  assert.ok(stdout.length + stderr.length > 0);
}

/** What takes too long is done again: a hang is there every time, code that is loaded and compiled only once. */
async function measured<T>(act: () => Promise<T>): Promise<T> {
  const memory = resetPeak();
  const first = await timed(act);
  if (!inProcess) return first.result;
  if (first.ms >= CPU_LIMIT_MS) {
    const { ms } = await timed(act);
    const limit = CPU_LIMIT_MS * (process.env.NODE_V8_COVERAGE === undefined ? 1 : slowness());
    assert.ok(ms < limit, `took ${ms} ms of ${limit}, after ${first.ms} ms the first time`);
  }
  const grown = peak() - memory;
  assert.ok(grown < MEMORY_LIMIT, `took ${grown} bytes of memory`);
  return first.result;
}

function run({ dir, environment }: PlacedRegistry, command: readonly string[]) {
  return runCli(command, { cwd: dir, env: environment });
}

/** Codes of the error, or of the findings that are errors. */
function codesOf(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return [];
  if ('error' in json) return [(json.error as { code: string }).code];
  if (!('findings' in json)) return [];
  const findings = json.findings as readonly { readonly code: string; readonly severity: string }[];
  return findings.filter(({ severity }) => severity === 'error').map((found) => found.code);
}

function isWriter([first = '', second = '']: readonly string[]): boolean {
  return WRITERS.has(first) || WRITERS.has(`${first} ${second}`);
}

/** Everything around the attack: kind, mode and time of change of each entry, but for what may change. */
function snapshot(around: string, place: string, command: readonly string[]): Record<string, string> {
  const writes = isWriter(command);
  const free = [join(place, 'home', 'state'), join(place, 'registry', '.at1', 'cache')];
  if (writes) free.push(join(place, 'registry'));
  const found: Record<string, string> = {};
  const visit = (path: string): void => {
    if (free.includes(path)) return;
    const stat = lstatSync(path, { bigint: true });
    // The time of change cannot be set back; that of a folder changes with what comes and goes in it.
    found[path] = `${stat.mode} ${stat.isDirectory() ? '' : `${stat.ino} ${stat.size} ${stat.ctimeNs}`}`;
    if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
  };
  visit(around);
  return found;
}

/** Linux forgets the peak on request; elsewhere it is that of the whole process, and only growth is seen. */
function resetPeak(): number {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    return peak();
  }
  return process.memoryUsage.rss();
}

function peak(): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return Number(kilobytes) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
