/** What `at1 init` says of a registry that it started, and of the files for GitHub. */
import type { GithubFile, InitGithubResult, InitResult } from '../src/index.js';
import type { Paint } from './print.js';

export function startedLines({ registry, dir, branch, principal, key, root }: InitResult, paint: Paint): string[] {
  return [
    `${paint.green('registry')} ${registry} in ${dir}, on branch ${branch}`,
    `owner    ${principal}, ${key.created ? 'new key' : 'key'} ${key.id} (${key.source})`,
    `root     ${root}`,
    'Others pin the root to be sure that they have this registry: --root, or AT1_ROOT.',
  ];
}

/** The registry, where it was started by this run. */
export function startedOf(result: InitGithubResult): InitResult | undefined {
  const { registry, principal, key, root, commit } = result;
  if (registry === null || principal === null || key === null || root === null || commit === null) return undefined;
  return { dir: result.dir, branch: result.branch, registry, principal, key, root, commit };
}

export function githubLines({ github, principal }: InitGithubResult, paint: Paint): string[] {
  const { dryRun, commit } = github;
  return [
    ...github.files.flatMap((file) => fileLines(file, dryRun, paint)),
    ...(commit === null ? [] : [`commit ${commit.slice(0, 12)}, signed by ${principal}`]),
  ];
}

function fileLines({ path, state, text }: GithubFile, dryRun: boolean, paint: Paint): string[] {
  const content = text.trimEnd().split('\n');
  const indented = content.map((line) => `    ${line}`.trimEnd());
  switch (state) {
    case 'written':
      return dryRun ? [`would write ${path}`, ...indented] : [`${paint.green('wrote')} ${path}`];
    case 'present':
      return [`there already: ${path}`];
    case 'kept':
      return path.endsWith('CODEOWNERS')
        ? [
            `${paint.yellow('left')} ${path} as it is; add these lines, after those that match the same files:`,
            ...indented,
          ]
        : [
            `${paint.yellow('left')} ${path} as it is: it holds something else (--dry-run after moving it away shows ours)`,
          ];
  }
}
