/**
 * The author, committer and tagger lines: `Name <email> seconds timezone`. Reading is as forgiving as git's own
 * (foreign history holds every mistake, and nothing here decides who signed); writing is strict.
 */
import { At1Error } from '../errors.js';

export interface Person {
  readonly name: string;
  readonly email: string;
  /** Seconds since 1970 UTC. */
  readonly seconds: number;
  /** As git writes it: `+0000`, `-0330`. */
  readonly timezone: string;
}

const FORBIDDEN = /[<>\n\0]/;

/** As git splits the line; an unreadable date is 1970, as in `git log`. */
export function parsePerson(text: string): Person {
  const open = text.indexOf('<');
  const close = open < 0 ? -1 : text.indexOf('>', open);
  if (close < 0) return { name: text.trim(), email: '', seconds: 0, timezone: '+0000' };
  const date = /^ *(\d{1,15}) +([+-]\d{4})$/.exec(text.slice(text.lastIndexOf('>') + 1));
  return {
    name: text.slice(0, open).replace(/ +$/, ''),
    email: text.slice(open + 1, close),
    seconds: date === null ? 0 : Number(date[1]),
    timezone: date?.[2] ?? '+0000',
  };
}

/** Throws `usage/invalid` for what would break the line. */
export function formatPerson(person: Person): string {
  const { name, email, seconds, timezone } = person;
  if (FORBIDDEN.test(name) || FORBIDDEN.test(email)) {
    throw new At1Error('usage/invalid', {
      message: 'a name or e-mail address for git holds <, >, NUL or a line break',
      facts: { name, email },
      hint: 'correct user.name and user.email',
    });
  }
  if (!Number.isSafeInteger(seconds) || seconds < 0) throw new RangeError(`not a time git can store: ${seconds}`);
  if (!/^[+-]\d{4}$/.test(timezone)) throw new RangeError(`not a time zone: ${timezone}`);
  return `${name} <${email}> ${seconds} ${timezone}`;
}
