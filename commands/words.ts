/** From the words of a command line to the command meant: longest name first, global flags allowed in front. */
import { At1Error } from '../src/index.js';
import { COMMANDS, commandsUnder, TOPICS } from './index.js';
import { closest } from './suggest.js';

export type Words =
  | { readonly kind: 'command'; readonly name: string; readonly rest: string[] }
  | { readonly kind: 'topic'; readonly name: string; readonly rest: string[] }
  | { readonly kind: 'none'; readonly rest: string[] }
  | { readonly kind: 'unknown'; readonly name: string; readonly suggestion: string | undefined };

const LONGEST = 3;

export function findCommand(argv: readonly string[]): Words {
  const lead = globalFlags(argv);
  const words: string[] = [];
  for (const word of argv.slice(lead, lead + LONGEST)) {
    if (word.startsWith('-')) break;
    words.push(word);
  }
  for (let count = words.length; count > 0; count--) {
    const name = words.slice(0, count).join(' ');
    const rest = [...argv.slice(0, lead), ...argv.slice(lead + count)];
    if (Object.hasOwn(COMMANDS, name)) return { kind: 'command', name, rest };
    const topic = Object.hasOwn(TOPICS, name) || commandsUnder(name).length > 0;
    if (topic && count === words.length) return { kind: 'topic', name, rest };
    if (topic) return unknown(words.slice(0, count + 1).join(' '), commandsUnder(name));
  }
  const [first] = words;
  if (first === undefined) return { kind: 'none', rest: [...argv] };
  return unknown(first, [...Object.keys(COMMANDS), ...Object.keys(TOPICS)]);
}

function unknown(name: string, among: readonly string[]): Words {
  return { kind: 'unknown', name, suggestion: closest(name, among) };
}

/** How many leading words are global flags: `at1 --json list` is what some will type. */
function globalFlags(argv: readonly string[]): number {
  let at = 0;
  for (;;) {
    const word = argv[at];
    if (word === '--registry') at += 2;
    else if (
      word === '--json' ||
      word?.startsWith('--json=') ||
      word === '--quiet' ||
      word === '-q' ||
      word?.startsWith('--registry=')
    )
      at += 1;
    else return Math.min(at, argv.length);
  }
}

/** Whether a flag is among the words before `--`. */
export function hasFlag(argv: readonly string[], ...names: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).some((word) => names.includes(word));
}

/** Also where somebody gave it a value: the usage error that follows is for a program to read. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).some((word) => word === '--json' || word.startsWith('--json='));
}

export function unknownCommand(words: Extract<Words, { kind: 'unknown' }>): At1Error {
  const { name, suggestion } = words;
  return new At1Error('usage/invalid', {
    message: `unknown command "${name}"`,
    hint: suggestion === undefined ? 'see `at1 help`' : `did you mean \`at1 ${suggestion}\`?`,
  });
}
