/**
 * What `at1 init --github` writes: workflows that judge a change before it lands and verify it afterwards, and who owns
 * the files that steer both. Everything in them is pinned; nothing of an event reaches a shell.
 */
import { At1Error } from '../errors.js';

export interface GithubOptions {
  /** `owner/repository@commit` of at1. */
  readonly action: ActionPin;
  /** Digest of the root policy, `sha256:…`. */
  readonly root: string;
  readonly branch: string;
  /** The registry's folder from the top of the repository, '' or 'a/b'. */
  readonly prefix: string;
}

export interface ActionPin {
  readonly repository: string;
  readonly commit: string;
}

const CHECKOUT = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';
const RUNNER = 'ubuntu-24.04';
const WORKFLOWS = '.github/workflows';
export const CODEOWNERS_PATHS: readonly string[] = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** Throws `usage/invalid`: a tag or a branch can be moved to another program by whoever owns it, a commit cannot. */
export function parseAction(text: string): ActionPin {
  const found = /^([A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+)@([0-9a-f]{40})$/.exec(text);
  const [, repository, commit] = found ?? [];
  if (repository === undefined || commit === undefined) {
    throw new At1Error('usage/invalid', {
      message:
        text === ''
          ? 'nothing says which at1 is to judge: --action is missing'
          : `'${text.slice(0, 100)}' does not name an action by its commit`,
      hint: 'give OWNER/REPOSITORY@COMMIT of the at1 that is to judge, with all 40 digits; tags and branches can be moved',
    });
  }
  return { repository, commit };
}

/** Throws `usage/invalid` for what GitHub does not take as an owner. */
export function parseOwner(text: string): string {
  if (/^@[A-Za-z0-9][A-Za-z0-9-]*(\/[A-Za-z0-9._-]+)?$/.test(text)) return text;
  throw new At1Error('usage/invalid', {
    message: `'${text.slice(0, 100)}' is no owner`,
    hint: 'give a team or a person as GitHub writes them: @org/team or @name',
  });
}

/** Workflows by their path from the top of the repository. Throws `usage/path` for a folder that a runner would rewrite. */
export function githubWorkflows(options: GithubOptions): ReadonlyMap<string, string> {
  if (options.prefix.includes('$') || /[\x00-\x1f]/.test(options.prefix)) {
    throw new At1Error('usage/path', { message: 'the name of this folder cannot stand in a workflow' });
  }
  return new Map([
    [`${WORKFLOWS}/at1-gate.yml`, gateWorkflow(options)],
    [`${WORKFLOWS}/at1-land.yml`, landWorkflow(options)],
    [`${WORKFLOWS}/at1-reusable.yml`, reusableWorkflow(options)],
  ]);
}

/** Who may change what decides who may change anything. */
export function codeownersLines(owner: string, prefix: string): string[] {
  const top = prefix === '' ? '/' : `/${prefix.replaceAll(/[\\\s#!*?[\]]/g, (found) => `\\${found}`)}/`;
  return [`${top}.at1/ ${owner}`, `${top}at1.toml ${owner}`, `/.github/ ${owner}`];
}

function gateWorkflow({ action, root, branch, prefix }: GithubOptions): string {
  return text([
    '# Written by `at1 init --github`: a change lands only as the policy of the registry allows. Needs no secret.',
    '# Require the check "at1 gate" in a ruleset of the branch, else it stops nothing.',
    'name: at1 gate',
    '',
    'on:',
    '  pull_request:',
    `    branches: [${branchPattern(branch)}]`,
    '  merge_group:',
    '',
    'permissions:',
    '  contents: read',
    '',
    'jobs:',
    '  gate:',
    '    name: at1 gate',
    `    runs-on: ${RUNNER}`,
    '    timeout-minutes: 60',
    '    steps:',
    ...checkout('all of history, because signatures and lineage are judged from the beginning'),
    `      - uses: ${action.repository}@${action.commit}`,
    '        with:',
    `          root: ${root}`,
    ...registryInput(prefix),
  ]);
}

function landWorkflow({ action, root, branch, prefix }: GithubOptions): string {
  return text([
    '# Written by `at1 init --github`: what has landed is verified, whoever let it in; then its tags are made.',
    '# The secret AT1_SIGNING_KEY may hold the private key of a principal with the one right `tag`. Without it a',
    '# maintainer makes the tags.',
    'name: at1 land',
    '',
    'on:',
    '  push:',
    `    branches: [${branchPattern(branch)}]`,
    '',
    'permissions:',
    '  contents: read',
    '',
    'concurrency: at1-land',
    '',
    'jobs:',
    '  verify:',
    '    name: at1 verify',
    `    runs-on: ${RUNNER}`,
    '    timeout-minutes: 120',
    '    steps:',
    ...checkout('all of history and all tags'),
    `      - uses: ${action.repository}@${action.commit}`,
    '        with:',
    '          mode: verify',
    `          root: ${root}`,
    ...registryInput(prefix),
    '',
    '  tag:',
    '    name: at1 tag',
    '    needs: verify',
    `    runs-on: ${RUNNER}`,
    '    timeout-minutes: 30',
    '    permissions:',
    '      contents: write',
    '    env:',
    `      HAS_KEY: ${expression("secrets.AT1_SIGNING_KEY != ''")}`,
    '    steps:',
    '      - name: Without a key, say who makes the tags',
    "        if: env.HAS_KEY != 'true'",
    '        run: |',
    '          echo \'There is no secret AT1_SIGNING_KEY. To make the tags, a maintainer runs: at1 pull && at1 tag && git push origin --tags\' | tee -a "$GITHUB_STEP_SUMMARY"',
    `      - uses: ${CHECKOUT}`,
    "        if: env.HAS_KEY == 'true'",
    '        with:',
    '          path: clone',
    '          fetch-depth: 0',
    '          persist-credentials: false',
    `      - uses: ${CHECKOUT}`,
    "        if: env.HAS_KEY == 'true'",
    '        with:',
    `          repository: ${action.repository}`,
    `          ref: ${action.commit}`,
    '          path: at1',
    '          persist-credentials: false',
    '      - name: Build at1 from its pinned source, with packages pinned by its lock file',
    "        if: env.HAS_KEY == 'true'",
    '        working-directory: at1',
    '        run: npm ci --ignore-scripts --no-audit --no-fund && npm run --silent build',
    '      - name: Make the tags that are missing',
    "        if: env.HAS_KEY == 'true'",
    '        env:',
    `          AT1_ROOT: ${root}`,
    `          AT1_REGISTRY: ${quoted(prefix === '' ? 'clone' : `clone/${prefix}`)}`,
    `          AT1_SIGNING_KEY: ${expression('secrets.AT1_SIGNING_KEY')}`,
    '        run: node at1/bin/run.js tag',
    '      - name: Push them',
    "        if: env.HAS_KEY == 'true'",
    '        env:',
    `          TOKEN: ${expression('github.token')}`,
    '        run: |',
    '          export GIT_CONFIG_COUNT=1',
    '          export GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraheader"',
    '          GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf \'x-access-token:%s\' "$TOKEN" | base64 -w0)"',
    '          export GIT_CONFIG_VALUE_0',
    '          git -C clone push origin --tags',
  ]);
}

function reusableWorkflow({ action }: GithubOptions): string {
  return text([
    '# Written by `at1 init --github`: the gate for other repositories to call, pinned by a commit of this one. What judges a',
    '# change then lies where the change cannot reach it.',
    'name: at1 gate (reusable)',
    '',
    'on:',
    '  workflow_call:',
    '    inputs:',
    '      root:',
    '        description: Digest of the root policy of the registry that calls.',
    '        type: string',
    '        required: true',
    '      registry:',
    '        description: Folder of the registry; default the top of the repository.',
    '        type: string',
    "        default: ''",
    '      mode:',
    '        description: gate or verify.',
    '        type: string',
    '        default: gate',
    '      objects:',
    '        description: decode, present or skip.',
    '        type: string',
    "        default: ''",
    '      allow-pending:',
    '        description: Let a change in that leaves something waiting.',
    '        type: boolean',
    '        default: false',
    '    outputs:',
    '      pending:',
    '        description: How many events and versions wait.',
    `        value: ${expression('jobs.gate.outputs.pending')}`,
    '',
    'permissions:',
    '  contents: read',
    '',
    'jobs:',
    '  gate:',
    '    name: at1 gate',
    `    runs-on: ${RUNNER}`,
    '    timeout-minutes: 60',
    '    outputs:',
    `      pending: ${expression('steps.gate.outputs.pending')}`,
    '    steps:',
    ...checkout('all of history, because signatures and lineage are judged from the beginning'),
    `      - uses: ${action.repository}@${action.commit}`,
    '        id: gate',
    '        with:',
    `          root: ${expression('inputs.root')}`,
    `          registry: ${expression('inputs.registry')}`,
    `          mode: ${expression('inputs.mode')}`,
    `          objects: ${expression('inputs.objects')}`,
    `          allow-pending: ${expression("inputs.allow-pending && 'true' || ''")}`,
  ]);
}

/** For values that a runner fills in; never in what a shell reads. */
function expression(what: string): string {
  return `\${{ ${what} }}`;
}

function checkout(why: string): string[] {
  return [
    `      - uses: ${CHECKOUT}`,
    '        with:',
    `          # ${why}`,
    '          fetch-depth: 0',
    '          persist-credentials: false',
  ];
}

function registryInput(prefix: string): string[] {
  return prefix === '' ? [] : [`          registry: ${quoted(prefix)}`];
}

/** A branch name holds no `*`, `?` or `[`, but `+` and a first `!` mean something in a filter. */
function branchPattern(branch: string): string {
  return quoted(branch.replaceAll(/[+!\]]/g, (found) => `\\${found}`));
}

/** As a YAML string in single quotes, in which nothing but the quote has a meaning. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
