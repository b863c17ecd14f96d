/** `at1 pull`: brings the registry branch forward to its remote. */
import { type PullOutcome, pull } from '../src/index.js';
import { At1Command } from './base.js';
import { openRegistry } from './open.js';

export class PullCommand extends At1Command {
  static override summary = 'Bring the registry branch forward to its remote.';
  static override description =
    'For the registry branch, while it is checked out. Fast-forward only, so that nothing of yours is touched, and only where the remote still holds all it showed before. Where ' +
    'both sides have commits of their own it stops and names the git command to run: versions of different names or ' +
    'numbers never conflict.';
  static override examples = ['at1 pull', 'at1 pull --json'];

  async run(): Promise<PullOutcome> {
    await this.parse(PullCommand);
    const result = await pull(await openRegistry(this));
    const { remote, state, head } = result;
    this.log(
      state === 'up-to-date'
        ? `already up to date with ${remote}`
        : `moved forward to ${head.slice(0, 12)} of ${remote}`,
    );
    this.next(state === 'up-to-date' ? 'at1 status' : 'at1 verify');
    return result;
  }
}
