/**
 * The registry that every attack begins with: made once in a process by at1 itself, then copied. Two policies, three
 * people, files of all kinds, a version in production and a change that would put another there. Nothing in it may be refused, or the attacks would prove nothing.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { writeKeyFile } from '../src/keys/key-file.js';
import type { Environment } from '../src/ops/environment.js';
import { init } from '../src/ops/init.js';
import { openRegistry } from '../src/ops/open-registry.js';
import { register } from '../src/ops/register.js';
import { tag } from '../src/ops/tag.js';
import { verify } from '../src/ops/verify.js';
import { Forge } from './forge.js';
import { type Cast, makeCast, type TestKey } from './keys.js';
import { GIT_VARIABLES } from './run-git.js';
import { addChange, addGuarded, addManySegments, addStages, healthyPolicy, SAMPLES, writeTree } from './samples.js';

/** Commits of the healthy registry begin here and follow each other by a minute. */
export const BEGAN = Date.UTC(2026, 2, 4, 5, 6, 7) / 1000;

export interface PlacedRegistry {
  /** The registry's folder, in which commands run. */
  readonly dir: string;
  /** Home of whoever runs them. */
  readonly home: string;
  /** The whole environment for the commands. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A placed registry and what an attacker may need of it. */
export interface HealthyCopy extends PlacedRegistry {
  /** The folder that holds everything: registry, home, output. */
  readonly place: string;
  readonly keys: Cast;
}

/** A sound container beside the registry, for commands about single files. */
export const CONTAINER_FILE = '../files/container.at1';

/** Commands that the healthy registry passes, each with exit 0, where `../out` is removed before each. */
export const HEALTHY_COMMANDS: readonly (readonly string[])[] = [
  ['verify'],
  ['list'],
  ['status'],
  ['doctor'],
  ['show', 'model/m@1.0.0'],
  ['get', 'model/m@1.0.0', '-o', '../out'],
  ['get', 'model/packed@1.0.0', '-o', '../out'],
  ['get', 'model/guarded@1.0.0', '-o', '../out'],
  ['get', 'data/tree@1.0.0', '-o', '../out'],
  ['get', 'data/many@1.0.0', '-o', '../out'],
  ['get', 'model/m:production', '-o', '../out'],
  ['show', 'model/m'],
  ['gate', '--base', 'target', '--head', 'change'],
  ['tag'],
  ['unpack', CONTAINER_FILE, '-o', '../out'],
];

interface Template {
  readonly place: string;
  readonly keys: Cast;
}

let template: Promise<Template> | undefined;

/** A healthy registry in an empty folder. A fresh client's state folder is empty, a returning one has verified it. */
export async function copyHealthy(place: string, client: 'fresh' | 'returning' = 'fresh'): Promise<HealthyCopy> {
  template ??= makeTemplate();
  const { place: from, keys } = await template;
  cpSync(from, place, { recursive: true });
  if (client === 'fresh') rmSync(join(place, 'home', 'state'), { recursive: true, force: true });
  return { place, keys, ...placed(place) };
}

/**
 * The control: the registry as it was before anybody attacked it, made in `dir`, an empty folder. Default: for a fresh
 * client.
 */
export async function buildHealthy({
  dir,
  client,
}: {
  readonly dir: string;
  readonly client?: 'fresh' | 'returning' | undefined;
}): Promise<PlacedRegistry> {
  const copy = await copyHealthy(dir, client);
  return { dir: copy.dir, home: copy.home, environment: copy.environment };
}

function placed(place: string): PlacedRegistry {
  const home = join(place, 'home');
  const environment = {
    ...GIT_VARIABLES,
    HOME: home,
    USERPROFILE: home,
    GIT_CONFIG_GLOBAL: join(home, 'gitconfig'),
    AT1_CONFIG_DIR: join(home, 'config'),
    AT1_STATE_DIR: join(home, 'state'),
  };
  return { dir: join(place, 'registry'), home, environment };
}

async function makeTemplate(): Promise<Template> {
  const place = mkdtempSync(join(tmpdir(), 'at1-attacks-'));
  process.once('exit', () => rmSync(place, { recursive: true, force: true }));
  const keys = makeCast();
  const { dir, home, environment } = placed(place);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'gitconfig'), '[user]\n\tname = Ana\n\temail = ana@example.org\n');
  const ana = await keyFile(keys.ana, join(home, 'config', 'keys'), 'id_ed25519');
  let seconds = BEGAN;
  const as = (signingKey: string): Partial<Environment> => ({
    home,
    configDir: join(home, 'config'),
    stateDir: join(home, 'state'),
    signingKey,
    variables: environment,
    now: () => {
      seconds += 60;
      return new Date(seconds * 1000);
    },
  });
  await init({ dir, principal: 'ana', branch: 'main', environment: as(ana) });
  const forge = await Forge.open({ place, keys, dir, home, environment });
  await forge.commit(await forge.policy(healthyPolicy(keys)), { message: 'at1: policy 2: publishers\n' });
  const folder = join(place, 'others');
  const bo = await keyFile(keys.bo, folder, 'bo');
  for (const { by, ...sample } of SAMPLES) {
    await register(await openRegistry({ dir, environment: as(by === 'bo' ? bo : ana) }), sample.request);
  }
  writeTree(join(folder, 'tree'));
  const request = { ref: 'data/tree@1.0.0', paths: [join(folder, 'tree')] };
  await register(await openRegistry({ dir, environment: as(ana) }), request);
  rmSync(folder, { recursive: true });
  await addManySegments(forge);
  await addGuarded(forge);
  await addStages(forge);
  await tag(await openRegistry({ dir, environment: as(ana) }));
  await addChange(forge);
  // One file instead of hundreds: it is copied for every attack.
  forge.git('repack', '-adq');
  forge.git('prune-packed');
  rmSync(join(dir, '.git', 'hooks'), { recursive: true, force: true });
  forge.write(CONTAINER_FILE, forge.read(forge.objectPath('model/words@1.0.0')));
  const checked = await verify(await openRegistry({ dir, environment: as(ana) }));
  if (!checked.ok) throw new Error(`the healthy registry is ill: ${JSON.stringify(checked.findings, null, 2)}`);
  return { place, keys };
}

async function keyFile(key: TestKey, folder: string, name: string): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  await writeKeyFile(path, key.privateKey);
  return path;
}
