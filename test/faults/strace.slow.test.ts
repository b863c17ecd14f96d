/** The system's own record of a run (strace) beside what was announced: no change of a registry passes unannounced. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundled } from '../helpers/bundle.js';
import { makePerson } from '../helpers/sample-registry.js';
import { copyWorld, makeWorld, roomyTempDir, type World } from './world.js';
import { WRITING_COMMANDS } from './writing-commands.js';

const CALLS =
  'open,openat,creat,write,writev,pwrite64,pwritev,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,' +
  'unlinkat,mkdir,mkdirat,rmdir,truncate,ftruncate,fsync,fdatasync,sync_file_range,mknod,mknodat,fallocate';
const TRACED = WRITING_COMMANDS.filter(({ throughGit }) => throughGit !== true);

describe('strace', () => {
  let dir: string;
  let template: World;

  before(async function () {
    // Only Linux has it; there .ci/run --full installs it.
    if (spawnSync('strace', ['-V']).status !== 0) this.skip();
    dir = roomyTempDir();
    template = await makeWorld(join(dir, 'template'));
  });

  after(() => rmSync(dir, { recursive: true, force: true }));

  for (const command of TRACED) {
    it(`sees nothing of '${command.name}' that was not announced`, async () => {
      const world = copyWorld(template, join(dir, 'world'));
      await command.prepare?.(world);
      const [traces, list] = [join(dir, 'traces'), join(dir, 'list')];
      rmSync(traces, { recursive: true, force: true });
      rmSync(list, { force: true });
      mkdirSync(traces);
      const program = bundled(join(import.meta.dirname, 'faulty-at1.ts'));
      const node = [process.execPath, program, ...command.argv(world)];
      const args = ['-ff', '-y', '-qq', '-e', `trace=${CALLS}`, '-o', join(traces, 't'), ...node];
      const env = { ...makePerson(join(world.dir, 'home'), 'ana').env, AT1_TRACE: list };
      const { status, stderr } = spawnSync('strace', args, { cwd: world.registry, env });
      assert.equal(status, 0, stderr.toString());
      const seen = readdirSync(traces)
        .flatMap((name) => readFileSync(join(traces, name), 'utf8').split('\n'))
        .flatMap((line) => changeIn(line, world.registry))
        .filter((change) => change.split('\t')[1]?.startsWith(`${world.dir}/`));
      const announced = readFileSync(list, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^open\t/, 'create\t'));
      assert.ok(seen.length >= 5, `${seen.length} calls`);
      const [left, extra] = [[...announced], [] as string[]];
      for (const change of seen) {
        const at = left.indexOf(change);
        if (at >= 0) left.splice(at, 1);
        else extra.push(change);
      }
      assert.deepEqual(extra, [], 'seen by the system, but not announced');
      // The modes of files are no content; everything else that was announced has happened.
      assert.deepEqual(
        left.filter((change) => !change.startsWith('chmod\t')),
        [],
        'announced, but not seen by the system',
      );
    }).timeout(0);
  }
});

/** `kind<tab>path` of a successful call that changes something; paths of files that are open come in angle brackets. */
function changeIn(line: string, cwd: string): string[] {
  const call = /^(\w+)\((.*)\) += (-?\d+)/.exec(line);
  if (call === null || call[3]?.startsWith('-') === true) return [];
  const [, name = '', args = ''] = call;
  const opened = /^\d+<([^>]*)>/.exec(args)?.[1] ?? '';
  const named = [...args.matchAll(/(?:AT_FDCWD<([^>]*)>, )?"((?:[^"\\]|\\.)*)"/g)].map(([, at = cwd, path = '']) =>
    resolve(at, path.replace(/\\(.)/g, '$1')),
  );
  if (/^(?:p?writev?|pwrite64)$/.test(name)) return [`write\t${opened}`];
  if (/^fd?a?t?a?sync$/.test(name)) return [`sync\t${opened}`];
  if (name === 'ftruncate') return [`truncate\t${opened}`];
  if (/^open|^creat/.test(name)) {
    return /O_CREAT|O_WRONLY|O_RDWR/.test(args) || name === 'creat' ? [`create\t${named[0]}`] : [];
  }
  if (/^rename/.test(name)) return [`rename\t${named[1]}`];
  if (/^link/.test(name)) return [`link\t${named[1]}`];
  if (/^unlink/.test(name)) return [`${args.includes('AT_REMOVEDIR') ? 'rmdir' : 'unlink'}\t${named[0]}`];
  if (/^mkdir/.test(name)) return [`mkdir\t${named[0]}`];
  return [`${name}\t${named[0] ?? opened}`];
}
