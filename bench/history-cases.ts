/** A registry with a long history: registering into it, reading all of it anew, verifying all of it. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contender, compete, type Result, ROOT, run, runOperation, type Sample } from './measure.js';

export interface HistoryResults {
  readonly case: string;
  readonly versions: number;
  readonly results: readonly Result[];
}

export interface HistorySize {
  readonly artifacts: number;
  readonly versions: number;
  readonly registrations: number;
}

export async function* historyCases(
  work: string,
  size: HistorySize,
  rounds: number,
  onProgress: (text: string) => void,
): AsyncGenerator<HistoryResults> {
  const home = mkdtempSync(join(work, 'history-'));
  const place = { dir: join(home, 'registry'), home };
  const versions = size.artifacts * size.versions;
  try {
    const began = performance.now();
    // In a process of its own: what this one has held in memory would be counted to those it starts.
    const script = join(import.meta.dirname, 'fixture.ts');
    // One promotion of every artifact.
    const numbers = [size.artifacts, size.versions, size.artifacts].map(String);
    run([process.execPath, '--import', 'tsx', script, place.dir, home, ...numbers], { cwd: ROOT, home });
    onProgress(
      `made ${versions} signed versions and ${size.artifacts} promotions in ${((performance.now() - began) / 1000).toFixed(1)} s`,
    );
    const at = { cwd: place.dir, home };
    const verify = { name: 'at1 verify', run: () => checked(runOperation('verify', place)) };
    const reindex = { name: 'at1 reindex', run: () => plain(runOperation('reindex', place)) };
    const log = { name: 'git log (no check)', run: () => ({ ms: run(['git', 'log', '--format=%H %ct %s'], at).ms }) };
    const fsck = { name: 'git fsck (no signature)', run: () => ({ ms: run(['git', 'fsck', '--strict'], at).ms }) };
    yield { case: 'whole history', versions, results: await compete([verify, reindex, fsck, log], rounds) };
    yield { case: 'one promotion judged', versions, results: await compete(gateAndGit(place, at), rounds) };
    yield { case: `${size.registrations} registrations`, versions, results: await registrations(place, size) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const SAMPLE = 100;

/** A branch with one promotion, as a pull request brings it; beside it what git needs to verify a hundred commits. */
function gateAndGit(place: { dir: string; home: string }, at: { cwd: string; home: string }): Contender[] {
  const about = { ref: 'model/artifact-00000@1.0.0', stage: 'staging' };
  const head = (runOperation('promote', place, about, { pr: true }).result as { branch: string }).branch;
  const gate = () => checked(runOperation('gate', place, { base: 'main', head }));
  const anew = () => {
    for (const folder of [join(place.home, 'state'), join(place.dir, '.at1', 'cache')]) {
      rmSync(folder, { recursive: true, force: true });
    }
    return gate();
  };
  const list = run(['git', 'rev-list', `--max-count=${SAMPLE}`, 'main'], at)
    .stdout.trim()
    .split('\n');
  const known = ['-c', 'gpg.format=ssh', '-c', `gpg.ssh.allowedSignersFile=${join(place.dir, '.at1/allowed_signers')}`];
  const commits = () => ({ ms: run(['git', ...known, 'verify-commit', ...list], at).ms });
  return [
    // Each after the one before: the first leaves nothing of what it found out, the second goes on from that.
    { name: 'at1 gate, fresh machine', run: anew },
    { name: 'at1 gate, once more', run: gate },
    { name: `git verify-commit, ${SAMPLE} commits`, run: commits },
  ];
}

/** Each in a process of its own, as a user does it; beside a signed-off commit of the same file by git. */
async function registrations(place: { dir: string; home: string }, size: HistorySize): Promise<Result[]> {
  const twin = join(place.home, 'twin');
  cpSync(place.dir, twin, { recursive: true });
  let number = 0;
  const fresh = (): string => {
    const path = join(place.home, 'new.txt');
    writeFileSync(path, `registration ${++number}\n`);
    return path;
  };
  const register = {
    name: 'at1 register',
    run: () => plain(runOperation('register', place, { ref: 'data/artifact-00001', paths: [fresh()] })),
  };
  const commit = {
    name: 'git add + commit (unsigned)',
    run: () => {
      const at = { cwd: twin, home: place.home };
      cpSync(fresh(), join(twin, `file-${number}.txt`));
      const add = run(['git', 'add', `file-${number}.txt`], at).ms;
      return { ms: add + run(['git', 'commit', '-q', '-m', 'one file'], at).ms };
    },
  };
  // The first one makes the catalog, which the others find.
  register.run();
  return compete([register, commit], size.registrations);
}

function plain({ result: _, ...sample }: Sample & { readonly result: unknown }): Sample {
  return sample;
}

function checked(done: Sample & { readonly result: unknown }): Sample {
  if (!(done.result as { ok: boolean }).ok) throw new Error('the fixture does not verify');
  return plain(done);
}
