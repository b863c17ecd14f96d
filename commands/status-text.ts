/** Where a clone stands, and what is worth doing next, in words: of the registry branch and of what is checked out. */
import type { StatusResult } from '../src/index.js';
import { shellWord } from './version-text.js';

/** What is told is what is checked out; where that is another branch than the registry's, both are named. */
export function placeText({ branch, checkedOut, head, remote }: StatusResult): string {
  const at = `at ${head.slice(0, 12)}, ${remoteText(remote)}`;
  if (checkedOut === branch) return `branch ${branch} ${at}`;
  return `checked out: ${checkedOut ?? 'a detached HEAD'} ${at}; the registry branch is ${branch}`;
}

function remoteText({ ref, state }: StatusResult['remote']): string {
  const short = (ref ?? '').replace(/^refs\/remotes\//, '');
  switch (state) {
    case 'none':
      return 'no remote';
    case 'never-pushed':
      return `never pushed to ${short}`;
    case 'equal':
      return `up to date with ${short}`;
    case 'ahead':
      return `ahead of ${short}`;
    case 'behind':
      return `behind ${short}`;
    case 'diverged':
      return `${short} and this branch both have commits of their own`;
  }
}

export function nextStep({
  remote,
  branch,
  checkedOut,
  wrong,
  findings,
  missingTags,
  versions,
  pendingVersions,
  pendingEvents,
}: StatusResult): string | undefined {
  if (wrong.length > 0) return 'at1 verify tells what is wrong';
  const damaged = findings.find(({ severity, hint }) => severity !== 'note' && hint !== null);
  if (damaged !== undefined) return damaged.hint ?? undefined;
  const name = (remote.ref ?? '').split('/')[2] ?? 'origin';
  if (remote.state === 'behind')
    return checkedOut === branch ? 'at1 pull' : `git switch ${shellWord(branch)} && at1 pull`;
  if (remote.state === 'diverged') return `git pull --rebase ${name} ${branch}`;
  if (checkedOut !== branch && remote.state === 'ahead') return forReview(checkedOut, name);
  if (checkedOut !== branch && remote.state === 'never-pushed') return `at1 push sends the registry branch ${branch}`;
  if (remote.state === 'ahead' || remote.state === 'never-pushed') return 'at1 push';
  if (missingTags > 0 && remote.state !== 'none') return 'at1 push makes and sends the tags';
  if (missingTags > 0) return checkedOut === branch ? 'at1 tag' : `merge it into ${branch}, then at1 tag`;
  if (versions === 0) return 'at1 register PATH';
  if (pendingEvents.length > 0) return 'at1 approve signs what waits; at1 show tells what it lacks';
  const [first] = pendingVersions;
  return first === undefined ? undefined : `whoever is missing signs it: at1 approve ${first.path}`;
}

/** `at1 push` sends the registry branch: what is on another one goes there by a pull request. */
export function forReview(checkedOut: string | null, remote: string): string {
  const push = `git push -u ${remote} ${checkedOut === null ? 'BRANCH' : shellWord(checkedOut)}, then open a pull request`;
  return checkedOut === null ? `git switch -c BRANCH && ${push}` : push;
}
