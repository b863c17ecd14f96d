/** Whose a temporary file is, and what of it is removed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { leftoversIn, removeLeftover, sweep } from '../../src/files/leftovers.js';
import { identityIn, isDead, ownIdentity, processMark, TEMP_PREFIX } from '../../src/files/process-mark.js';
import { buried } from '../helpers/dead-process.js';
import { useTempDir } from '../helpers/temp-dir.js';

describe('a process mark', () => {
  it('names this process, which lives, and no two are equal', () => {
    const mark = processMark();
    assert.match(mark, /^[0-9a-z-]+$/);
    assert.deepEqual(identityIn(mark), ownIdentity());
    assert.equal(isDead(ownIdentity()), false);
    assert.notEqual(processMark(), mark);
  });

  it('is dead with its process, with its number given to another, and with a new start of the system', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    assert.equal(isDead({ ...ownIdentity(), pid }), true);
    for (const how of ['killed', 'power'] as const) {
      const identity = identityIn(buried(processMark(), how));
      assert.ok(identity !== undefined && isDead(identity), how);
    }
  });

  it('of another machine, of another form or of nothing says nothing', () => {
    const mark = processMark();
    const others = [buried(mark, 'elsewhere'), '', '1', 'a-b-c-d-e', `${mark}-x`, `0${mark}`, mark.replace(/-.*/, '')];
    for (const other of others) assert.equal(identityIn(other), undefined, other);
    assert.equal(isDead({ ...ownIdentity(), host: 'elsewhere' }), false);
    assert.equal(isDead({ ...ownIdentity(), started: null }), false);
    assert.equal(isDead({ ...ownIdentity(), bootId: null }), false);
  });
});

describe('leftovers', () => {
  const dir = useTempDir();

  const dead = () => [
    `${TEMP_PREFIX}${buried(processMark())}`,
    `at1.lock.${buried(processMark())}`,
    `tmp_obj_${buried(processMark(), 'power')}`,
    `.tmp_obj_${buried(processMark(), 'power')}`,
    `tmp_pack_${buried(processMark())}`,
    `tmp_idx_${buried(processMark())}`,
  ];

  it('are the temporary files of dead processes; of other machines it is only said that they are there', async () => {
    const [gone, unknown] = [dead(), [`${TEMP_PREFIX}${buried(processMark(), 'elsewhere')}`, `${TEMP_PREFIX}1`]];
    const others = [`${TEMP_PREFIX}${processMark()}`, 'tmp_obj_a1B2c3', 'tmp_obj_', 'mine.at1-tmp-1', 'at1.lock'];
    for (const name of [...gone, ...unknown, ...others]) writeFileSync(dir.at(name), '');
    const found = await leftoversIn(dir.path);
    const named = (owner: string) => found.filter((one) => one.owner === owner).map(({ path }) => path);
    assert.deepEqual(named('dead'), gone.map((name) => dir.at(name)).sort());
    assert.deepEqual(named('unknown'), unknown.map((name) => dir.at(name)).sort());
    assert.deepEqual(await leftoversIn(dir.at('nowhere')), []);
    await sweep(dir.path);
    assert.deepEqual(readdirSync(dir.path).sort(), [...unknown, ...others].sort());
    await sweep(dir.at('nowhere'));
  });

  it('are removed with all that is in them, and links in them are not followed', async () => {
    const [tree] = dead();
    mkdirSync(dir.at(tree ?? '', 'deep'), { recursive: true });
    mkdirSync(dir.at('precious'));
    writeFileSync(dir.at('precious', 'x'), '');
    writeFileSync(dir.at(tree ?? '', 'deep', 'file'), '');
    symlinkSync(dir.at('precious'), dir.at(tree ?? '', 'deep', 'link'));
    await removeLeftover(dir.at(tree ?? ''));
    assert.ok(!existsSync(dir.at(tree ?? '')));
    assert.ok(existsSync(dir.at('precious', 'x')));
    await removeLeftover(dir.at(tree ?? ''));
  });
});
