/** Which change an event is about, where the inputs do not say: the commit that would land, and what it would land on. */
import { readFileSync } from 'node:fs';
import { At1Error, type Environment, findCommit } from '../src/index.js';
import { type Inputs, invalid, type Variables } from './inputs.js';

export interface Change {
  readonly base: string;
  readonly head: string;
  /** It is the branch already, as it was pushed. */
  readonly isPush: boolean;
}

const NONE = '0'.repeat(40);

/** Throws `usage/invalid` for an event that is about no change, and what `findCommit` throws. */
export async function changeOf(
  dir: string,
  environment: Partial<Environment>,
  inputs: Inputs,
  variables: Variables,
): Promise<Change> {
  const find = (commit: string) => findCommit({ dir, commit, environment });
  const name = variables.GITHUB_EVENT_NAME ?? '';
  if (inputs.base !== undefined) {
    const head = await find(inputs.head ?? commitIn('GITHUB_SHA', variables.GITHUB_SHA));
    return { base: (await find(inputs.base)).commit, head: head.commit, isPush: name === 'push' };
  }
  const event = readEvent(variables.GITHUB_EVENT_PATH);
  switch (name) {
    case 'pull_request': {
      const head = await find(commitIn('GITHUB_SHA', variables.GITHUB_SHA));
      const [base, proposed] = head.parents;
      // The result is shown at the commit that was pushed, so it has to be the one that was judged.
      if (
        base === undefined ||
        proposed !== textAt(event, 'pull_request', 'head', 'sha') ||
        head.parents.length !== 2
      ) {
        throw invalid('GITHUB_SHA is not the merge of this pull request into its target', 'give base and head');
      }
      return { base, head: head.commit, isPush: false };
    }
    case 'merge_group': {
      const head = await find(commitIn('merge_group.head_sha', textAt(event, 'merge_group', 'head_sha')));
      const base = await find(commitIn('merge_group.base_sha', textAt(event, 'merge_group', 'base_sha')));
      return { base: base.commit, head: head.commit, isPush: false };
    }
    case 'push': {
      const before = commitIn('before', textAt(event, 'before'));
      const after = commitIn('after', textAt(event, 'after'));
      if (after === NONE)
        throw invalid('this push deletes a branch: there is nothing to judge', 'leave such pushes out');
      const head = await find(after);
      const base = before === NONE ? head.parents[0] : (await find(before)).commit;
      if (base === undefined) throw invalid('the commit that was pushed stands on nothing', 'use mode: verify');
      return { base, head: head.commit, isPush: true };
    }
    case 'pull_request_target':
      throw invalid('pull_request_target runs with the rights and secrets of the target', 'run it on: pull_request');
    default:
      throw invalid(`the event '${name.slice(0, 40)}' is about no change`, 'give base and head, or use mode: verify');
  }
}

function readEvent(path: string | undefined): unknown {
  if (path === undefined || path === '') throw invalid('GITHUB_EVENT_PATH is not set', 'give base and head');
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new At1Error('usage/invalid', { message: 'the event cannot be read', hint: 'give base and head', cause });
  }
}

function textAt(event: unknown, ...keys: readonly string[]): string | undefined {
  let at = event;
  for (const key of keys) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return typeof at === 'string' ? at : undefined;
}

function commitIn(what: string, text: string | undefined): string {
  if (text !== undefined && /^[0-9a-f]{40}$/.test(text)) return text;
  throw invalid(`${what} names no commit`, 'give base and head');
}
