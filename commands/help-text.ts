/** The text of help pages, made from the statics of the commands. */
import type { CommandClass } from './base.js';
import { COMMANDS, commandsUnder, loadCommand, TOPICS } from './index.js';
import { displayWidth } from './print.js';

const CHECKS: readonly (readonly [string, string])[] = [
  ['verify', 'is it true: is this state what the people in the policy decided'],
  ['gate', 'may this change in: judged before it lands, in every way it could land'],
  ['doctor', 'is my set-up right: key, git, files, objects'],
  ['reindex', 'rebuild the cache: the catalog, from history'],
];

export interface FlagFacts {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly global: boolean;
}

export async function overview(columns: number): Promise<string[]> {
  const single = Object.keys(COMMANDS).filter((name) => !name.includes(' '));
  const rows = await summaries(single);
  const topics = Object.entries(TOPICS).filter(([name]) => commandsUnder(name).length > 0);
  return [
    'at1: a registry for models, datasets and recipes inside a git repository',
    '',
    ...section('Usage', ['at1 COMMAND [ARGUMENTS] [FLAGS]']),
    ...section('Commands', twoColumns(rows, columns)),
    ...section('Topics', twoColumns(topics, columns)),
    ...section('Which check is which', twoColumns(CHECKS, columns)),
    'See `at1 help COMMAND`. Every command takes --json, --registry DIR and --quiet.',
  ];
}

export async function topicHelp(topic: string, columns: number): Promise<string[]> {
  const rows = await summaries(commandsUnder(topic));
  return [
    `at1 ${topic}: ${TOPICS[topic] ?? ''}`.trim(),
    '',
    ...section('Commands', twoColumns(rows, columns)),
    `See \`at1 help ${topic} COMMAND\`.`,
  ];
}

export async function commandHelp(name: string, columns: number): Promise<string[]> {
  const command = await loadCommand(name);
  if (command === undefined) throw new TypeError(`command ${name} is not in the table`);
  const flags = flagFacts(command);
  const row = (flag: FlagFacts): readonly [string, string] => [flag.label, flag.text];
  return [
    command.summary ?? '',
    '',
    ...section('Usage', [usage(name, command)]),
    ...section('Arguments', twoColumns(argumentRows(command), columns)),
    ...section('Flags', twoColumns(flags.filter((flag) => !flag.global).map(row), columns)),
    ...section('Flags of every command', twoColumns(flags.filter((flag) => flag.global).map(row), columns)),
    ...section('Description', wrap((command.description ?? '').trim(), columns - 2)),
    ...section('Examples', command.examples.flatMap(exampleLines)),
  ].slice(0, -1);
}

export function usage(name: string, command: CommandClass): string {
  const args = Object.entries(command.args)
    .filter(([, arg]) => arg.hidden !== true)
    .map(([key, arg], index, all) => {
      const many = arg.multiple === true || (command.strict === false && index === all.length - 1);
      const word = `${key.toUpperCase()}${many ? '...' : ''}`;
      return arg.required === true ? word : `[${word}]`;
    });
  // oclif leaves `flags` undefined where a command has none, whatever its type says.
  const required = Object.entries(command.flags ?? {})
    .filter(([, flag]) => flag.required === true)
    .map(([key, flag]) => `--${key}${flag.type === 'option' ? ` ${flag.helpValue ?? 'VALUE'}` : ''}`);
  return ['at1', name, ...args, ...required, '[FLAGS]'].join(' ');
}

export function argumentRows(command: CommandClass): (readonly [string, string])[] {
  return Object.entries(command.args)
    .filter(([, arg]) => arg.hidden !== true)
    .map(([key, arg]) => [key.toUpperCase(), arg.description ?? '']);
}

export function flagFacts(command: CommandClass): FlagFacts[] {
  const all: CommandClass['flags'] = { ...command.baseFlags, ...command.flags };
  return Object.keys(all)
    .sort()
    .flatMap((name): FlagFacts[] => {
      const flag = all[name];
      if (flag === undefined || flag.hidden === true) return [];
      const long = flag.type === 'boolean' && flag.allowNo === true ? `--[no-]${name}` : `--${name}`;
      const value = flag.type === 'option' ? ` ${flag.helpValue ?? flag.options?.join('|') ?? 'VALUE'}` : '';
      const preset = 'default' in flag && typeof flag.default === 'string' ? ` [default: ${flag.default}]` : '';
      return [
        {
          name,
          label: `${flag.char === undefined ? '' : `-${flag.char}, `}${long}${value}`,
          text: `${flag.summary ?? flag.description ?? ''}${preset}`,
          global: flag.helpGroup === 'GLOBAL',
        },
      ];
    });
}

export function exampleLines(example: CommandClass['examples'][number]): string[] {
  return typeof example === 'string' ? [example] : [`# ${example.description}`, example.command];
}

async function summaries(names: readonly string[]): Promise<(readonly [string, string])[]> {
  const loaded = await Promise.all(names.map(async (name) => [name, await loadCommand(name)] as const));
  return loaded
    .filter(([, command]) => command?.hidden !== true)
    .map(([name, command]) => [name, command?.summary ?? '']);
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0 || title === '') return [];
  return [title, ...lines.map((line) => (line === '' ? '' : `  ${line}`)), ''];
}

function twoColumns(rows: readonly (readonly [string, string])[], columns: number): string[] {
  const left = Math.max(0, ...rows.map(([name]) => displayWidth(name)));
  return rows.flatMap(([name, text]) => {
    const [first = '', ...more] = wrap(text, columns - left - 4);
    return [`${name.padEnd(left)}  ${first}`.trimEnd(), ...more.map((line) => ' '.repeat(left + 2) + line)];
  });
}

/** Breaks at spaces; paragraphs stay. */
function wrap(text: string, columns: number): string[] {
  if (text === '') return [];
  const limit = Math.max(20, Math.min(columns, 110));
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > limit) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
}
