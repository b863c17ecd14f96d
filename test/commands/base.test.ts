/** Conventions every command inherits: errors, exit numbers, output, streams. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { Args, Flags } from '@oclif/core';
import { At1Command, bareConfig } from '../../commands/base.js';
import { type CliIo, createEnvironment } from '../../commands/environment.js';
import { EXIT_CODES, EXIT_MEANINGS, exitOfFindings } from '../../commands/exit-codes.js';
import { COMMANDS, loadCommand, TOPICS } from '../../commands/index.js';
import { At1Error } from '../../src/index.js';
import { checkOutput } from '../helpers/check-output.js';
import { isolatedHome, runCli } from '../helpers/run-cli.js';

type Action = (command: Probe) => unknown;

let action: Action = () => ({});

/** A command of the tests: it does what each test says. */
class Probe extends At1Command {
  static override summary = 'Do what a test says.';
  static override args = {
    ref: Args.string({ description: 'a reference' }),
  };
  static override flags = {
    size: Flags.integer({ summary: 'A number.' }),
    kind: Flags.option({ options: ['model', 'data'] as const })({ summary: 'A kind.' }),
    reason: Flags.string({ dependsOn: ['kind'] }),
    even: Flags.string({
      parse: async (text) => {
        throw new At1Error('usage/version', { message: `"${text}" is no version`, hint: 'write 1.2.0' });
      },
    }),
  };

  async run(): Promise<object> {
    const { args } = await this.parse(Probe);
    const result = await action(this);
    return typeof result === 'object' && result !== null ? result : { ref: args.ref ?? null };
  }
}

class Sink extends Writable {
  text = '';
  isTTY = false;
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

async function probe(argv: string[], doing: Action, io: Partial<CliIo> & { readonly terminal?: boolean } = {}) {
  action = doing;
  const stdout = new Sink();
  const stderr = new Sink();
  stdout.isTTY = stderr.isTTY = io.terminal === true;
  const stdin = io.stdin ?? Readable.from([]);
  const environment = createEnvironment({ env: {}, cwd: '/nowhere', ...io, stdout, stderr, stdin });
  const command = new Probe(argv, bareConfig());
  command.id = 'probe';
  const code = await command.execute(environment);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

function fail(error: unknown): Action {
  return () => {
    throw error;
  };
}

const systemError = (code: string) => Object.assign(new Error(`${code}: …`), { code, syscall: 'open', path: '/r/x' });

describe('a command that fails', () => {
  it('prints one error line with the code, then facts, then the hint', async () => {
    const error = new At1Error('file/digest-mismatch', {
      message: 'file does not match its digest',
      facts: { path: 'model.bin', expected: 'sha256:aa', found: 'sha256:bb', unknown: null, many: ['a', 'b'] },
      hint: 'fetch it again',
    });
    const { code, stdout, stderr } = await probe([], fail(error));
    assert.equal(code, 20);
    assert.equal(stdout, '');
    assert.deepEqual(stderr.split('\n'), [
      'error: file does not match its digest [file/digest-mismatch]',
      '  path: model.bin',
      '  expected: sha256:aa',
      '  found: sha256:bb',
      '  many: a, b',
      'hint: fetch it again',
      '',
    ]);
  });

  it('prints one JSON object and nothing else under --json', async () => {
    const error = new At1Error('key/none', { message: 'no key', facts: { looked: ['a'] } });
    const { code, stdout, stderr } = await probe(['--json'], fail(error));
    assert.equal(code, 14);
    assert.equal(stderr, '');
    const expected = { code: 'key/none', message: 'no key', hint: null, facts: { looked: ['a'] }, exit: 14 };
    assert.deepEqual(JSON.parse(stdout), { error: expected });
    checkOutput('error', JSON.parse(stdout));
  });

  it('exits with the same number in text and JSON, for every code there is', async () => {
    for (const [name, number] of Object.entries(EXIT_CODES)) {
      const error = new At1Error(name as keyof typeof EXIT_CODES, { message: 'x' });
      const text = await probe([], fail(error));
      const json = await probe(['--json'], fail(error));
      assert.equal(text.code, number, name);
      assert.equal(json.code, number, name);
      assert.ok(EXIT_MEANINGS[number] !== undefined, `exit ${number} of ${name} has a meaning`);
      assert.notEqual(number, 0, `${name} never means success`);
    }
  });

  it('maps what the file system says to codes of ours', async () => {
    for (const [errno, expected, number] of [
      ['ENOSPC', 'io/full', 15],
      ['EDQUOT', 'io/full', 15],
      ['EROFS', 'io/read-only', 15],
      ['EACCES', 'io/read-only', 15],
      ['EIO', 'io/failed', 15],
    ] as const) {
      const { code, stdout } = await probe(['--json'], fail(systemError(errno)));
      assert.equal(code, number);
      assert.equal(JSON.parse(stdout).error.code, expected);
      assert.equal(JSON.parse(stdout).error.facts.path, '/r/x');
    }
  });

  it('calls anything else unexpected, with exit 1, and shows a stack only with AT1_DEBUG=1', async () => {
    const quiet = await probe([], fail(new TypeError('boom')));
    assert.equal(quiet.code, 1);
    assert.match(quiet.stderr, /^error: unexpected failure: boom \[internal\/unexpected\]\nhint: .*\n$/);
    const debug = await probe([], fail(new TypeError('boom')), { env: { AT1_DEBUG: '1' } });
    assert.match(debug.stderr, /TypeError: boom\n\s+at /);
    const thrown = await probe(['--json'], fail('just text'));
    assert.equal(JSON.parse(thrown.stdout).error.code, 'internal/unexpected');
  });

  it('says nothing when the reader of the output went away', async () => {
    const { code, stdout, stderr } = await probe([], fail(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })));
    assert.deepEqual({ code, stdout, stderr }, { code: 141, stdout: '', stderr: '' });
  });

  it('says nothing and exits with 130 after an interrupt', async () => {
    const signal = AbortSignal.abort();
    const { code, stderr } = await probe([], fail(new Error('stopped')), { signal });
    assert.deepEqual({ code, stderr }, { code: 130, stderr: '' });
  });

  it('keeps a result and an exit number together', async () => {
    const { code, stdout } = await probe(['--json'], (command) => {
      command.exitWith(exitOfFindings([{ code: 'signature/invalid', severity: 'error' }]));
      return { ok: false };
    });
    assert.deepEqual({ code, result: JSON.parse(stdout) }, { code: 21, result: { ok: false } });
  });
});

describe('wrong use of a command', () => {
  const cases: readonly [string, string[], RegExp][] = [
    [
      'an unknown flag',
      ['--sise', '3'],
      /^error: unknown flag --sise \[usage\/invalid\]\nhint: did you mean --size\? see `at1 help probe`\n$/,
    ],
    [
      'an extra argument',
      ['a', 'b'],
      /^error: unexpected argument: b \[usage\/invalid\]\nhint: see `at1 help probe`\n$/,
    ],
    ['a value that is no number', ['--size', 'big'], /^error: --size: .*big.* \[usage\/invalid\]\n/],
    ['a value that is not among the options', ['--kind', 'modell'], /^error: .*model, data.* \[usage\/invalid\]\n/],
    ['a missing value', ['--size'], /^error: flag --size expects a value \[usage\/invalid\]\n/],
    ['a flag that needs another', ['--reason', 'x'], /^error: .*--kind.* \[usage\/invalid\]\n/],
    [
      'a value our own parser refuses',
      ['--even', 'v1'],
      /^error: --even: "v1" is no version \[usage\/version\]\nhint: write 1.2.0\n$/,
    ],
  ];
  for (const [name, argv, expected] of cases) {
    it(`answers ${name} with one line, a hint and exit 2, in JSON too`, async () => {
      const text = await probe(argv, () => ({}));
      assert.match(text.stderr, expected);
      assert.equal(text.stdout, '');
      assert.equal(text.code, 2);
      const json = await probe([...argv, '--json'], () => ({}));
      assert.equal(json.code, 2);
      assert.equal(json.stderr, '');
      const { error } = JSON.parse(json.stdout);
      assert.deepEqual(Object.keys(error), ['code', 'message', 'hint', 'facts', 'exit']);
      checkOutput('error', { error });
    });
  }

  it('never takes a missing argument from standard input', async () => {
    const { stdout } = await probe(['--json'], () => undefined, { stdin: Readable.from(['surprise\n']) });
    assert.deepEqual(JSON.parse(stdout), { ref: null });
  });

  it('takes --json after -- for an argument, not for the flag', async () => {
    const { stdout } = await probe(['--', '--json'], (command) => {
      command.log('text');
    });
    assert.equal(stdout, 'text\n');
  });
});

describe('what a command prints', () => {
  it('writes control and direction characters as escapes', async () => {
    const { stdout } = await probe([], (command) => {
      command.log('a\u001b[31mred\u0007\nnext: lie\u202Egnp.exe\u2066\u{E0041}');
    });
    assert.equal(stdout, 'a\\x1b[31mred\\x07\\nnext: lie\\u{202e}gnp.exe\\u{2066}\\u{e0041}\n');
  });

  it('escapes them in errors, in facts and in hints', async () => {
    const error = new At1Error('usage/path', { message: 'a\rb', facts: { path: '\u001b[2J' }, hint: '\u009b1m' });
    const { stderr } = await probe([], fail(error));
    assert.equal(stderr, 'error: a\\rb [usage/path]\n  path: \\x1b[2J\nhint: \\x9b1m\n');
  });

  it('colours only on a terminal, and only what the program itself coloured', async () => {
    const print: Action = (command) => {
      command.log(`${command.paint.green('good')} \u001b[32mspoof\u001b[39m \u{FDD0}:32\u{FDD1}`);
    };
    const plain = await probe([], print);
    assert.equal(plain.stdout, 'good \\x1b[32mspoof\\x1b[39m \\u{fdd0}:32\\u{fdd1}\n');
    const coloured = await probe([], print, { terminal: true });
    assert.ok(coloured.stdout.startsWith('\u001b[32mgood\u001b[39m \\x1b[32mspoof'));
    const refused = await probe([], print, { terminal: true, env: { NO_COLOR: '1' } });
    assert.equal(refused.stdout, plain.stdout);
  });

  it('prints text or JSON, never both, and no remarks under --quiet', async () => {
    const print: Action = (command) => {
      command.log('result');
      command.note('remark');
      command.next('at1 push');
    };
    const text = await probe([], print);
    assert.deepEqual([text.stdout, text.stderr], ['result\nnext: at1 push\n', 'remark\n']);
    const quiet = await probe(['--quiet'], print);
    assert.deepEqual([quiet.stdout, quiet.stderr], ['result\n', '']);
    const json = await probe(['--json'], print);
    assert.deepEqual([JSON.parse(json.stdout), json.stderr], [{ ref: null }, '']);
  });

  it('looks for the registry where the flag, the variable or the current folder says, in this order', async () => {
    const found: string[] = [];
    const look: Action = (command) => found.push(command.registryDir);
    await probe(['--registry', 'a'], look, { env: { AT1_REGISTRY: 'b' } });
    await probe([], look, { env: { AT1_REGISTRY: 'b' } });
    await probe([], look);
    assert.deepEqual(found, ['/nowhere/a', '/nowhere/b', '/nowhere']);
  });
});

describe('the command line', () => {
  it('answers an unknown command with a guess and exit 2', async () => {
    const { code, stderr, stdout } = await runCli(['hlep']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, 'error: unknown command "hlep" [usage/invalid]\nhint: did you mean `at1 help`?\n');
    const json = await runCli(['--json', 'hlep']);
    assert.equal(json.code, 2);
    checkOutput('error', json.json);
  });

  it('does not take names of object properties for commands', async () => {
    for (const word of ['constructor', '__proto__', 'toString']) assert.equal((await runCli([word])).code, 2);
  });

  it('prints its version', async () => {
    const { code, stdout } = await runCli(['--version']);
    assert.equal(code, 0);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('prints its version as one JSON document too, wherever --json stands', async () => {
    const { stdout: plain } = await runCli(['--version']);
    for (const argv of [
      ['--version', '--json'],
      ['--json', '--version'],
      ['-V', '--json', '-q'],
    ]) {
      const { code, json, stderr } = await runCli(argv);
      assert.deepEqual([code, stderr], [0, '']);
      checkOutput('version', json);
      assert.deepEqual(json, { version: plain.trim() });
    }
    assert.deepEqual(await runCli(['--version', '--quiet']), await runCli(['--version']));
    for (const more of ['extra', '--jsonn', '--json=no']) {
      const { code, stdout } = await runCli(['--version', more]);
      assert.equal(code, 2);
      assert.ok(!stdout.startsWith(plain), 'a word that means nothing here is refused');
    }
  });

  it('prints help in the same words for `help`, `--help` and a topic', async () => {
    const { stdout, code } = await runCli(['help']);
    assert.equal(code, 0);
    assert.equal((await runCli([])).stdout, stdout);
    assert.equal((await runCli(['--help'])).stdout, stdout);
    assert.equal((await runCli(['help', '--help'])).stdout, (await runCli(['help', 'help'])).stdout);
    assert.equal((await runCli(['help', 'nothing-like-it'])).code, 2);
    checkOutput('help', (await runCli(['help', '--json'])).json);
  });

  it('gives every command a summary, a description and two examples that name it', async () => {
    for (const name of Object.keys(COMMANDS)) {
      const command = await loadCommand(name);
      assert.match(command?.summary ?? '', /^[A-Z][^\n]*\.$/, `${name}: summary is one sentence`);
      assert.ok((command?.description ?? '') !== '', `${name}: description`);
      const examples = command?.examples ?? [];
      assert.ok(examples.length >= 2, `${name}: two examples`);
      for (const example of examples) {
        const text = typeof example === 'string' ? example : example.command;
        assert.ok(text.includes(`at1 ${name}`), `${name}: example "${text}"`);
      }
      const help = await runCli(['help', ...name.split(' ')]);
      assert.equal(help.code, 0, name);
      assert.ok(!help.stdout.includes('undefined'), `${name}: help without holes`);
      for (const line of help.stdout.split('\n')) assert.ok(line.length <= 120, `${name}: "${line}"`);
    }
  });

  it('names topics for all grouped commands', () => {
    for (const name of Object.keys(COMMANDS)) {
      const [topic, second] = name.split(' ');
      if (second !== undefined) assert.ok(Object.hasOwn(TOPICS, topic ?? ''), `${name} has no topic text`);
    }
  });

  it('ends quietly when its output is cut off', async () => {
    const home = isolatedHome();
    // From the project's folder, where the loader is found by its name.
    const cwd = join(import.meta.dirname, '../..');
    const child = spawn(process.execPath, ['--import', 'tsx', 'bin/dev.ts', 'help'], { cwd, env: { ...home.env } });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    const [code] = await once(child, 'close');
    home.remove();
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  });
});

describe('exit number of findings', () => {
  it('counts errors only and takes the worst in the documented order', () => {
    const error = (code: keyof typeof EXIT_CODES) => ({ code, severity: 'error' as const });
    assert.equal(exitOfFindings([]), 0);
    assert.equal(exitOfFindings([{ code: 'container/malformed', severity: 'warning' }]), 0);
    assert.equal(exitOfFindings([error('object/missing'), error('document/schema')]), 23);
    assert.equal(exitOfFindings([error('policy/denied'), error('signature/invalid')]), 21);
    assert.equal(exitOfFindings([error('signature/invalid'), error('history/rewound')]), 24);
    assert.equal(exitOfFindings([error('history/rewound'), error('container/malformed')]), 20);
    assert.equal(exitOfFindings([error('key/weak')]), 14);
  });
});
