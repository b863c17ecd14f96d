/**
 * What `--at` names: a commit (whole or abbreviated to 7 digits and more), a ref, or an RFC 3339 date. `~2` and `^^` after
 * it go back over first parents, as in git.
 */
import { At1Error } from '../errors.js';
import type { GitReader } from '../git/reader.js';
import type { Refs } from '../git/refs.js';
import type { Repository } from '../git/repository.js';
import { isOid, type Oid, parseOid } from '../git-format/oid.js';
import { readCommit } from '../git-format/read-object.js';
import { isValidRefName } from '../git-format/ref-name.js';
import { parseTag } from '../git-format/tag.js';
import { readMainline } from '../history/mainline.js';

/** As git takes them: no name of a ref has such a character in it. */
const STEPS_BACK = /^([^~^]+)((?:~[0-9]{0,6}|\^)+)$/;

/** `present`: the commit of HEAD, if it has one. Throws `artifact/not-found` where nothing of that name exists. */
export async function resolveMoment(
  text: string,
  present: Oid | undefined,
  reader: GitReader,
  refs: Refs,
  repository: Repository,
): Promise<Oid> {
  const [, name = text, back = ''] = STEPS_BACK.exec(text) ?? [];
  let oid = await resolveName(name, present, reader, refs, repository);
  for (const [step] of back.matchAll(/~[0-9]*|\^/g)) {
    const count = step === '^' || step === '~' ? 1 : Number(step.slice(1));
    for (let n = 0; n < count; n++) {
      const parent = repository.shallow.has(oid) ? undefined : (await readCommit(reader, oid)).parents[0];
      if (parent === undefined) throw nothing(text);
      oid = parent;
    }
  }
  return oid;
}

async function resolveName(
  text: string,
  present: Oid | undefined,
  reader: GitReader,
  refs: Refs,
  repository: Repository,
): Promise<Oid> {
  // Before any ref: somebody else may have given a branch or tag the name of a commit.
  if (isOid(text)) return peel(reader, parseOid(text));
  for (const name of [text, `refs/tags/${text}`, `refs/heads/${text}`, `refs/remotes/${text}`]) {
    if (name !== 'HEAD' && !(name.startsWith('refs/') && isValidRefName(name))) continue;
    const oid = name === 'HEAD' ? present : refs.resolve(name);
    if (oid !== undefined) return peel(reader, oid);
  }
  if (present === undefined) throw nothing(text);
  const mainline = await readMainline(reader, present, { shallow: repository.shallow });
  if (isAbbreviation(text)) {
    const found = mainline.commits.filter((oid) => oid.startsWith(text));
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
  }
  const time = Date.parse(text);
  if (looksLikeDate(text) && Number.isFinite(time)) {
    for (const oid of [...mainline.commits].reverse()) {
      if ((await readCommit(reader, oid)).committer.seconds * 1000 <= time) return oid;
    }
    throw new At1Error('artifact/not-found', { message: `the registry has no commit as old as ${text}` });
  }
  throw nothing(text);
}

function nothing(text: string): At1Error {
  return new At1Error('artifact/not-found', {
    message: `no commit, tag or date '${text.slice(0, 80)}'`,
    hint: 'give a commit, a tag such as model/name@v1.0.0, or a date such as 2026-01-31T12:00:00Z',
  });
}

async function peel(reader: GitReader, oid: Oid): Promise<Oid> {
  let next = oid;
  for (let depth = 0; depth < 8; depth++) {
    const object = await reader.read(next);
    if (object.type === 'commit') return next;
    if (object.type !== 'tag') break;
    next = parseTag(object.bytes).object;
  }
  throw new At1Error('artifact/not-found', { message: `${oid} is not a commit` });
}

function isAbbreviation(text: string): boolean {
  return (
    text.length >= 7 && text.length < 40 && [...text].every((c) => (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))
  );
}

function looksLikeDate(text: string): boolean {
  return text.length >= 10 && text[4] === '-' && text[7] === '-';
}
