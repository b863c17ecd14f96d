/** What git calls a remote's branch here, unless somebody configured another refspec. */
export function trackingBranch(remote: string, branch: string): string {
  return `refs/remotes/${remote}/${branch}`;
}
