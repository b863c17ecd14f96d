/** Registries on the disk whose policy asks for several people, and a clone for each of them with a key of their own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../../src/git-format/oid.js';
import type { PolicyDocument } from '../../src/manifest/generated/types.js';
import { ana, bo, environmentOf, HistoryBuilder, type Key } from './registry-fixture.js';
import { type Clone, cloneAt, makePerson } from './sample-registry.js';

export interface StagedSetup {
  /** Default: ana and bo, both owners; production and revoking take both, yanking takes ana. */
  readonly rules?: PolicyDocument['rules'] | undefined;
  readonly roles?: PolicyDocument['roles'] | undefined;
  readonly principals?: readonly Key[] | undefined;
  readonly versions?: readonly string[] | undefined;
  /** Folder of the registry in its repository. */
  readonly prefix?: string | undefined;
  /** More commits upon the versions. */
  readonly more?: ((b: HistoryBuilder, tip: Oid) => Promise<Oid>) | undefined;
}

export interface StagedRegistry {
  /** Top of the repository. */
  readonly dir: string;
  readonly b: HistoryBuilder;
  readonly tip: Oid;
  /** The same folder, as this person works in it. */
  as(key: Key): Promise<Clone>;
}

const ROLES = { owner: ['ana', 'bo'], boss: ['ana'] };
const RULES: PolicyDocument['rules'] = [
  { artifacts: ['*'], actions: ['promote:production', 'revoke'], role: 'owner', threshold: 2 },
  { artifacts: ['*'], actions: ['yank'], role: 'boss', threshold: 1 },
  { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
];

/** In `folder`: the repository, and homes beside it. */
export async function stagedRegistry(folder: string, setup: StagedSetup = {}): Promise<StagedRegistry> {
  const { principals = [ana, bo], roles = ROLES, rules = RULES, prefix = '' } = setup;
  const b = await HistoryBuilder.make(prefix);
  let tip = await b.commit([], await b.genesis(ana, { principals, roles, rules }));
  for (const ref of setup.versions ?? ['model/net@1.0.0', 'model/net@1.1.0']) {
    tip = await b.commit([tip], await b.version(ref));
  }
  tip = (await setup.more?.(b, tip)) ?? tip;
  const dir = join(folder, 'registry');
  mkdirSync(folder, { recursive: true });
  b.writeTo(dir, tip);
  const as = async (key: Key): Promise<Clone> => {
    const home = join(folder, `home-of-${key.name}`);
    const person = makePerson(home, key.name);
    const { signingKey } = await environmentOf(home, key);
    return cloneAt(join(dir, prefix), {
      ...person,
      environment: { ...person.environment, signingKey },
      env: { ...person.env, AT1_SIGNING_KEY: signingKey },
    });
  };
  return { dir, b, tip, as };
}
