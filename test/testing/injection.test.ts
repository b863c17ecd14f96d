/** What a proposal says of itself reaches logs, job summaries and terminals: nothing in it is a command or a link there. */
import assert from 'node:assert/strict';
import type { EventDocument } from '../../src/manifest/generated/types.js';
import { Forge } from '../../testing/forge.js';
import { copyHealthy } from '../../testing/healthy.js';
import { release } from '../../testing/new-event.js';
import { type CliResult, runCli } from '../helpers/run-cli.js';
import { useTempDir } from '../helpers/temp-dir.js';

const REASON = [
  'fine',
  '::error file=x::pwned',
  '##[set-output name=ok]true',
  '::stop-commands::x',
  '# Heading',
  '- [x] done',
  '[click](https://evil.example) ![i](http://evil.example/i.png)',
  '<img src=x onerror=alert(1)> <!-- @ana `code` | cell |',
  'https://bare.example www.bare.example HTTP://UP.example',
].join('\n');
const PRINTED = '<b>Ana</b> [x](http://y) ##[add-mask]z ::debug::q';
const GATE = ['gate', '--base', 'target', '--head', 'change'];

/** As GitHub's runner reads each line of output. */
function commandsIn(text: string): string[] {
  return text.split('\n').filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
}

describe('testing: injection', () => {
  const temp = useTempDir();
  let run: (line: readonly string[]) => Promise<CliResult>;
  let forge: Forge;

  /** Signed by one of two, so that it can be shown by the gate without landing; on main as well. */
  beforeEach(async () => {
    const copy = await copyHealthy(temp.at('place'));
    run = (line) => runCli(line, { cwd: copy.dir, env: copy.environment });
    forge = await Forge.open(copy);
    const edit = (one: EventDocument) => ({
      ...one,
      reason: REASON,
      printed: PRINTED,
    });
    const event = await release(forge, 'model/m@1.1.0', { keys: [forge.keys.bo], edit });
    await forge.commit(event, { ref: 'refs/heads/change' });
    await forge.commit(event);
  });

  for (const format of ['text', 'markdown', 'json', 'sarif']) {
    it(`gate --format ${format} prints nothing that a runner takes for a command`, async () => {
      const { stdout, stderr } = await run([...GATE, '--format', format]);
      assert.ok(stdout.length > 0);
      assert.deepEqual(commandsIn(stdout + stderr), []);
    });
  }

  it('gate --format github prints the commands it means, one line for each finding', async () => {
    const { stdout } = await run([...GATE, '--format', 'github']);
    const lines = stdout.trimEnd().split('\n');
    const findings = ((await run([...GATE, '--json'])).json as { findings: unknown[] }).findings;
    assert.equal(lines.length, findings.length);
    for (const line of lines) assert.match(line, /^::(error|warning|notice)[ :]/);
    assert.doesNotMatch(stdout, /pwned|##\[/);
  });

  it('gate --format markdown has no link, image, HTML, mention or heading of theirs', async () => {
    const { stdout } = await run([...GATE, '--format', 'markdown']);
    assert.match(stdout, /bare/);
    assert.doesNotMatch(stdout, /<|\]\(|:\/\/|www\.|@ana|^\s*#+ Heading|^\s*- \[x\]/im);
    assert.deepEqual(
      stdout.split('\n').filter((line) => line.startsWith('#')),
      ['## ❌ This change may not land: 1 error', '### What moves', '### What is wrong'],
    );
  });

  it('json says what was said, byte for byte', async () => {
    for (const line of [
      [...GATE, '--format', 'json'],
      [...GATE, '--json'],
    ]) {
      const { stdout } = await run(line);
      const { review } = JSON.parse(stdout) as { review: { events: { reason: string; printed: string }[] } };
      assert.deepEqual([review.events[0]?.reason, review.events[0]?.printed], [REASON, PRINTED]);
    }
  });

  for (const line of [
    ['log'],
    ['show', 'model/m@1.1.0'],
    ['list'],
    ['status'],
    ['verify'],
    ['show', 'model/m', '--json'],
  ]) {
    it(`at1 ${line.join(' ')} prints a line for a line`, async () => {
      const { stdout, stderr } = await run(line);
      assert.deepEqual(commandsIn(stdout + stderr), []);
      if (line[0] === 'show' && line.length === 2)
        assert.match(stdout, /fine\\n::error file=x::pwned\\n##\\x5bset-output/);
    });
  }
});
