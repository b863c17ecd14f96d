/** A person at a prompt: commands as one line, their text, their checked JSON, their refusals. */
import assert from 'node:assert/strict';
import { checkOutput } from './check-output.js';
import type { CliOptions, CliResult } from './run-cli.js';
import { runCli } from './run-cli.js';
import type { Person } from './sample-registry.js';

export interface Terminal {
  /** `line` is split at spaces; `more` are words that may hold some. */
  at1(line: string, ...more: readonly string[]): Promise<CliResult>;
  /** Text of a run that must succeed. */
  text(line: string, ...more: readonly string[]): Promise<string>;
  /** Result of a run that must succeed, after its schema `schemas/output/<schema>` was checked. */
  json<T>(schema: string, line: string, ...more: readonly string[]): Promise<T>;
  /** The run fails with this number in text and in JSON; returns its text on standard error. */
  refuses(exit: number, code: string, line: string, ...more: readonly string[]): Promise<string>;
}

export function terminalOf(person: Person, cwd: string | (() => string), options: CliOptions = {}): Terminal {
  const at1 = (line: string, ...more: readonly string[]) =>
    runCli([...line.split(' '), ...more], {
      ...options,
      cwd: typeof cwd === 'string' ? cwd : cwd(),
      env: { ...person.env, ...options.env },
    });
  return {
    at1,
    async text(line, ...more) {
      const { code, stdout, stderr } = await at1(line, ...more);
      assert.equal(code, 0, stderr);
      return stdout;
    },
    async json<T>(schema: string, line: string, ...more: readonly string[]) {
      const { code, json, stdout, stderr } = await at1(line, ...more, '--json');
      assert.deepEqual([code, stderr], [0, ''], stdout);
      checkOutput(schema, json);
      return json as T;
    },
    async refuses(exit, code, line, ...more) {
      const text = await at1(line, ...more);
      assert.deepEqual([text.code, text.stdout], [exit, ''], text.stderr);
      assert.ok(text.stderr.includes(`[${code}]`), text.stderr);
      const { json, ...rest } = await at1(line, ...more, '--json');
      assert.deepEqual([rest.code, rest.stderr], [exit, '']);
      checkOutput('error', json);
      const { error } = json as { error: { code: string; exit: number } };
      assert.deepEqual([error.code, error.exit], [code, exit]);
      return text.stderr;
    },
  };
}
