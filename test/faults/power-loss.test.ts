/** Power is cut after every step of a command: of all disks that may be found then, every one is whole. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../src/files/change.js';
import { replaceFile } from '../../src/files/durable-file.js';
import { open, rename } from '../../src/files/node-fs.js';
import { traceOf } from '../helpers/changes.js';
import { SCALE } from '../scale.js';
import { CrashDisk } from './crash-disk.js';
import { type FolderImage, readFolder } from './folder-image.js';
import { assertInvariants, type Before, lookBefore } from './invariants.js';
import { survivalAt, WAYS } from './survivals.js';
import { buryHolders, copyWorld, digestOfWorld, placeWorld, roomyTempDir, useWorld } from './world.js';
import { WRITING_COMMANDS, type WritingCommand } from './writing-commands.js';

const ONLY = process.env.AT1_ONLY;
/** Of the git program's own writes nothing is known here. */
const COMMANDS = WRITING_COMMANDS.filter(({ throughGit }) => throughGit !== true);

describe('power cuts', () => {
  const made = useWorld();
  const prepared = new Map<WritingCommand, Prepared>();
  let found = { states: 0, different: 0 };

  interface Prepared {
    readonly image: FolderImage;
    readonly before: Before;
    readonly trace: readonly Change[];
    /** Where the trace was made: its paths begin so. */
    readonly root: string;
  }

  before(async () => {
    for (const command of COMMANDS) {
      const world = copyWorld(made.template, join(made.dir, 'prepared'));
      await command.prepare?.(world);
      const before = await lookBefore(world, command);
      const image = readFolder(world.dir);
      const trial = placeWorld(image, join(made.dir, 'trial'));
      let code = -1;
      const trace = await traceOf(async () => {
        ({ code } = await trial.at1(command.argv(trial)));
      });
      assert.equal(code, 0, command.name);
      prepared.set(command, { image, before, trace, root: trial.dir });
    }
  });

  for (const command of COMMANDS.filter(({ name }) => ONLY === undefined || name === ONLY)) {
    it(`during '${command.name}' lose nothing that was acknowledged and leave nothing invalid`, async function () {
      const { image, before, trace, root } = prepared.get(command) as Prepared;
      const moments = [...prepared.values()].reduce((sum, { trace: { length } }) => sum + length + 1, 0);
      // Each state is judged by several runs of git: what takes long is their number, not any one of them.
      this.timeout(60_000 + 3_000 * ((trace.length + 1) * Math.ceil(SCALE.crashStates / moments)));
      const [judged, ends] = [new Set<string>(), new Set<string>()];
      const disk = new CrashDisk(image, root);
      let due = 0;
      let way = 0;
      for (let moment = 0; moment <= trace.length; moment++) {
        const change = trace[moment - 1];
        if (change !== undefined) disk.follow(change);
        const acknowledged = moment === trace.length;
        // Evenly over all moments of all commands; few ways take turns, so that neighbours see each other's.
        for (due += SCALE.crashStates / moments; due >= 1 || (acknowledged && due > 0); due--, way++) {
          const crashed = disk.crash(survivalAt(way % Math.max(WAYS, Math.ceil(SCALE.crashStates / moments)), moment));
          found.states++;
          const state = `${acknowledged} ${digestOfWorld(crashed)}`;
          if (judged.has(state)) continue;
          judged.add(state);
          found.different++;
          const trial = placeWorld(crashed, root);
          buryHolders(trial, 'power');
          try {
            await assertInvariants(trial, command, before, acknowledged, ends);
          } catch (error) {
            const place = change === undefined ? 'the start' : `${change.kind} ${change.path.replace(root, '')}`;
            throw new Error(`after step ${moment} (${place}), way ${way}: ${(error as Error).message}`, {
              cause: error,
            });
          }
        }
      }
    });
  }

  it('were tried as often as promised', () => {
    if (process.env.AT1_FAULTS_TABLE !== undefined) process.stdout.write(`${JSON.stringify(found)}\n`);
    if (ONLY === undefined) assert.ok(found.states >= SCALE.crashStates, `${found.states} states`);
    found = { states: 0, different: 0 };
  });
});

describe('the simulated disk', () => {
  let dir: string;
  beforeEach(() => {
    dir = roomyTempDir();
    mkdirSync(join(dir, 'disk'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** What the file holds after each of many power cuts at the end of the work; undefined where it is not there. */
  async function contentsAfter(work: (folder: string) => Promise<void>): Promise<(string | undefined)[]> {
    const disk = new CrashDisk(new Map(), join(dir, 'disk'));
    for (const change of await traceOf(() => work(join(dir, 'disk')))) disk.follow(change);
    return Array.from({ length: 200 }, (_, way) => {
      const found = disk.crash(survivalAt(way, 1)).get('x');
      return found?.content === undefined ? undefined : Buffer.from(found.content).toString('utf8');
    });
  }

  it('keeps what was synced with its name', async () => {
    const found = await contentsAfter((folder) => replaceFile(join(folder, 'x'), new TextEncoder().encode('new')));
    assert.deepEqual([...new Set(found)], ['new']);
  });

  it('loses what was renamed without being synced, in each of the ways there are', async () => {
    const found = await contentsAfter(async (folder) => {
      const file = await open(join(folder, 'temporary'), 'wx');
      await file.writeAll(new TextEncoder().encode('new'));
      await file.close();
      await rename(join(folder, 'temporary'), join(folder, 'x'));
    });
    assert.deepEqual(new Set(found), new Set([undefined, '', '\0\0\0', 'new']));
  });

  it('loses a synced file whose folder was not', async () => {
    const found = await contentsAfter(async (folder) => {
      const file = await open(join(folder, 'x'), 'wx');
      await file.writeAll(new TextEncoder().encode('new'));
      await file.sync();
      await file.close();
    });
    assert.deepEqual(new Set(found), new Set([undefined, 'new']));
  });
});
