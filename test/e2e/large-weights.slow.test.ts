/** The same for weights of 4 GiB, whose list of segments is a layout. */
import { useTempDir } from '../helpers/temp-dir.js';
import { weightsStory } from './weights-file.js';

describe('weights of 4 GiB', () => {
  const temp = useTempDir('suite');

  it('register, verify, come back and give one tensor in less than 400 MiB of memory', async () => {
    await weightsStory(temp.path, 512, 8 * 1024 ** 2);
  });
});
