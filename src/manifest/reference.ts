/** References: `kind/name@1.2.0` and its other selectors, as people type them; docs/format/registry.md section 2. */
import { type Digest, formatDigest, parseDigest } from '../digest/digest.js';
import { At1Error, unreachable } from '../errors.js';
import { type ArtifactName, isKind, type Kind, type LaneName, parseLaneName, parseName } from './name.js';
import { formatRange, looksLikeRange, parseRange, type Range } from './range.js';
import { isVersion, parseVersion, type Version } from './version.js';

export type Selector =
  | { readonly kind: 'exact'; readonly version: Version }
  | { readonly kind: 'range'; readonly range: Range }
  | { readonly kind: 'latest' }
  /** A stage or an alias. */
  | { readonly kind: 'stage'; readonly name: LaneName }
  | { readonly kind: 'digest'; readonly digest: Digest };

export interface Ref {
  /** Undefined where it was left out: then the name must be unique among the kinds. */
  readonly kind: Kind | undefined;
  readonly name: ArtifactName;
  readonly selector: Selector;
}

const PREFIX = 'pacha://';
const HINT = 'write kind/name@version, such as model/fraud-detector@1.2.0';

export function parseReference(text: string): Ref {
  const plain = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text;
  const at = [...plain].findIndex((c) => c === '@' || c === ':');
  const path = at < 0 ? plain : plain.slice(0, at);
  if (path === '') throw wrong(text, 'it has no name');
  const slash = path.indexOf('/');
  const first = slash < 0 ? '' : path.slice(0, slash);
  const kind = isKind(first) ? first : undefined;
  const name = parseName(kind === undefined ? path : path.slice(slash + 1));
  const selector =
    at < 0 ? ({ kind: 'latest' } as const) : parseSelector(text, plain[at] as string, plain.slice(at + 1));
  return { kind, name, selector };
}

function parseSelector(text: string, mark: string, value: string): Selector {
  if (value === '') throw wrong(text, `nothing follows the ${mark}`);
  if (value === 'latest') return { kind: 'latest' };
  if (isVersion(value)) return { kind: 'exact', version: value };
  if (mark === ':') {
    if (looksLikeRange(value) || value.startsWith('sha256:')) throw wrong(text, `'${value.slice(0, 80)}' follows an @`);
    return { kind: 'stage', name: parseLaneName(value) };
  }
  if (value.startsWith('sha256:')) return { kind: 'digest', digest: parseDigest(value) };
  if (looksLikeRange(value)) return { kind: 'range', range: parseRange(value) };
  return { kind: 'exact', version: parseExact(text, value) };
}

/** Always throws, with the hint that fits: a stage after an @, or part of a version. */
function parseExact(text: string, value: string): Version {
  const digit = value[0] as string;
  if (value.startsWith('v') && isVersion(value.slice(1))) return parseVersion(value);
  if (digit >= '0' && digit <= '9')
    throw wrong(text, `'${value.slice(0, 80)}' is not a whole version`, `^${value} is the range`);
  throw wrong(
    text,
    `'${value.slice(0, 80)}' is not a version`,
    'stages and aliases follow a colon, as in name:production',
  );
}

export function formatReference(ref: Ref): string {
  const path = ref.kind === undefined ? ref.name : `${ref.kind}/${ref.name}`;
  return `${path}${formatSelector(ref.selector)}`;
}

/** With its mark: `@1.2.0` or `:production`. */
export function formatSelector(selector: Selector): string {
  switch (selector.kind) {
    case 'exact':
      return `@${selector.version}`;
    case 'range':
      return `@${formatRange(selector.range)}`;
    case 'latest':
      return '@latest';
    case 'stage':
      return `:${selector.name}`;
    case 'digest':
      return `@${formatDigest(selector.digest)}`;
    default:
      return unreachable(selector);
  }
}

function wrong(text: string, why: string, hint = HINT): At1Error {
  return new At1Error('usage/reference', { message: `not a reference: '${text.slice(0, 200)}': ${why}`, hint });
}
