/** at1 model stage: pacha's words for at1 promote --through. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { EventResult, ListResult } from '../../../src/index.js';
import { git } from '../../helpers/git.js';
import { makePerson } from '../../helpers/sample-registry.js';
import { useTempDir } from '../../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../../helpers/terminal.js';

describe('`at1 model stage`', () => {
  const dir = useTempDir();
  let here: Terminal;

  beforeEach(async () => {
    mkdirSync(dir.at('work'));
    here = terminalOf(makePerson(dir.at('home'), 'ana'), dir.at('work'));
    for (const [file, ref] of [
      ['one.apr', 'model register fraud-detector one.apr -v 1.0.0'],
      ['two.apr', 'model register fraud-detector two.apr -v 1.1.0'],
    ] as const) {
      writeFileSync(dir.at('work', file), `bytes of ${file}`);
      if (file === 'one.apr') await here.text('init');
      await here.text(ref);
    }
  });

  const head = () => git(dir.at('work'), ['rev-parse', 'HEAD']);

  it('goes over the stages in between, all in one commit', async () => {
    const before = head();
    const text = await here.text('model stage fraud-detector -v 1.0.0 -t production');
    assert.match(
      text,
      /^model\/fraud-detector@1\.0\.0 is in staging\n[\s\S]*\nmodel\/fraud-detector@1\.0\.0 is in production\n/,
    );
    assert.equal(git(dir.at('work'), ['rev-parse', 'HEAD~1']), before);
    const result = await here.json<EventResult>(
      'event',
      'model stage fraud-detector --version 1.0.0 --target archived --reason',
      'superseded',
    );
    assert.deepEqual(
      result.events.map(({ lane, from, reason }) => [lane, from, reason]),
      [['archived', 'production', 'superseded']],
    );
    assert.match(await here.text('verify'), /^verified: 2 versions, 3 events/);
  });

  it('takes the latest where no version is named, and takes the stage from the one before', async () => {
    await here.text('model stage fraud-detector -v 1.0.0 -t prod');
    const { ref, displaced } = await here.json<EventResult>('event', 'model stage fraud-detector -t production');
    assert.deepEqual([ref, displaced.length], ['model/fraud-detector@1.1.0', 1]);
    const { artifacts } = await here.json<ListResult>('list', 'model list');
    assert.deepEqual(
      artifacts[0]?.versions.map(({ version, stage }) => [version, stage]),
      [
        ['1.1.0', 'production'],
        ['1.0.0', 'archived'],
      ],
    );
  });

  it('writes nothing with --dry-run', async () => {
    const before = head();
    assert.match(await here.text('model stage fraud-detector -t staging --dry-run'), /\nnothing was written\n$/);
    assert.equal(head(), before);
  });

  it('is unchanged where the version is there already', async () => {
    const before = head();
    const text = await here.text('model stage fraud-detector -t development');
    assert.match(text, /^unchanged, in development already: model\/fraud-detector@1\.1\.0\n/);
    assert.equal(head(), before);
  });

  it('refuses as at1 promote does', async () => {
    const before = head();
    assert.match(await here.refuses(2, 'usage/name', 'model stage fraud-detector -t stagin'), /did you mean staging\?/);
    await here.refuses(2, 'usage/invalid', 'model stage fraud-detector');
    await here.refuses(2, 'usage/invalid', 'model stage -t staging');
    await here.refuses(12, 'artifact/not-found', 'model stage fraud-detector -v 3.0.0 -t staging');
    await here.refuses(12, 'artifact/not-found', 'model stage fraud-detektor -t staging');
    const nobody = terminalOf(makePerson(dir.at('home-nobody'), 'nobody'), dir.at('work'));
    await nobody.refuses(14, 'key/none', 'model stage fraud-detector -t staging');
    assert.equal(head(), before);
  });
});
