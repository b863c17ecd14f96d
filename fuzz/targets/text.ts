/** Names, versions, ranges, references, paths, times: each against its grammar in docs/format/registry.md, written again. */

import { At1Error } from '../../src/errors.js';
import { formatEventTag, formatVersionTag, parseEventTag, parseVersionTag } from '../../src/history/tag-name.js';
import { formatRegistryPath, parseRegistryPath } from '../../src/manifest/layout-of-registry.js';
import { holdsPassword, isUri, RELATIONS } from '../../src/manifest/lineage.js';
import { parseKind, parseLaneName, parseName, parsePrincipalName } from '../../src/manifest/name.js';
import { formatRange, isWithin, parseRange, satisfies } from '../../src/manifest/range.js';
import { formatReference, parseReference } from '../../src/manifest/reference.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { foldPath, parseRelPath } from '../../src/manifest/rel-path.js';
import { formatTimestamp, isTimestamp, parseTimestamp } from '../../src/manifest/timestamp.js';
import { bumpVersion, compareVersions, isVersion, parseVersion, versionParts } from '../../src/manifest/version.js';
import { isReference, parseLineage } from '../../src/registry/lineage-request.js';
import { formatBound, parseBound } from '../../src/registry/metric-bound.js';
import { mustHold, type ParserTarget, violated } from '../target.js';
import { bytesOf, same, textOf } from './inputs.js';

const NUMBER = '(?:0|[1-9][0-9]*)';
const IDENTIFIER = `(?:${NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)`;
const VERSION = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-${IDENTIFIER}(?:\\.${IDENTIFIER})*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);
const PART = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/;
const STAGES = ['development', 'staging', 'production', 'archived'];
/** Section 3.4, and the surrogates. */
const HIDDEN_RANGES =
  '0-8 b-c d-1f 7f-9f ad 34f 61c 115f-1160 17b4-17b5 180e 200b-200f 2028-202e 2060-206f 3164 feff ffa0 fff9-fffb e0000-e0fff d800-dfff'
    .split(' ')
    .map((range) => range.split('-').map((code) => Number.parseInt(code, 16)));

const NAME_TOKENS = [
  '/',
  '.',
  '..',
  '-',
  'model/',
  'events',
  'production',
  'con',
  'lpt1',
  '.sig',
  '.toml',
  '.lock',
  '1.0.0',
  'İ',
  'ß',
  'é',
];
const VERSION_TOKENS = ['.', '-', '+', '0', '00', 'rc', 'v', '-0', '-rc.1', '+build', '1.0.0', '99999999999999999999'];
const RANGE_TOKENS = [...VERSION_TOKENS, '^', '~', '>=', '<=', '<', '>', '=', ' ', ','];

export const TEXT_TARGETS: readonly ParserTarget[] = [
  target('name', 'names of artifacts, principals, lanes and kinds, against their grammar', ['manifest/name'], {
    seeds: ['fraud-detector', 'team/fraud_v2', 'a.b-c', 'production', 'ana', 'nul.x', 'x.lock', 'model', 'latest'],
    tokens: NAME_TOKENS,
    run: nameCase,
  }),
  target(
    'lineage',
    'what people write of lineage: a relation, and a reference or a URI, with a digest of its own where it ends in one',
    ['registry/lineage-request', 'manifest/lineage'],
    {
      seeds: [
        'trained-on=data/t@1.0.0',
        `derived-from=s3://b/k@sha256:${'a'.repeat(64)}`,
        'produced-by=mlflow://h/r/1',
      ],
      tokens: [...RELATIONS, '=', '@', ':', '://', `@sha256:${'b'.repeat(64)}`, 'data/t', '@^1', ' ', 'a:b@'],
      run: lineageCase,
    },
  ),
  target(
    'version',
    'versions against the grammar of SemVer 2.0; their order is one; a bump is higher',
    ['manifest/version'],
    {
      seeds: ['1.2.3', '0.0.0', '1.0.0-rc.1', '1.0.0-0a.x-y+b.01', '10.20.30 1.2.3', '1.0.0-rc.1 1.0.0-rc.1.0 1.0.0'],
      tokens: VERSION_TOKENS,
      run: versionCase,
    },
  ),
  target('range', 'ranges: what is written back means the same, and holds for the same versions', ['manifest/range'], {
    seeds: ['^1.2.3', '~1.2', '>=1.0.0 <2.0.0', '^0', '=1.0.0-rc.1', '^0.0.3-beta,<=1.0.0\n1.0.0-rc.1', '^1.2\n1.3.0'],
    tokens: RANGE_TOKENS,
    run: rangeCase,
  }),
  target('reference', 'references: what is written back is read as the same', ['manifest/reference'], {
    seeds: [
      'model/a@1.2.0',
      'a/b',
      'pacha://data/x:production',
      'r@^1.2',
      `model/x@sha256:${'a'.repeat(64)}`,
      'x@latest',
      'x:1.0.0',
    ],
    tokens: [...RANGE_TOKENS, ...NAME_TOKENS, '@', ':', 'sha256:', 'latest', 'pacha://', 'data/'],
    run: referenceCase,
  }),
  target('rel-path', 'paths inside a version against their grammar; folding is stable', ['manifest/rel-path'], {
    seeds: ['model.onnx', 'a/b c/d', 'Ä/ä', '...', '日本', 'GIT~1', 'c:x', '.git'],
    tokens: ['/', '..', '.git', 'git~1', '\\', ':', 'A\u030a', '\u200d', '\u0130', 'ﬃ', '\0', '\t', '\u212b'],
    run: pathCase,
  }),
  target('timestamp', 'times against the calendar, computed again', ['manifest/timestamp'], {
    seeds: [
      '2026-11-22T01:02:03Z',
      '2024-02-29T23:59:59Z',
      '2023-02-29T00:00:00Z',
      '0000-01-01T00:00:00Z',
      '1969-12-31T23:59:59Z',
    ],
    tokens: ['-', ':', 'T', 'Z', '60', '24', '02-29', '+00:00', '.000', '9999', '0000', ' '],
    run: timestampCase,
  }),
  target(
    'registry-path',
    'paths of a registry: each is what it is read as, and nothing else',
    ['manifest/layout-of-registry'],
    {
      seeds: [
        'at1.toml',
        '.at1/policy/policy.toml',
        '.at1/policy/policy.sig/ana.sig',
        '.at1/allowed_signers',
        'model/a/b/1.0.0.toml',
        'data/x/1.0.0-rc.1.sig/ana.sig',
        `objects/aa/${'a'.repeat(64)}.at1`,
        'model/a/events/production/0001.toml',
        'model/a/events/production/0012.sig/bo.sig',
        `evidence/aa/${'a'.repeat(64)}/01KAQ4Z6W3T8YB0JV9N2M5X7CD.toml`,
        'run/exp/01KAQ4Z6W3T8YB0JV9N2M5X7CD.sig/ci.sig',
      ],
      tokens: [...NAME_TOKENS, '.at1/', 'objects/', '.sig/', '.at1', 'evidence/', 'run/', 'data/', '0001', '10000'],
      run: registryPathCase,
    },
  ),
  target('tag-name', 'names of version tags: what is written back is the same text', ['history/tag-name'], {
    seeds: ['model/a@v1.0.0', 'data/a/b@v1.0.0-rc.1', 'models=recipe/x@v2.0.0', '=model/a@v1.0.0'],
    tokens: [...NAME_TOKENS, ...VERSION_TOKENS, '@v', '=', 'model/', 'models='],
    run: tagNameCase,
  }),
  target('event-tag-name', 'names of tags of events: what is written back is the same text', ['history/tag-name'], {
    seeds: ['model/a#production#3', 'data/a/b#staging!#12', 'models=recipe/x@v2.0.0!#1', 'model/a@v1.0.0#7'],
    tokens: [...NAME_TOKENS, ...VERSION_TOKENS, '@v', '=', '#', '!#', 'model/', 'models=', '#1'],
    run: eventTagNameCase,
  }),
  target(
    'metric-bound',
    'bounds of metrics: written back and read again they are the same',
    ['registry/metric-bound'],
    {
      seeds: ['auc >= 0.9', 'top 5 < 1e-3', 'a/b: c > -12', 'x <= +0'],
      tokens: [' ', '>=', '<=', '<', '>', '0.5', '1e9', '-', '+', 'e', '.'],
      run: boundCase,
    },
  ),
];

interface TextTarget {
  readonly seeds: readonly string[];
  readonly tokens: readonly string[];
  readonly run: (text: string) => void;
}

function target(
  name: string,
  about: string,
  files: readonly string[],
  { seeds, tokens, run }: TextTarget,
): ParserTarget {
  return {
    kind: 'parser',
    name,
    about,
    files,
    seeds: () => seeds.map(bytesOf),
    tokens,
    maxLength: 512,
    run: (input) => run(textOf(input)),
  };
}

/** Whether it passes, and the error if not. */
function attempt<T>(parse: () => T): { readonly value: T } | { readonly error: At1Error } {
  try {
    return { value: parse() };
  } catch (error) {
    if (error instanceof At1Error) return { error };
    throw error;
  }
}

function expect(result: ReturnType<typeof attempt>, should: boolean, what: string): void {
  if ('value' in result !== should) violated(`${what} is ${should ? 'refused' : 'accepted'} against its grammar`);
}

function isPart(part: string): boolean {
  return PART.test(part) && !part.includes('..') && !/\.(?:sig|toml|lock)$/.test(part) && !DEVICE.test(part);
}

function isSemVer(text: string): boolean {
  return text.length <= 128 && VERSION.test(text);
}

function lineageCase(text: string): void {
  const { relation, of, content, parameters } = parseLineage(text);
  if (!RELATIONS.some((one) => one === relation)) violated(`${relation} is no relation`);
  if (parameters !== undefined) violated('parameters out of nothing');
  same(`${relation}=${of}${content === undefined ? '' : `@${content}`}`, text, 'not what was written');
  if (content !== undefined && !/^sha256:[0-9a-f]{64}$/.test(content)) violated('not a digest');
  // What is a reference keeps its digest: it chooses the version.
  if (content !== undefined && isReference(`${of}@${content}`)) violated('a digest taken from a reference');
  if (/^[a-z]+:\/\/[^/?#@\\]*:[^/?#@\\]*@/.test(of) && isUri(of) && !holdsPassword(of))
    violated('a password let through');
}

function nameCase(text: string): void {
  const parts = text.split('/');
  const good = parts.every((part) => isPart(part) && !isSemVer(part) && part !== 'events' && !STAGES.includes(part));
  const name = attempt(() => parseName(text));
  expect(name, good && text.length <= 128, 'a name');
  const single = isPart(text) && text.length <= 64;
  expect(
    attempt(() => parsePrincipalName(text)),
    single,
    'a principal',
  );
  expect(
    attempt(() => parseLaneName(text)),
    single && !isSemVer(text) && text !== 'latest',
    'a lane',
  );
  expect(
    attempt(() => parseKind(text)),
    ['model', 'data', 'recipe'].includes(text),
    'a kind',
  );
  expect(
    attempt(() => parseRegistryId(text)),
    /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text),
    'a registry id',
  );
  if ('error' in name) throw name.error;
}

/** One version, or several with spaces between, which must have one order. */
function versionCase(text: string): void {
  const words = text.split(' ');
  for (const word of words)
    expect(
      attempt(() => parseVersion(word)),
      isSemVer(word),
      'a version',
    );
  const versions = words.filter(isVersion).slice(0, 5);
  for (const a of versions) {
    for (const bump of ['major', 'minor', 'patch'] as const) {
      const raised = attempt(() => bumpVersion(a, bump));
      if ('value' in raised && compareVersions(raised.value, a) <= 0) violated(`a ${bump} bump is not higher`);
      // The only reason to refuse: one digit more than there is room for.
      if ('error' in raised && a.length < 120) violated(`a ${bump} bump is refused`);
    }
    for (const b of versions) {
      const order = Math.sign(compareVersions(a, b));
      if (order !== -Math.sign(compareVersions(b, a))) violated('two versions are in no order');
      if (order !== Math.sign(plainOrder(a, b))) violated('the order is not that of SemVer');
      for (const c of versions) {
        if (order < 0 && compareVersions(b, c) < 0 && compareVersions(a, c) >= 0)
          violated('three versions are in a circle');
      }
    }
  }
  if (versions.length === 0) parseVersion(text);
}

/** SemVer section 11 once more. */
function plainOrder(a: string, b: string): number {
  const split = (text: string): [string[], string[]] => {
    const [core = '', ...rest] = (text.split('+')[0] as string).split('-');
    return [core.split('.'), rest.length === 0 ? [] : rest.join('-').split('.')];
  };
  const [[x, p], [y, q]] = [split(a), split(b)];
  for (let i = 0; i < 3; i++) {
    const difference = BigInt(x[i] as string) - BigInt(y[i] as string);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  if (p.length === 0 || q.length === 0) return q.length - p.length;
  for (let i = 0; i < Math.min(p.length, q.length); i++) {
    const [left, right] = [p[i] as string, q[i] as string];
    if (left === right) continue;
    const [m, n] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (m && n) return BigInt(left) < BigInt(right) ? -1 : 1;
    if (m !== n) return m ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return p.length - q.length;
}

/** A range, and after a line feed a version. */
function rangeCase(text: string): void {
  const [rangeText = '', versionText = '1.2.3-rc.1'] = text.split('\n');
  const range = parseRange(rangeText);
  const again = mustHold('its own text is refused', () => parseRange(formatRange(range)));
  same(again, range, 'written and read again it is another range');
  if (!isVersion(versionText)) return;
  const inside = isWithin(versionText, range);
  if (satisfies(versionText, range) && !inside) violated('a version satisfies a range that it is not within');
  if (versionParts(versionText).prerelease.length === 0 && satisfies(versionText, range) !== inside)
    violated('a release is treated as a pre-release');
}

function referenceCase(text: string): void {
  const reference = parseReference(text);
  const written = formatReference(reference);
  const again = mustHold('its own text is refused', () => parseReference(written));
  same(again, reference, 'written and read again it is another reference');
  if (formatReference(again) !== written) violated('written twice it is two texts');
}

function isHidden(text: string): boolean {
  return [...text].some((c) => {
    const code = c.codePointAt(0) as number;
    return HIDDEN_RANGES.some(([first = 0, last = first]) => code >= first && code <= last);
  });
}

function pathCase(text: string): void {
  const parts = text.split('/');
  const bad = (part: string): boolean =>
    part === '' ||
    part === '.' ||
    part === '..' ||
    /^(?:\.git|git~1)[. ]*(?::|$)/i.test(part) ||
    Buffer.byteLength(part) > 255;
  const good =
    Buffer.byteLength(text) <= 4096 &&
    !/[\\\t\n]/.test(text) &&
    !isHidden(text) &&
    !/^[A-Za-z]:/.test(text) &&
    text.normalize('NFC') === text &&
    !parts.some(bad);
  const path = attempt(() => parseRelPath(text));
  expect(path, good, 'a path');
  if ('error' in path) throw path.error;
  const folded = foldPath(path.value);
  if (folded.split('/').length !== parts.length) violated('folding changes the number of folders');
}

function timestampCase(text: string): void {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(text);
  const [year, month, day, hour, minute, second] = (match ?? []).slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const exists = match !== null && day >= 1 && day <= (days[month - 1] ?? 0) && hour < 24 && minute < 60 && second < 60;
  if (isTimestamp(text) !== exists)
    violated(exists ? 'a time that exists is refused' : 'a time that does not exist is accepted');
  const seconds = parseTimestamp(text);
  if (formatTimestamp(seconds) !== text) violated('written again it is another time');
}

function registryPathCase(text: string): void {
  const path = parseRegistryPath(text);
  if (path.kind !== 'other') {
    const written = mustHold('it cannot be written', () => formatRegistryPath(path));
    if (written !== text) violated(`'${text}' is read as '${written}'`);
    if (text.split('/').some((part) => part === '' || part === '.' || part === '..'))
      violated('a path leaves its folder');
  } else if (
    path.owned !==
    ['.at1', 'data', 'evidence', 'model', 'recipe', 'run', 'objects'].includes(text.split('/')[0] as string)
  ) {
    violated('ownership is not by the first folder');
  }
}

function eventTagNameCase(text: string): void {
  for (const prefix of ['', 'models']) {
    const tag = parseEventTag(text, prefix);
    if (tag !== undefined && formatEventTag(tag) !== text) violated('written again it is another tag');
    if (tag !== undefined && parseVersionTag(text, prefix) !== undefined) violated('it is the tag of a version too');
  }
}

function boundCase(text: string): void {
  const bound = parseBound(text);
  const again = mustHold('what was written is refused', () => parseBound(formatBound(bound)));
  if (!Object.is(again.value, bound.value) && again.value !== bound.value) violated('it has another value');
  if (again.metric !== bound.metric || again.operator !== bound.operator) violated('it is another bound');
}

/** With and without the folder of a registry in front. */
function tagNameCase(text: string): void {
  for (const prefix of ['', 'models']) {
    const tag = parseVersionTag(text, prefix);
    if (tag !== undefined && formatVersionTag(tag) !== text) violated('written again it is another tag');
  }
}
