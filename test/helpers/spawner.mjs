// Runs programs for another process, one at a time, until that closes the pipe of its questions (see `lean-spawn.ts`).
// A message: two u32le, the lengths of a JSON text and of bytes, then both.
import { spawnSync } from 'node:child_process';
import { openSync, readSync, writeSync } from 'node:fs';

const [, , questions, answers] = process.argv;
const input = openSync(questions, 'r');
const output = openSync(answers, 'w');

for (;;) {
  const head = take(8);
  if (head === undefined) break;
  const { command, args, cwd, env } = JSON.parse(take(head.readUInt32LE(0)).toString('utf8'));
  const stdin = take(head.readUInt32LE(4));
  const done = spawnSync(command, args, { cwd, env, input: stdin, maxBuffer: 2 ** 30 });
  const { status, stdout, stderr, error } = done;
  give({ status, stderr: stderr?.toString('utf8') ?? '', error: error?.code }, stdout ?? Buffer.alloc(0));
}

/** Undefined at the end of all questions. */
function take(length) {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const read = readSync(input, bytes, at, length - at, null);
    if (read === 0) return undefined;
    at += read;
  }
  return bytes;
}

function give(said, bytes) {
  const text = Buffer.from(JSON.stringify(said));
  const head = Buffer.alloc(8);
  head.writeUInt32LE(text.length, 0);
  head.writeUInt32LE(bytes.length, 4);
  for (const part of [head, text, bytes]) {
    for (let at = 0; at < part.length; ) at += writeSync(output, part, at);
  }
}
