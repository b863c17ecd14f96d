/** Which names git accepts for refs (`git check-ref-format`): what passes is also safe as a path below `.git`. */

/** A full name such as `refs/heads/main`: at least one slash, as git demands without `--allow-onelevel`. */
export function isValidRefName(name: string): boolean {
  if (/\p{Surrogate}/u.test(name) || name.endsWith('.') || name.includes('..') || name.includes('@{')) return false;
  const parts = name.split('/');
  return parts.length >= 2 && parts.every(isValidPart);
}

/** A branch name without `refs/heads/`, as `git branch` accepts it. */
export function isValidBranchName(name: string): boolean {
  return !name.startsWith('-') && name !== 'HEAD' && isValidRefName(`refs/heads/${name}`);
}

function isValidPart(part: string): boolean {
  if (part === '' || part.startsWith('.') || part.endsWith('.lock')) return false;
  for (let i = 0; i < part.length; i++) {
    const code = part.charCodeAt(i);
    if (code <= 0x20 || code === 0x7f || '~^:?*[\\'.includes(part.charAt(i))) return false;
  }
  return true;
}
