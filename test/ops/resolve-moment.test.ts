/** Steps back from a name, held against git's own reading of them. */
import assert from 'node:assert/strict';
import { GitReader } from '../../src/git/reader.js';
import { resolveMoment } from '../../src/ops/resolve-moment.js';
import { git } from '../helpers/git.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('a name with steps back', () => {
  const dir = useTempDir();
  let clone: Clone;

  beforeEach(async () => {
    clone = await initRegistry(dir.at('work'), makePerson(dir.at('home'), 'ana'));
    clone.git('switch', '--quiet', '-c', 'side');
    clone.git('commit', '--quiet', '--allow-empty', '-m', 'aside');
    clone.git('switch', '--quiet', 'main');
    for (const text of ['one', 'two']) clone.git('commit', '--quiet', '--allow-empty', '-m', text);
    clone.git('merge', '--quiet', '--no-ff', '-m', 'merged', 'side');
    clone.git('tag', 'here');
  });

  const find = async (text: string): Promise<string> => {
    const { repository, refs, head } = await clone.open();
    const reader = new GitReader(repository);
    try {
      return await resolveMoment(text, head, reader, refs, repository);
    } finally {
      reader.close();
    }
  };

  it('is the commit that git takes it for', async () => {
    const whole = git(clone.dir, ['rev-parse', 'HEAD']);
    for (const text of ['HEAD~', 'HEAD^', 'HEAD~2', 'HEAD^^', 'HEAD~1^', 'main~0', 'here~3', `${whole}~1`, 'side~1']) {
      assert.equal(await find(text), git(clone.dir, ['rev-parse', text]), text);
    }
  });

  it('is nothing beyond the beginning, or where it says something else', async () => {
    for (const text of ['HEAD~99', 'HEAD^2', 'HEAD~1000000000', '~1', 'HEAD~x', 'nowhere~1', 'HEAD^{tree}']) {
      await throwsCode(() => find(text), 'artifact/not-found');
    }
  });
});
