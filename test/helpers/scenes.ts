/**
 * Small registries, each of them about one thing, and word by word what history says of them. `AT1_UPDATE=1` writes the
 * words anew: read what changed.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Oid } from '../../src/git-format/oid.js';
import type { EventDocument, PolicyDocument } from '../../src/manifest/generated/types.js';
import { type EventOptions, eventFiles, evidenceFiles, signedToo } from './event-fixture.js';
import { wordsOf } from './fold-results.js';
import {
  ana,
  bo,
  type Changes,
  type CommitOptions,
  carol,
  HistoryBuilder,
  type Key,
  type NewFile,
} from './registry-fixture.js';

export const X1 = 'model/x@1.0.0';
export const RULES: PolicyDocument['rules'] = [{ artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 }];
const EVIDENCE_ID = '01JZ0000000000000000000007';

/** The usual rules, and one action of which more is asked. */
export function strict(action: string, asks: Partial<PolicyDocument['rules'][number]>): PolicyDocument['rules'] {
  return [{ artifacts: ['*'], actions: [action], role: 'owner', threshold: 1, ...asks }, ...RULES];
}

export type Scenario = (scene: Scene) => Promise<Oid>;

/** A registry of three owners with one version, and names for the commits that a scenario makes. */
export class Scene {
  readonly b: HistoryBuilder;
  readonly landed: Oid;
  readonly #names = new Map<Oid, string>();

  private constructor(b: HistoryBuilder, landed: Oid) {
    this.b = b;
    this.landed = landed;
    this.#names.set(landed, 'landed');
  }

  static async make(): Promise<Scene> {
    const b = await HistoryBuilder.make('sub');
    const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo, carol], rules: RULES }));
    return new Scene(b, await b.commit([root], await b.version(X1)));
  }

  named(name: string, oid: Oid): Oid {
    this.#names.set(oid, name);
    return oid;
  }

  async commit(
    name: string,
    after: Oid | readonly Oid[],
    changes: Changes | Promise<Changes>,
    options?: CommitOptions,
  ) {
    const parents = typeof after === 'string' ? [after] : after;
    return this.named(name, await this.b.commit(parents, await changes, options));
  }

  policy(version: number, after: Oid, principals: readonly Key[], rules = RULES, signers: readonly Key[] = [ana]) {
    return this.b.policy(version, after, signers, { principals, rules });
  }

  event(after: Oid, ref: string, options: EventOptions = {}, action: EventDocument['action'] = 'promote') {
    return eventFiles(this.b, after, action, ref, options);
  }

  signed(after: Oid, path: string, keys: readonly Key[]) {
    return signedToo(this.b, after, path, keys);
  }

  evidence(after: Oid, keys: readonly Key[], created = '2026-03-04T12:00:00Z') {
    return evidenceFiles(this.b, after, X1, { id: EVIDENCE_ID, created }, keys);
  }

  /** A merge that takes everything of both sides, the second one's files over the first one's. */
  async merge(first: Oid, second: Oid, changes: Changes = {}): Promise<Oid> {
    const old = Object.keys(this.b.filesBelow(first, '.at1/policy/policy.sig')).map((path) => [path, null]);
    const all: Record<string, NewFile> = { ...Object.fromEntries(old), ...this.b.filesBelow(second, '') };
    return this.commit('the merge', [first, second], { ...all, ...changes });
  }

  async tell(tip: Oid): Promise<string[]> {
    const nameOf = (text: string) =>
      [...this.#names].reduce((all, [oid, name]) => all.replaceAll(oid, name).replaceAll(oid.slice(0, 12), name), text);
    return wordsOf(await this.b.fold(tip), nameOf);
  }
}

/** A test for each scenario, and one that none is told of that is not there. */
export function tellScenarios(fixture: string, scenarios: Readonly<Record<string, Scenario>>): void {
  const file = new URL(`../fixtures/history/${fixture}`, import.meta.url);
  const isUpdated = process.env.AT1_UPDATE === '1';
  const wanted = new Map<string, string>();
  const sections = existsSync(file) ? readFileSync(file, 'utf8').split(/^== /m).slice(1) : [];
  for (const section of sections) {
    const end = section.indexOf('\n');
    wanted.set(section.slice(0, end), section.slice(end + 1).trimEnd());
  }
  const told = new Map<string, string>();

  for (const [name, scenario] of Object.entries(scenarios)) {
    it(name, async () => {
      const scene = await Scene.make();
      const words = (await scene.tell(await scenario(scene))).join('\n');
      told.set(name, words);
      if (!isUpdated) assert.equal(words, wanted.get(name));
    });
  }

  it('all that is listed, and nothing else', () => {
    if (isUpdated) {
      assert.equal(told.size, Object.keys(scenarios).length, 'only all of them together are written anew');
      writeFileSync(file, [...told].map(([name, words]) => `== ${name}\n${words}\n`).join('\n'));
    } else assert.deepEqual([...wanted.keys()], Object.keys(scenarios));
  });
}
