/** Weights of 256 MiB, less where the program runs from source: planes, memory that stays flat, one tensor for a fiftieth of the bytes. */
import { inProcess } from '../helpers/run-cli.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { scaled } from '../scale.js';
import { weightsStory } from './weights-file.js';

const MIB = 1024 * 1024;

describe('large weights', () => {
  const temp = useTempDir('suite');

  it('register, verify, come back and give one tensor in less than 400 MiB of memory', async () => {
    await weightsStory(temp.path, 64, (inProcess ? 1 : 4) * MIB);
  }).timeout(scaled(90_000));
});
