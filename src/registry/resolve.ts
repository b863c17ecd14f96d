/**
 * Which version a reference means: the table of docs/format/registry.md section 8, over plain data. Tombstones are
 * reserved: the rule is fixed now, so that all readers will agree then.
 */
import { compareText } from '../bytes/text.js';
import type { Digest } from '../digest/digest.js';
import { At1Error, type ErrorCode, type Facts, unreachable } from '../errors.js';
import type { ArtifactName, Kind, LaneName, PrincipalName } from '../manifest/name.js';
import { isWithin, type Range, satisfies } from '../manifest/range.js';
import { formatReference, type Ref } from '../manifest/reference.js';
import { compareVersions, isPrerelease, type Version } from '../manifest/version.js';
import { nearest } from './did-you-mean.js';

export type VersionState = 'active' | 'deprecated' | 'yanked' | 'revoked' | 'tombstoned';

export interface KnownVersion {
  readonly kind: Kind;
  readonly name: ArtifactName;
  readonly version: Version;
  readonly content: Digest;
  /** False while it is pending: landed, but without enough signatures. */
  readonly effective: boolean;
  readonly state: VersionState;
  /** Who put it into that state. */
  readonly by?: PrincipalName | undefined;
}

/** Who holds a stage or an alias. */
export interface Holder {
  readonly kind: Kind;
  readonly name: ArtifactName;
  readonly lane: LaneName;
  readonly effective: Version | undefined;
  /** A version that is to take its place once enough have signed: shown, never resolved. */
  readonly pending?: Version | undefined;
}

export interface Known<T extends KnownVersion = KnownVersion> {
  readonly versions: readonly T[];
  readonly holders: readonly Holder[];
}

export type Warning = { readonly kind: 'deprecated' | 'yanked' | 'revoked' | 'prerelease'; readonly version: Version };

export interface Resolution<T extends KnownVersion = KnownVersion> {
  readonly chosen: T;
  readonly warnings: readonly Warning[];
}

export interface ResolveOptions {
  /** Gives out a revoked version that was named exactly, with a warning. */
  readonly allowRevoked?: boolean;
}

/** Throws `artifact/not-found`, `/ambiguous`, `/pending`, `/revoked` or `/tombstoned`. */
export function resolve<T extends KnownVersion>(
  ref: Ref,
  known: Known<T>,
  options: ResolveOptions = {},
): Resolution<T> {
  const kind = ref.kind ?? onlyKind(ref, known.versions);
  const versions = known.versions
    .filter((version) => version.kind === kind && version.name === ref.name)
    .sort((a, b) => compareVersions(b.version, a.version) || compareText(b.version, a.version));
  if (versions.length === 0) throw unknownName(ref, known.versions);
  const { selector } = ref;
  switch (selector.kind) {
    case 'exact':
      return named(
        ref,
        versions.filter((version) => version.version === selector.version),
        versions,
        options,
      );
    case 'digest':
      return named(
        ref,
        versions.filter((version) => version.content === selector.digest),
        versions,
        options,
      );
    case 'latest':
      return highest(ref, versions, undefined);
    case 'range':
      return highest(ref, versions, selector.range);
    case 'stage':
      return held(ref, selector.name, versions, known.holders, options);
    default:
      return unreachable(selector);
  }
}

function onlyKind(ref: Ref, versions: readonly KnownVersion[]): Kind {
  const kinds = new Set<Kind>();
  for (const version of versions) if (version.name === ref.name) kinds.add(version.kind);
  const [first, ...more] = [...kinds].sort();
  if (first === undefined) throw unknownName(ref, versions);
  if (more.length === 0) return first;
  throw failure('artifact/ambiguous', `${ref.name} is the name of ${kinds.size} artifacts`, 'name the kind too', {
    asked: formatReference(ref),
    candidates: [first, ...more].map((kind) => formatReference({ ...ref, kind })),
  });
}

/** Named by its version or digest: withdrawn ones are given out with a warning, or refused by what they are. */
function named<T extends KnownVersion>(
  ref: Ref,
  matches: readonly T[],
  versions: readonly T[],
  options: ResolveOptions,
): Resolution<T> {
  // One content may have several versions: the best standing first, then the highest.
  const chosen = [...matches].sort((a, b) => standing(b) - standing(a))[0];
  if (chosen === undefined) throw unknownVersion(ref, versions);
  return give(ref, chosen, options);
}

function give<T extends KnownVersion>(ref: Ref, chosen: T, options: ResolveOptions): Resolution<T> {
  const { version, state } = chosen;
  const facts: Facts = { asked: formatReference(ref), version, ...(chosen.by === undefined ? {} : { by: chosen.by }) };
  if (state === 'tombstoned') {
    const whose = chosen.by === undefined ? '' : ` of ${chosen.by}`;
    throw failure('artifact/tombstoned', `version ${version} is absent by order${whose}`, undefined, facts);
  }
  if (!chosen.effective) {
    const hint = 'it takes effect when enough people have signed it';
    throw failure('artifact/pending', `version ${version} is pending`, hint, facts);
  }
  if (state === 'revoked' && options.allowRevoked !== true) {
    const hint = 'use another version';
    throw failure('artifact/revoked', `version ${version} is revoked`, hint, facts);
  }
  return { chosen, warnings: state === 'active' ? [] : [{ kind: state, version }] };
}

function standing(version: KnownVersion): number {
  const order: readonly VersionState[] = ['tombstoned', 'revoked', 'yanked', 'deprecated', 'active'];
  return order.indexOf(version.state) * 2 + (version.effective ? 10 : 0);
}

/** `versions` are sorted, highest first. */
function highest<T extends KnownVersion>(ref: Ref, versions: readonly T[], range: Range | undefined): Resolution<T> {
  const eligible = versions.filter(
    (version) => version.effective && (version.state === 'active' || version.state === 'deprecated'),
  );
  const proper = eligible.find(({ version }) =>
    range === undefined ? !isPrerelease(version) : satisfies(version, range),
  );
  if (proper !== undefined) return give(ref, proper, {});
  const prerelease = eligible.find(({ version }) => range === undefined || isWithin(version, range));
  if (prerelease === undefined) throw unknownVersion(ref, versions);
  const { chosen, warnings } = give(ref, prerelease, {});
  return { chosen, warnings: [...warnings, { kind: 'prerelease', version: chosen.version }] };
}

/** The holder was chosen on purpose, so a state that came later is told, not silently replaced by another version. */
function held<T extends KnownVersion>(
  ref: Ref,
  lane: LaneName,
  versions: readonly T[],
  holders: readonly Holder[],
  options: ResolveOptions,
): Resolution<T> {
  const lanes = holders.filter((holder) => holder.name === ref.name && holder.kind === versions[0]?.kind);
  const holder = lanes.find((candidate) => candidate.lane === lane);
  const chosen = versions.find(({ version }) => version === holder?.effective);
  if (chosen !== undefined && !(chosen.state === 'revoked' && options.allowRevoked !== true)) {
    return give(ref, chosen, options);
  }
  const pending = holder?.pending;
  throw failure(
    'artifact/not-found',
    `no version of ${ref.name} holds ${lane}${pending === undefined ? '' : ` (${pending} is pending)`}`,
    undefined,
    {
      asked: formatReference(ref),
      ...(pending === undefined ? {} : { pending }),
      didYouMean: nearest(
        lane,
        lanes.filter((candidate) => candidate.effective !== undefined).map((candidate) => candidate.lane),
      ),
    },
  );
}

function unknownName(ref: Ref, versions: readonly KnownVersion[]): At1Error {
  const prefix = ref.kind === undefined ? '' : `${ref.kind}/`;
  const names = new Set<string>();
  for (const { kind, name } of versions) names.add(ref.kind === undefined ? name : `${kind}/${name}`);
  const didYouMean = nearest(`${prefix}${ref.name}`, names);
  return failure(
    'artifact/not-found',
    `there is no ${ref.kind ?? 'artifact'} named ${ref.name}`,
    suggestion(didYouMean),
    {
      asked: formatReference(ref),
      didYouMean,
    },
  );
}

/** Says what there is: the highest few versions, whatever their state. */
function unknownVersion(ref: Ref, versions: readonly KnownVersion[]): At1Error {
  const { selector } = ref;
  const shown = versions.slice(0, 5).map(({ version, state, effective }) => {
    const note = effective ? state : 'pending';
    return note === 'active' ? version : `${version} (${note})`;
  });
  const asked = formatReference(ref);
  const didYouMean =
    selector.kind === 'exact'
      ? nearest(
          selector.version,
          versions.map(({ version }) => version),
        )
      : [];
  return failure('artifact/not-found', `there is no version for ${asked}`, suggestion(didYouMean), {
    asked,
    didYouMean,
    versions: shown,
  });
}

function suggestion(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `did you mean ${names.join(' or ')}?`;
}

function failure(code: ErrorCode, message: string, hint: string | undefined, facts: Facts): At1Error {
  return new At1Error(code, { message, facts, hint });
}
