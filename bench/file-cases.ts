/** One file through register, get and verify, each beside what a user would otherwise use, on the same bytes. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CorpusFile } from './corpus.mjs';
import { type Contender, compete, type Result, run, runOperation, runScript } from './measure.js';

export interface FileResults {
  readonly case: string;
  readonly file: string;
  readonly size: number;
  readonly results: readonly Result[];
}

const REF = 'data/sample@1.0.0';
/** xz needs minutes for what is longer: at one or two megabytes a second its speed is known from the shorter ones. */
const XZ_UP_TO = 64 * 1024 * 1024;

export async function* fileCases(work: string, file: CorpusFile, rounds: number): AsyncGenerator<FileResults> {
  const about = { file: file.name, size: file.size };
  const writers = [registering(work, file), gitCommit(work, file)];
  const packers = [packing(work, file, 'zstd', '-3')];
  if (file.size <= XZ_UP_TO) packers.push(packing(work, file, 'xz', '-6'));
  yield { case: 'register', ...about, results: await compete([...writers, ...packers], rounds) };
  const registry = makeRegistry(work);
  try {
    runOperation('register', registry, { ref: REF, paths: [file.path] });
    yield { case: 'get', ...about, results: await compete(readers(work, registry, file), rounds) };
    yield { case: 'verify', ...about, results: await compete(checkers(work, registry, file), rounds) };
  } finally {
    registry.remove();
  }
}

interface Place {
  readonly dir: string;
  readonly home: string;
  readonly remove: () => void;
}

function makePlace(work: string): Place {
  const home = mkdtempSync(join(work, 'run-'));
  const dir = join(home, 'registry');
  mkdirSync(dir);
  return { dir, home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

function makeRegistry(work: string): Place {
  const place = makePlace(work);
  runOperation('init', place);
  return place;
}

function registering(work: string, file: CorpusFile): Contender {
  return {
    name: 'at1 register',
    run: () => {
      const place = makeRegistry(work);
      try {
        const { result, ...sample } = runOperation('register', place, { ref: REF, paths: [file.path] });
        return { ...sample, size: (result as { stored: number }).stored };
      } finally {
        place.remove();
      }
    },
  };
}

function gitCommit(work: string, file: CorpusFile): Contender {
  return {
    name: 'git add + commit',
    run: () => {
      const { dir, home, remove } = makePlace(work);
      const at = { cwd: dir, home };
      try {
        run(['git', 'init', '-q'], at);
        copyFileSync(file.path, join(dir, 'file'));
        const ms = run(['git', 'add', 'file'], at).ms + run(['git', 'commit', '-q', '-m', 'one file'], at).ms;
        return { ms, size: bytesBelow(join(dir, '.git', 'objects')) };
      } finally {
        remove();
      }
    },
  };
}

function packing(work: string, file: CorpusFile, program: 'xz' | 'zstd', level: string): Contender {
  return {
    name: `${program} ${level}`,
    run: () => {
      const { dir, home, remove } = makePlace(work);
      try {
        copyFileSync(file.path, join(dir, 'file'));
        const { ms } = run([program, '-q', '-k', level, 'file'], { cwd: dir, home });
        return { ms, size: statSync(join(dir, program === 'xz' ? 'file.xz' : 'file.zst')).size };
      } finally {
        remove();
      }
    },
  };
}

function readers(work: string, registry: Place, file: CorpusFile): Contender[] {
  const other = makePlace(work);
  const at = { cwd: other.dir, home: other.home };
  run(['git', 'init', '-q'], at);
  copyFileSync(file.path, join(other.dir, 'file'));
  run(['git', 'add', 'file'], at);
  const out = join(registry.home, 'out');
  const get: Contender = {
    name: 'at1 get',
    run: () => {
      rmSync(out, { force: true });
      const { result: _, ...sample } = runOperation('get', registry, { ref: REF, out });
      return sample;
    },
  };
  const checkout: Contender = {
    name: 'git checkout',
    run: () => {
      rmSync(join(other.dir, 'file'));
      return { ms: run(['git', 'checkout', '-q', '--', 'file'], at).ms };
    },
  };
  return [get, checkout];
}

function checkers(work: string, registry: Place, file: CorpusFile): Contender[] {
  const verify: Contender = {
    name: 'at1 verify',
    run: () => {
      const { result, ...sample } = runOperation('verify', registry);
      if (!(result as { ok: boolean }).ok) throw new Error('the registry does not verify');
      return sample;
    },
  };
  const sha256: Contender = {
    name: 'sha256 (node:crypto)',
    run: () => {
      const { result: _, ...sample } = runScript('sha256.mjs', [file.path], work);
      return sample;
    },
  };
  return [verify, sha256];
}

function bytesBelow(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => statSync(join(folder, name))).filter((stat) => stat.isFile());
  return files.reduce((sum, stat) => sum + stat.size, 0);
}
