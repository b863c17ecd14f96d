/** The same weights packed and registered by one thread and by two, in turn. */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CorpusFile } from './corpus.mjs';
import type { FileResults } from './file-cases.js';
import { type Contender, compete, runOperation, type Sample } from './measure.js';

const THREADS = [2, 1];

export async function* threadCases(work: string, file: CorpusFile, rounds: number): AsyncGenerator<FileResults> {
  const about = { file: file.name, size: file.size };
  const contenders = (run: (place: Place, threads: number) => Sample): Contender[] =>
    THREADS.map((threads) => ({
      name: `threads ${threads}`,
      run: () => inPlace(work, (place) => run(place, threads)),
    }));
  const packing = contenders((place, threads) => {
    const out = join(place.home, 'packed.at1');
    const { result: _, ...sample } = runOperation('pack', place, { path: file.path, out, threads });
    return { ...sample, size: statSync(out).size };
  });
  yield { case: 'pack', ...about, results: await compete(packing, rounds) };
  const registering = contenders((place, threads) => {
    runOperation('init', place);
    const request = { ref: 'model/sample@1.0.0', paths: [file.path] };
    const { result, ...sample } = runOperation('register', place, request, { threads });
    return { ...sample, size: (result as { stored: number }).stored };
  });
  yield { case: 'register', ...about, results: await compete(registering, rounds) };
}

interface Place {
  readonly dir: string;
  readonly home: string;
}

function inPlace<T>(work: string, use: (place: Place) => T): T {
  const home = mkdtempSync(join(work, 'run-'));
  try {
    const dir = join(home, 'registry');
    mkdirSync(dir);
    return use({ dir, home });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
