/** A process of its own that registers files in a loop, planning again whenever the branch has moved: for tests of several at once. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { At1Error } from '../../src/errors.js';
import { openWriting } from './writing.js';

const [root, name, count] = process.argv.slice(2) as [string, string, string];

for (let i = 0; i < Number(count); i++) {
  const repo = await openWriting(root, { lockWait: 5000 });
  const path = `model/${name}/1.0.${i}.toml`;
  mkdirSync(join(root, 'model', name), { recursive: true });
  repo.write(path, `${name} ${i}\n`);
  for (;;) {
    try {
      const { index } = await repo.commit({ [path]: `${name} ${i}\n` }, `${name} ${i}`);
      process.stdout.write(`${i} ${index}\n`);
      break;
    } catch (error) {
      if (!(error instanceof At1Error) || error.code !== 'git/ref-conflict') throw error;
    }
  }
}
