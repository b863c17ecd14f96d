/** One history in which everything happens that `history/` judges: honest work, and every kind of trouble once. */
import { fromUtf8, utf8 } from '../../src/bytes/text.js';
import type { Oid } from '../../src/git-format/oid.js';
import { ana, bo, carol, eve, HistoryBuilder, type NewFile, OTHER_REGISTRY } from './registry-fixture.js';

export interface Troubled {
  readonly b: HistoryBuilder;
  readonly tip: Oid;
  /** Mainline commits, oldest first. */
  readonly steps: readonly Oid[];
}

const many = Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`model/full/1.0.0.sig/p${i}.sig`, `${i}`]));
const under = (folder: string, files: Record<string, NewFile>) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`)));
const long = { format: 'markdown' as const, text: 'long '.repeat(5000) };

export async function troubledHistory(): Promise<Troubled> {
  const b = await HistoryBuilder.make('sub');
  const roles = { owner: ['ana'], writer: ['ana', 'bo'] };
  const rules = [
    { artifacts: ['model/two-*'], actions: ['register'], role: 'writer', threshold: 2 },
    { artifacts: ['model/**'], actions: ['register'], role: 'writer', threshold: 1 },
    { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
  ];
  const steps: Oid[] = [];
  const step = async (changes: Record<string, NewFile>, others: readonly Oid[] = []) => {
    const tip = steps.at(-1);
    steps.push(await b.commit(tip === undefined ? [] : [tip, ...others], changes, { key: null }));
    return steps.at(-1) as Oid;
  };
  const version = (ref: string, options = {}) => b.version(ref, options);
  await step({ 'README.md': 'before the registry' });
  const root = await step(await b.genesis(ana, { principals: [ana, bo], roles, rules }));
  const landed = await step({
    ...(await version('model/x@1.0.0', { keys: [bo] })),
    ...(await version('data/y@1.0.0', { keys: [bo] })),
    ...(await version('model/two-keys@1.0.0', { keys: [ana] })),
    ...(await version('recipe/z@1.0.0', { keys: [eve] })),
    ...(await version('model/none@1.0.0', { keys: [] })),
    ...(await version('model/long@1.0.0', { keys: [ana], edit: (honest: object) => ({ ...honest, card: long }) })),
    ...(await version('model/unsigned@1.0.0', { keys: [], edit: (honest: object) => ({ ...honest, card: long }) })),
    ...(await version('model/foreign@1.0.0', { registry: OTHER_REGISTRY })),
    'model/Wrong/1.0.0.toml': 'x',
    'model/junk/1.0.0.toml': 'x',
    'model/moved/1.0.0.toml': (await version('model/x@1.0.0'))['model/x/1.0.0.toml'] as NewFile,
    'model/link/1.0.0.toml': { mode: '120000', bytes: 'x' },
    'model/x/1.0.0.sig/notes': 'hello',
    'model/x/1.0.0.sig/long.sig': new Uint8Array(5000),
    'model/x/1.0.0.sig/ana.sig': 'garbage',
    'model/flat/1.0.0.sig': 'a file',
    ...many,
    ...under('model/flat', await version('model/flat@1.0.0', { keys: [] })),
    ...(await version('model/full@1.0.0', { keys: [ana] })),
    ...(await version('model/filed@1.0.0', { keys: [bo], filedUnder: 'ana' })),
    ...(await version('model/again@1.0.0', { content: 'ours' })),
  });
  await step({ 'model/x/1.0.0.sig/bo.sig': null, 'at1.toml': '=', 'README.md': 'x' });
  await step({
    'model/x/1.0.0.sig/bo.sig': b.bytesAt(landed, 'model/x/1.0.0.sig/bo.sig'),
    'at1.toml': b.bytesAt(root, 'at1.toml'),
    'model/link/1.0.0.toml': null,
  });
  const other = await b.commit([root], await version('model/again@1.0.0', { content: 'theirs', keys: [bo] }));
  const side = await b.commit([landed, other], await version('model/side@1.0.0', { keys: [bo] }));
  const hidden = await b.commit([side], await version('model/hidden@1.0.0', { keys: [bo] }));
  const twoPolicy = await b.policy(2, root, [ana], { principals: [ana, carol], roles: ROLES_2, rules: RULES_2 });
  const two = await b.commit([side], twoPolicy);
  const late = await b.commit([landed], await version('model/late@1.0.0', { keys: [bo] }));
  await step(await version('model/early@1.0.0', { keys: [bo] }));
  const all = (commit: Oid) => b.filesBelow(commit, 'model/side');
  await step({ ...twoPolicy, ...all(two), ...b.filesBelow(late, 'model/late') }, [two, late, hidden]);
  await step({ '.at1/policy/policy.toml': null });
  await step({ '.at1/policy/policy.toml': 'junk' });
  await step(await b.policy(3, root, [ana], { principals: [ana], previous: `sha256:${'1'.repeat(64)}` }));
  await step(await b.policy(2, root, [ana], { principals: [ana] }));
  await step(await b.policy(3, two, [carol], { principals: [ana] }));
  await step(await b.policy(3, two, [ana], { principals: [ana], registry: OTHER_REGISTRY }));
  await step({
    ...Object.fromEntries(Object.keys(await b.policy(3, two, [ana, eve], {})).map((path) => [path, null])),
    ...twoPolicy,
  });
  await step({ '.at1/policy/policy.sig/ana.sig': null, '.at1/policy/policy.sig/eve.sig': 'x' });
  await step({ 'data/y/1.0.0.toml': 'other', 'model/x/1.0.0.toml': null });
  await step({ 'at1.toml': null });
  const gone = Object.fromEntries(Object.keys(b.filesBelow(steps.at(-1) as Oid, '')).map((path) => [path, null]));
  const before = steps.at(-1) as Oid;
  await step(gone);
  const files = b.filesBelow(before, '');
  const spoiled = (more: string) => {
    const text = fromUtf8(b.objects.get(before)?.bytes as Uint8Array);
    const head = `${text.slice(0, 45)}\nparent ${steps.at(-1)}\n`;
    return b.put('commit', utf8(`${head}author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n${more}\nx`));
  };
  steps.push(spoiled('gpgsig a\ngpgsig b\n'));
  const tip = await step({
    ...files,
    'at1.toml': b.bytesAt(root, 'at1.toml'),
    ...(await version('model/last@1.0.0')),
    ...(await version('model/two-b@1.0.0')),
  });
  return { b, tip, steps };
}

const ROLES_2 = { owner: ['ana'], writer: ['ana', 'carol'] };
const RULES_2 = [
  { artifacts: ['model/two-b'], actions: ['register'], role: 'writer', threshold: 2 },
  { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
];
