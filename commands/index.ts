/**
 * The table of all commands, by the words a user types. Each is loaded when it runs, so that start-up stays cheap.
 * Tests, documents and the bundle all use this table; a file that is not in it is not a command.
 */
import type { CommandClass } from './base.js';

export type CommandLoader = () => Promise<CommandClass>;

export const COMMANDS: Readonly<Record<string, CommandLoader>> = {
  help: async () => (await import('./help.js')).HelpCommand,
  init: async () => (await import('./init.js')).InitCommand,
  register: async () => (await import('./register.js')).RegisterCommand,
  unregister: async () => (await import('./unregister.js')).UnregisterCommand,
  list: async () => (await import('./list.js')).ListCommand,
  show: async () => (await import('./show.js')).ShowCommand,
  lineage: async () => (await import('./lineage.js')).LineageCommand,
  log: async () => (await import('./log.js')).LogCommand,
  stats: async () => (await import('./stats.js')).StatsCommand,
  identify: async () => (await import('./identify.js')).IdentifyCommand,
  get: async () => (await import('./get.js')).GetCommand,
  cat: async () => (await import('./cat.js')).CatCommand,
  artifacts: async () => (await import('./artifacts.js')).ArtifactsCommand,
  query: async () => (await import('./query.js')).QueryCommand,
  tensor: async () => (await import('./tensor.js')).TensorCommand,
  promote: async () => (await import('./promote.js')).PromoteCommand,
  rollback: async () => (await import('./rollback.js')).RollbackCommand,
  alias: async () => (await import('./alias.js')).AliasCommand,
  deprecate: async () => (await import('./deprecate.js')).DeprecateCommand,
  yank: async () => (await import('./yank.js')).YankCommand,
  revoke: async () => (await import('./revoke.js')).RevokeCommand,
  attest: async () => (await import('./attest.js')).AttestCommand,
  'eval add': async () => (await import('./eval/add.js')).EvalAddCommand,
  'eval list': async () => (await import('./eval/list.js')).EvalListCommand,
  approve: async () => (await import('./approve.js')).ApproveCommand,
  gate: async () => (await import('./gate/gate.js')).GateCommand,
  verify: async () => (await import('./verify.js')).VerifyCommand,
  'data download': async () => (await import('./artifact/download.js')).downloadCommand('data'),
  'data get': async () => (await import('./artifact/show.js')).showCommand('data', 'get'),
  'data inspect': async () => (await import('./artifact/show.js')).showCommand('data', 'inspect'),
  'data list': async () => (await import('./artifact/list.js')).listCommand('data'),
  'data register': async () => (await import('./artifact/register.js')).registerCommand('data'),
  'model download': async () => (await import('./artifact/download.js')).downloadCommand('model'),
  'model get': async () => (await import('./artifact/show.js')).showCommand('model', 'get'),
  'model inspect': async () => (await import('./artifact/show.js')).showCommand('model', 'inspect'),
  'model list': async () => (await import('./artifact/list.js')).listCommand('model'),
  'model register': async () => (await import('./artifact/register.js')).registerCommand('model'),
  'model stage': async () => (await import('./artifact/stage.js')).ModelStageCommand,
  'recipe download': async () => (await import('./artifact/download.js')).downloadCommand('recipe'),
  'recipe get': async () => (await import('./artifact/show.js')).showCommand('recipe', 'get'),
  'recipe inspect': async () => (await import('./artifact/show.js')).showCommand('recipe', 'inspect'),
  'recipe list': async () => (await import('./artifact/list.js')).listCommand('recipe'),
  'recipe register': async () => (await import('./artifact/register.js')).registerCommand('recipe'),
  'hook install': async () => (await import('./hook/install.js')).HookInstallCommand,
  'hook pre-commit': async () => (await import('./hook/pre-commit.js')).HookPreCommitCommand,
  'hook pre-push': async () => (await import('./hook/pre-push.js')).HookPrePushCommand,
  'hook pre-receive': async () => (await import('./hook/pre-receive.js')).HookPreReceiveCommand,
  'hook uninstall': async () => (await import('./hook/uninstall.js')).HookUninstallCommand,
  'import mlflow': async () => (await import('./import/mlflow.js')).ImportMlflowCommand,
  doctor: async () => (await import('./doctor.js')).DoctorCommand,
  inspect: async () => (await import('./inspect.js')).InspectCommand,
  'key generate': async () => (await import('./key/generate.js')).KeyGenerateCommand,
  'key import': async () => (await import('./key/import.js')).KeyImportCommand,
  'key list': async () => (await import('./key/list.js')).KeyListCommand,
  'key show': async () => (await import('./key/show.js')).KeyShowCommand,
  pack: async () => (await import('./pack.js')).PackCommand,
  'policy add-principal': async () => (await import('./policy/add-principal.js')).PolicyAddPrincipalCommand,
  'policy bar': async () => (await import('./policy/bar.js')).PolicyBarCommand,
  'policy check': async () => (await import('./policy/check.js')).PolicyCheckCommand,
  'policy gate': async () => (await import('./policy/gate.js')).PolicyGateCommand,
  'policy init': async () => (await import('./policy/init.js')).PolicyInitCommand,
  'policy remove-principal': async () => (await import('./policy/remove-principal.js')).PolicyRemovePrincipalCommand,
  'policy revoke': async () => (await import('./policy/revoke.js')).PolicyRevokeCommand,
  'policy rotate': async () => (await import('./policy/rotate.js')).PolicyRotateCommand,
  'policy rule': async () => (await import('./policy/rule.js')).PolicyRuleCommand,
  'policy sign': async () => (await import('./policy/sign.js')).PolicySignCommand,
  'policy show': async () => (await import('./policy/show.js')).PolicyShowCommand,
  'policy test': async () => (await import('./policy/test.js')).PolicyTestCommand,
  pull: async () => (await import('./pull.js')).PullCommand,
  push: async () => (await import('./push.js')).PushCommand,
  reindex: async () => (await import('./reindex.js')).ReindexCommand,
  status: async () => (await import('./status.js')).StatusCommand,
  tag: async () => (await import('./tag.js')).TagCommand,
  unpack: async () => (await import('./unpack.js')).UnpackCommand,
};

/** Words that only group commands. */
export const TOPICS: Readonly<Record<string, string>> = {
  data: 'Datasets, in the verbs of pacha.',
  eval: 'Evaluations and other evidence: add, list.',
  hook: 'Hooks of git: install, uninstall; the others are run by git.',
  import: 'From other places: a logged model of MLflow.',
  key: 'Your own signing keys: make, list, show, import.',
  model: 'Models, in the verbs of pacha.',
  policy: 'Who may do what: show, check, test and change the policy.',
  recipe: 'Recipes, in the verbs of pacha.',
};

const OUTPUTS: Readonly<Record<string, string>> = {
  download: 'get',
  get: 'show',
  inspect: 'show',
  list: 'list',
  register: 'register',
  stage: 'event',
};

/** Commands that record an event all give the same. */
const EVENTS: readonly string[] = ['promote', 'rollback', 'alias', 'deprecate', 'yank', 'revoke'];

/** So do those that change the policy. */
const POLICY_CHANGES: readonly string[] = ['bar', 'gate', 'remove-principal', 'revoke', 'rotate', 'rule', 'sign'];

/** The schema in schemas/output that the JSON of a command follows; pacha's verbs give what the main commands give. */
export function outputSchemaOf(name: string): string {
  if (EVENTS.includes(name)) return 'event';
  if (name === 'eval add') return 'attest';
  if (name === 'lineage') return 'lineage-graph';
  if (name === 'hook pre-push' || name === 'hook pre-receive') return 'hook-push';
  if (name === 'hook install' || name === 'hook uninstall') return 'hook-files';
  const [topic = '', verb = ''] = name.split(' ');
  if (topic === 'policy' && POLICY_CHANGES.includes(verb)) return 'policy-change';
  const main = topic === 'model' || topic === 'data' || topic === 'recipe' ? OUTPUTS[verb] : undefined;
  return main ?? name.replaceAll(' ', '-');
}

/** Commands whose first words are `prefix`. */
export function commandsUnder(prefix: string): string[] {
  return Object.keys(COMMANDS)
    .filter((name) => name.startsWith(`${prefix} `))
    .sort();
}

export async function loadCommand(name: string): Promise<CommandClass | undefined> {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name]?.() : undefined;
}
