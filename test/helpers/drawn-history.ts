/** Random histories as drawings (test/helpers/history-model.ts), and the git objects that show the same. */
import fc from 'fast-check';
import { digestOf, formatDigest } from '../../src/digest/digest.js';
import type { Oid } from '../../src/git-format/oid.js';
import { writePolicy } from '../../src/manifest/documents.js';
import { POLICY_PATH } from '../../src/manifest/layout-of-registry.js';
import type { Namespace } from '../../src/signing/sshsig.js';
import type { DrawnCommit, DrawnManifest, DrawnPolicy, DrawnSignature, DrawnTree } from './history-model.js';
import {
  ana,
  bo,
  type Changes,
  carol,
  eve,
  HistoryBuilder,
  type Key,
  type NewFile,
  REGISTRY,
} from './registry-fixture.js';

const KEYS: readonly Key[] = [ana, bo, carol, eve];
const NAMES = KEYS.map(({ name }) => name);
/** The first two have a rule of their own. */
const PATHS = ['model/x/1.0.0.toml', 'model/x/1.1.0.toml', 'data/y/1.0.0.toml'];

const small = (max: number) => fc.nat({ max });
const anyKey = fc.constantFrom(0, 0, 0, 1, 1, 2, 3);
const aPath = small(PATHS.length - 1);
/** How far back a commit is, counted from the newest. */
const back = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: small(3) }, small(9));
const edits = {
  put: fc.record({ put: aPath, content: small(1), by: fc.array(anyKey, { maxLength: 2 }) }),
  remove: fc.record({ remove: aPath, all: fc.boolean() }),
  sign: fc.record({ sign: aPath, by: anyKey, as: fc.option(small(3), { freq: 8 }) }),
  unsign: fc.record({ unsign: aPath, name: small(3) }),
  policy: fc.record({
    people: fc.subarray([0, 1, 2], { minLength: 1 }),
    owners: small(2),
    models: fc.constantFrom(1, 1, 2),
    threshold: fc.constantFrom(1, 1, 1, 2),
    by: fc.oneof({ weight: 3, arbitrary: fc.constant([0, 1, 2]) }, fc.array(anyKey, { maxLength: 2 })),
    after: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, small(3)),
    jump: fc.constantFrom(1, 1, 1, 2, 0),
  }),
  signPolicy: fc.record({ signPolicy: anyKey }),
  unsignPolicy: fc.record({ unsignPolicy: small(3) }),
  copy: fc.record({ copy: aPath, from: back }),
  copyPolicy: fc.record({ copyPolicy: back }),
};
const anyEdit = fc.oneof(
  { weight: 5, arbitrary: edits.put },
  { weight: 2, arbitrary: edits.remove },
  { weight: 3, arbitrary: edits.sign },
  { weight: 2, arbitrary: edits.unsign },
  { weight: 4, arbitrary: edits.policy },
  edits.signPolicy,
  edits.unsignPolicy,
  { weight: 2, arbitrary: edits.copy },
  edits.copyPolicy,
);
type Edit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never;
const anyCommit = fc.record({
  parent: back,
  others: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 4, arbitrary: fc.tuple(back) },
    fc.tuple(back, back),
  ),
  /** Whose files a merge has: the first parent's, the second's, or what is in either. */
  take: fc.constantFrom('first', 'second', 'both', 'both'),
  edits: fc.array(anyEdit, { maxLength: 2 }),
});
type CommitPlan = typeof anyCommit extends fc.Arbitrary<infer T> ? T : never;

/** Equal drawings are one object. */
class Drawing {
  readonly commits: DrawnCommit[] = [];
  readonly policies: DrawnPolicy[] = [];
  readonly #known = new Map<string, object>();

  once<T extends object>(key: string, make: () => T): T {
    const one = (this.#known.get(key) as T | undefined) ?? make();
    this.#known.set(key, one);
    return one;
  }

  policy(policy: DrawnPolicy): DrawnPolicy {
    const previous = policy.previous === undefined ? -1 : this.policies.indexOf(policy.previous);
    const one = this.once(JSON.stringify({ ...policy, previous }), () => policy);
    if (!this.policies.includes(one)) this.policies.push(one);
    return one;
  }
}

/** A registry of ana and bo, and what was done to it; the last commit is the tip. */
export const drawnHistories: fc.Arbitrary<DrawnHistory> = fc
  .array(anyCommit, { minLength: 3, maxLength: 14, size: 'max' })
  .map((plans) => ({ commits: draw(plans), [fc.toStringMethod]: () => show(draw(plans)) }));

export interface DrawnHistory {
  /** The last one is the tip. */
  readonly commits: readonly DrawnCommit[];
}

/** A line for each commit. */
function show(commits: readonly DrawnCommit[]): string {
  const policies = [...new Set(commits.flatMap(({ tree: { policy } }) => policy ?? []))];
  const policyName = (policy: DrawnPolicy | undefined): string => {
    if (policy === undefined) return 'none';
    const { version, previous, people, owners, models, threshold } = policy;
    return `P${policies.indexOf(policy)}(v${version} after ${previous === undefined ? 'none' : `P${policies.indexOf(previous)}`} ${people} owners ${owners} ${models}/${threshold})`;
  };
  const over = (document: object) =>
    'path' in document ? (document as DrawnManifest).content : `P${policies.indexOf(document as DrawnPolicy)}`;
  const files = (of: ReadonlyMap<string, DrawnSignature>) =>
    [...of].map(([name, { key, over: what }]) => `${name === key ? name : `${name}<-${key}`}:${over(what as object)}`);
  return commits
    .map(({ parents, tree }, i) => {
      const versions = [...tree.manifests].map(([path, { content }]) => `${path}=${content}`);
      const signed = [...tree.signatures].map(([path, of]) => `${path}[${files(of)}]`);
      return `\n${i} (${parents.map((parent) => commits.indexOf(parent))}) ${policyName(tree.policy)}[${files(tree.policySignatures)}] ${versions} ${signed}`;
    })
    .join('');
}

function draw(plans: readonly CommitPlan[]): readonly DrawnCommit[] {
  const drawing = new Drawing();
  const names = [ana.name, bo.name];
  const policy = drawing.policy({
    version: 1,
    previous: undefined,
    people: names,
    owners: names,
    models: 1,
    threshold: 1,
  });
  const policySignatures = new Map([[ana.name, { key: ana.name, over: policy }]]);
  const tree: DrawnTree = { policy, policySignatures, manifests: new Map(), signatures: new Map() };
  drawing.commits.push({ parents: [], tree });
  for (const plan of plans) {
    const at = (back: number) => drawing.commits[Math.max(0, drawing.commits.length - 1 - back)] as DrawnCommit;
    const first = at(plan.parent);
    const others = plan.others.map(at).filter((other) => other !== first);
    const parents = [first, ...new Set(others)];
    const second = parents[1] ?? first;
    let next = plan.take === 'second' ? second.tree : first.tree;
    if (plan.take === 'both') for (const { tree: theirs } of parents.slice(1)) next = union(next, theirs);
    for (const edit of plan.edits) next = apply(drawing, next, edit, at);
    drawing.commits.push({ parents, tree: next });
  }
  return drawing.commits;
}

function union(a: DrawnTree, b: DrawnTree): DrawnTree {
  const newer = (b.policy?.version ?? 0) > (a.policy?.version ?? 0) ? b : a;
  const signatures = new Map(b.signatures);
  for (const [path, files] of a.signatures)
    signatures.set(path, new Map([...(b.signatures.get(path) ?? []), ...files]));
  const manifests = new Map([...b.manifests, ...a.manifests]);
  return { policy: newer.policy, policySignatures: newer.policySignatures, manifests, signatures };
}

function apply(drawing: Drawing, tree: DrawnTree, edit: Edit, at: (back: number) => DrawnCommit): DrawnTree {
  const manifests = new Map(tree.manifests);
  const signatures = new Map(tree.signatures);
  const signed = (path: string, by: readonly number[], over: object, as?: number | null) => {
    const files = new Map(signatures.get(path) ?? []);
    for (const key of by) files.set(NAMES[as ?? key] as string, { key: NAMES[key] as string, over });
    signatures.set(path, files);
  };
  if ('put' in edit) {
    const path = PATHS[edit.put] as string;
    const manifest = drawing.once(`${path} ${edit.content}`, (): DrawnManifest => ({ path, content: edit.content }));
    manifests.set(path, manifest);
    signed(path, edit.by, manifest);
  } else if ('remove' in edit) {
    manifests.delete(PATHS[edit.remove] as string);
    if (edit.all) signatures.delete(PATHS[edit.remove] as string);
  } else if ('sign' in edit) {
    const path = PATHS[edit.sign] as string;
    const manifest = manifests.get(path);
    if (manifest !== undefined) signed(path, [edit.by], manifest, edit.as);
  } else if ('unsign' in edit) {
    const path = PATHS[edit.unsign] as string;
    const files = new Map(signatures.get(path) ?? []);
    files.delete(NAMES[edit.name] as string);
    signatures.set(path, files);
  } else if ('copy' in edit) {
    const path = PATHS[edit.copy] as string;
    const from = at(edit.from).tree;
    const manifest = from.manifests.get(path);
    if (manifest === undefined) manifests.delete(path);
    else manifests.set(path, manifest);
    signatures.set(path, from.signatures.get(path) ?? new Map());
  } else return applyToPolicy(drawing, tree, edit, at);
  return { ...tree, manifests, signatures };
}

type PolicyEdit = Extract<
  Edit,
  { people: unknown } | { signPolicy: unknown } | { unsignPolicy: unknown } | { copyPolicy: unknown }
>;

function applyToPolicy(
  drawing: Drawing,
  tree: DrawnTree,
  edit: PolicyEdit,
  at: (back: number) => DrawnCommit,
): DrawnTree {
  if ('copyPolicy' in edit) {
    const { policy, policySignatures } = at(edit.copyPolicy).tree;
    return { ...tree, policy, policySignatures };
  }
  const policySignatures = new Map(tree.policySignatures);
  if ('signPolicy' in edit) {
    const key = NAMES[edit.signPolicy] as string;
    policySignatures.set(key, { key, over: tree.policy });
    return { ...tree, policySignatures };
  }
  if ('unsignPolicy' in edit) {
    policySignatures.delete(NAMES[edit.unsignPolicy] as string);
    return { ...tree, policySignatures };
  }
  const previous = edit.after === 0 ? tree.policy : drawing.policies.at(-edit.after);
  const people = edit.people.map((person) => NAMES[person] as string);
  const owners = people.slice(0, edit.owners + 1);
  const policy = drawing.policy({
    version: Math.max(1, (previous?.version ?? 0) + edit.jump),
    previous,
    people,
    owners,
    models: Math.min(edit.models, people.length),
    threshold: Math.min(edit.threshold, owners.length),
  });
  const signers = [...edit.by].map((key) => NAMES[key] as string);
  return { ...tree, policy, policySignatures: new Map(signers.map((key) => [key, { key, over: policy }])) };
}

/** Bytes and signatures are the same in every history: made once. */
const made = new Map<string, Uint8Array>();
const policies = new WeakMap<DrawnPolicy, Uint8Array>();
const signatures = new WeakMap<object, Map<string, string>>();

export interface Painted {
  readonly builder: HistoryBuilder;
  readonly oids: ReadonlyMap<DrawnCommit, Oid>;
}

export async function paint(commits: readonly DrawnCommit[]): Promise<Painted> {
  const builder = await HistoryBuilder.make();
  const painter = new Painter(builder);
  const oids = new Map<DrawnCommit, Oid>();
  const files = new Map<DrawnCommit, Changes>();
  for (const commit of commits) {
    const now = await painter.filesOf(commit.tree);
    const [first] = commit.parents;
    const base: Changes = first === undefined ? await builder.genesis() : (files.get(first) ?? {});
    const gone = Object.keys(base).filter((path) => path !== 'at1.toml' && !(path in now));
    const changes = {
      ...(first === undefined ? base : {}),
      ...Object.fromEntries(gone.map((path) => [path, null])),
      ...now,
    };
    const parents = commit.parents.map((parent) => oids.get(parent) as Oid);
    oids.set(commit, await builder.commit(parents, changes, { key: null }));
    files.set(commit, now);
  }
  return { builder, oids };
}

class Painter {
  readonly #builder: HistoryBuilder;

  constructor(builder: HistoryBuilder) {
    this.#builder = builder;
  }

  async filesOf(tree: DrawnTree): Promise<Record<string, NewFile>> {
    const files: Record<string, NewFile> = {};
    if (tree.policy !== undefined) files[POLICY_PATH] = this.policyBytes(tree.policy);
    for (const [name, signature] of tree.policySignatures) {
      files[`.at1/policy/policy.sig/${name}.sig`] = await this.#sign(signature, 'at1-policy');
    }
    for (const [path, manifest] of tree.manifests) files[path] = await this.#manifestBytes(manifest);
    for (const [path, of] of tree.signatures) {
      for (const [name, signature] of of) {
        files[`${path.slice(0, -'.toml'.length)}.sig/${name}.sig`] = await this.#sign(signature, 'at1-manifest');
      }
    }
    return files;
  }

  policyBytes(policy: DrawnPolicy): Uint8Array {
    const bytes = policies.get(policy) ?? this.#writePolicy(policy);
    policies.set(policy, bytes);
    return bytes;
  }

  #writePolicy({ version, previous, people, owners, models, threshold }: DrawnPolicy): Uint8Array {
    const { engines } = this.#builder;
    return writePolicy({
      registry: REGISTRY,
      version,
      ...(previous === undefined
        ? {}
        : { previous: formatDigest(digestOf(engines.sha256(this.policyBytes(previous)))) }),
      principals: Object.fromEntries(
        people.map((name) => [name, { keys: [(KEYS.find((key) => key.name === name) as Key).line] }]),
      ),
      roles: { owner: [...owners], person: [...people] },
      rules: [
        { artifacts: ['model/**'], actions: ['register'], role: 'person', threshold: models },
        { artifacts: ['*'], actions: ['*'], role: 'owner', threshold },
      ],
    });
  }

  async #manifestBytes({ path, content }: DrawnManifest): Promise<Uint8Array> {
    const known = made.get(`${path} ${content}`);
    if (known !== undefined) return known;
    const ref = path.slice(0, -'.toml'.length).replace(/\/(?=[^/]*$)/, '@');
    const { manifest } = await this.#builder.manifest(ref, { content: `${content}` });
    made.set(`${path} ${content}`, manifest);
    return manifest;
  }

  async #sign({ key, over }: DrawnSignature, namespace: Namespace): Promise<string> {
    const document = over as DrawnPolicy | DrawnManifest;
    const known = signatures.get(document) ?? new Map<string, string>();
    signatures.set(document, known);
    const bytes = 'path' in document ? await this.#manifestBytes(document) : this.policyBytes(document);
    const signer = KEYS.find(({ name }) => name === key) as Key;
    const armor = known.get(key) ?? (await this.#builder.sign(signer, namespace, bytes));
    known.set(key, armor);
    return armor;
  }
}
