/** Generated from schemas/ by `npm run generate`: change the schema, not this file. */
import type { Blake3, Digest } from '../../digest/digest.js';
import type { ArtifactName, Kind } from '../name.js';
import type { RegistryId } from '../registry-id.js';
import type { RelPath } from '../rel-path.js';
import type { Version } from '../version.js';

/**
 * Something that happened to a version after its registration: a stage, an alias, a withdrawal. Written by machines in canonical form, signed by people, never changed.
 */
export interface EventDocument {
  /**
   * Identity of the registry the event belongs to.
   */
  readonly registry: RegistryId;
  /**
   * What the artifact is.
   */
  readonly kind: Kind;
  /**
   * Name of the artifact, without its kind.
   */
  readonly name: ArtifactName;
  /**
   * The chain the event belongs to: a stage, an alias, or lifecycle.
   */
  readonly lane: string;
  /**
   * Its number in the lane, counted from 1.
   */
  readonly seq: number;
  /**
   * SHA-256 of the event before it in the lane; absent in the first.
   */
  readonly previous?: string;
  /**
   * What is done.
   */
  readonly action: 'promote' | 'rollback' | 'alias' | 'unalias' | 'deprecate' | 'yank' | 'revoke' | 'restore';
  /**
   * The version it is about, SemVer 2.0.
   */
  readonly version: Version;
  /**
   * SHA-256 of the version's manifest.
   */
  readonly manifest: string;
  /**
   * Content digest of the version.
   */
  readonly content: string;
  /**
   * SHA-256 of the policy in force when the event was made.
   */
  readonly policy: string;
  /**
   * The stage the version was in when it was signed; in a lane of a stage only.
   */
  readonly from?: string;
  /**
   * From when on the version holds the stage or alias no more, RFC 3339 in UTC.
   */
  readonly expires?: string;
  /**
   * The principal who asks for it; one of its signers.
   */
  readonly actor: string;
  /**
   * The actor's name as people read it.
   */
  readonly printed: string;
  /**
   * When the event was made, RFC 3339 in UTC; said by its actor.
   */
  readonly created: string;
  /**
   * What the signatures under it mean.
   */
  readonly meaning: 'approval' | 'authorship' | 'responsibility' | 'review';
  /**
   * Why, for people; at most 4 KiB.
   */
  readonly reason?: string;
}

/**
 * What somebody found out about a content digest: an evaluation, a scan, an approval. Written by machines in canonical form, signed by people, never changed.
 */
export interface EvidenceDocument {
  /**
   * Identity of the registry the evidence belongs to.
   */
  readonly registry: RegistryId;
  /**
   * A ULID of its own.
   */
  readonly id: string;
  /**
   * Content digest of what was looked at.
   */
  readonly content: string;
  /**
   * SHA-256 of the policy in force when it was made: the bars it knew of.
   */
  readonly policy: string;
  /**
   * What kind of evidence: eval, scan, approval, reproduction, or another word.
   */
  readonly type: string;
  /**
   * How it went; evidence that says fail satisfies no rule.
   */
  readonly result?: 'pass' | 'fail';
  /**
   * Digest of what it was measured against: a test set, a suite, a scanner.
   */
  readonly suite?: string;
  /**
   * Measured numbers by name, sorted by the bytes of the name; always TOML floats.
   */
  readonly metrics?: {
    readonly [k: string]: number;
  };
  /**
   * Reports that go with it, by digest, sorted by the bytes of their names.
   */
  readonly files?: readonly EvidenceFile[];
  /**
   * The principal who says so; one of its signers.
   */
  readonly actor: string;
  /**
   * The actor's name as people read it.
   */
  readonly printed: string;
  /**
   * When the evidence was made, RFC 3339 in UTC; said by its actor.
   */
  readonly created: string;
  /**
   * From when on it counts no more, RFC 3339 in UTC.
   */
  readonly expires?: string;
  /**
   * What the signatures under it mean.
   */
  readonly meaning: 'approval' | 'authorship' | 'responsibility' | 'review';
  /**
   * Remarks for people; at most 4 KiB.
   */
  readonly reason?: string;
}

/**
 * A report: its name, size and digest. Its bytes lie wherever they are kept, such as a version of a dataset.
 */
export interface EvidenceFile {
  /**
   * Name of the file.
   */
  readonly path: RelPath;
  /**
   * Bytes of the file.
   */
  readonly size: number;
  /**
   * SHA-256 of the file, in hex.
   */
  readonly sha256: Digest;
}

/**
 * The list of segments of one large file, kept as an object of its own. Written by machines in canonical form.
 */
export interface Layout {
  /**
   * Bytes of the whole file.
   */
  readonly size: number;
  /**
   * The segments in the order of the file.
   */
  readonly segments: readonly Segment[];
  /**
   * Segments of other files that differences are taken against, sorted by their SHA-256; none that is not needed.
   */
  readonly bases?: readonly Segment[];
}

/**
 * A piece of a file, kept as one object.
 */
export interface Segment {
  /**
   * Original bytes of the segment.
   */
  readonly size: number;
  /**
   * SHA-256 of the original bytes, in hex.
   */
  readonly sha256: Digest;
  /**
   * SHA-256 of the bytes of the container that holds the segment, in hex.
   */
  readonly object: Digest;
  /**
   * Length of that container in bytes.
   */
  readonly stored: number;
  /**
   * What the container holds instead of the segment: a plane set, or one of the difference to `base`.
   */
  readonly transform?: 'planes' | 'delta';
  /**
   * SHA-256 of the original bytes of the segment that the difference is taken against, in hex.
   */
  readonly base?: Digest;
}

/**
 * One version of one artifact: its files, digests, card and metrics. Written by machines in canonical form.
 */
export interface ManifestDocument {
  /**
   * Identity of the registry the version belongs to.
   */
  readonly registry: RegistryId;
  /**
   * What the artifact is.
   */
  readonly kind: Kind;
  /**
   * Name of the artifact, without its kind.
   */
  readonly name: ArtifactName;
  /**
   * Version, SemVer 2.0.
   */
  readonly version: Version;
  /**
   * When the manifest was made, RFC 3339 in UTC; said by its maker.
   */
  readonly created: string;
  /**
   * Content digest: of the one file (form file) or of the canonical listing (form tree).
   */
  readonly content: string;
  /**
   * Whether the version is a single file or a tree of files.
   */
  readonly form: 'file' | 'tree';
  /**
   * Bytes of all files together.
   */
  readonly size: number;
  /**
   * One paragraph for people; at most 4 KiB.
   */
  readonly description?: string;
  /**
   * What the data may be used for; at most 4 KiB.
   */
  readonly purpose?: string;
  /**
   * SPDX identifier of the license, such as Apache-2.0.
   */
  readonly license?: string;
  /**
   * Empty directories of the tree, sorted by bytes.
   */
  readonly directories?: readonly RelPath[];
  /**
   * Measured numbers by name, sorted by the bytes of the name; always TOML floats.
   */
  readonly metrics?: {
    readonly [k: string]: number;
  };
  /**
   * What the version was made from, by what, and on what it was measured; sorted by relation, then by reference or URI.
   */
  readonly lineage?: readonly LineageEntry[];
  readonly card?: Card;
  /**
   * The files, sorted by the bytes of their paths.
   */
  readonly files: readonly FileEntry[];
}

/**
 * One thing the version comes from: a version of this registry, or something elsewhere.
 */
export interface LineageEntry {
  /**
   * How the version relates to it: it is derived, fine-tuned, distilled, merged, quantized or pruned from it, was trained or evaluated on it, or was produced by it.
   */
  relation:
    | 'derived-from'
    | 'fine-tuned-from'
    | 'distilled-from'
    | 'merged-from'
    | 'quantized-from'
    | 'pruned-from'
    | 'trained-on'
    | 'evaluated-on'
    | 'produced-by';
  /**
   * Exact reference of a version of this registry, kind/name@1.2.0.
   */
  readonly ref?: string;
  /**
   * URI of something that is not in this registry, without a password.
   */
  readonly uri?: string;
  /**
   * Content digest of it; always there beside ref.
   */
  readonly content?: string;
  /**
   * What else is known of the relation, sorted by the bytes of the names: the weight in a merge, a format of numbers, the digest another system gave.
   */
  readonly parameters?: readonly LineageParameter[];
}

/**
 * A named value.
 */
export interface LineageParameter {
  /**
   * Its name.
   */
  readonly name: string;
  /**
   * Its value as text, on one line.
   */
  readonly value: string;
}

/**
 * A file people wrote about the artifact, byte for byte.
 */
export interface Card {
  /**
   * What the text is.
   */
  readonly format: 'markdown' | 'toml';
  /**
   * The text of the file; at most 256 KiB.
   */
  readonly text: string;
}

/**
 * One file. It has either segments, or above 64 of them a layout.
 */
export interface FileEntry {
  /**
   * Path inside the version, with forward slashes.
   */
  readonly path: RelPath;
  /**
   * Original bytes of the file.
   */
  readonly size: number;
  /**
   * SHA-256 of the original bytes, in hex.
   */
  readonly sha256: Digest;
  /**
   * BLAKE3-256 of the original bytes, in hex.
   */
  readonly blake3: Blake3;
  /**
   * Present, and true, only for executable files.
   */
  readonly executable?: true;
  /**
   * The segments in the order of the file; an empty file has one segment of size 0.
   */
  readonly segments?: readonly Segment[];
  /**
   * Segments of other files that differences are taken against, sorted by their SHA-256; only beside segments.
   */
  readonly bases?: readonly Segment[];
  readonly layout?: Segment;
}

/**
 * .at1/policy/tests.toml: what a policy should allow and deny. Written by people; nothing but at1 policy test reads it.
 */
export interface PolicyTestsDocument {
  /**
   * One question and its answer each.
   */
  readonly tests: readonly PolicyTest[];
}

/**
 * Whether some people together may do something.
 */
export interface PolicyTest {
  /**
   * What it says, as a sentence.
   */
  readonly name: string;
  /**
   * The principals who sign.
   */
  readonly who: readonly string[];
  /**
   * Such as register, promote:production or policy.
   */
  readonly action: string;
  /**
   * The artifact, kind/name; absent for actions that are about none, such as policy.
   */
  readonly artifact?: string;
  /**
   * Who signed the manifest of the version; rules may keep them apart.
   */
  readonly authors?: readonly string[];
  /**
   * Whether they may.
   */
  readonly allowed: boolean;
}

/**
 * .at1/policy/policy.toml: who may do what in a registry, and how many of them it takes. Written by people.
 */
export interface PolicyDocument {
  /**
   * Identity of the registry this policy rules.
   */
  readonly registry: RegistryId;
  /**
   * Number of this policy: 1 at init, one more with every change.
   */
  readonly version: number;
  /**
   * SHA-256 of the policy file before this one; required from version 2, absent in version 1.
   */
  readonly previous?: string;
  /**
   * The people and machines the policy knows, by name.
   */
  readonly principals: {
    readonly [k: string]: PolicyPrincipal;
  };
  /**
   * Named groups of principals.
   */
  readonly roles: {
    /**
     */
    readonly [k: string]: readonly string[];
  };
  /**
   * Ordered rules: the first that matches an action decides; what none matches is denied.
   */
  readonly rules: readonly PolicyRule[];
  /**
   * What versions have to reach, said before anybody measured: evidence counts only if it came later.
   */
  readonly bars?: readonly PolicyBar[];
  readonly gate?: GateDemands;
  /**
   * Keys that were lost or stolen: what they signed counts only if it landed by a certain commit.
   */
  readonly revoked?: readonly RevokedKey[];
}

/**
 * One person or machine.
 */
export interface PolicyPrincipal {
  /**
   * The name as it is printed.
   */
  readonly name?: string;
  /**
   * Public keys in OpenSSH form; a principal counts once however many it has.
   */
  readonly keys: readonly string[];
}

/**
 * Who may do certain actions on certain artifacts.
 */
export interface PolicyRule {
  /**
   * Patterns kind/name: * stands for any text inside one part, ** for any number of parts, a lone * for everything.
   */
  readonly artifacts: readonly string[];
  /**
   * Actions such as register, tag, policy or configure; * stands for all of them.
   */
  readonly actions: readonly string[];
  /**
   * The role whose members may.
   */
  readonly role: string;
  /**
   * How many different members it takes.
   */
  readonly threshold: number;
  /**
   * True where those who signed the version's manifest do not count among the members.
   */
  readonly separate_author?: boolean;
  /**
   * Evidence about the content digest that must be there.
   */
  readonly evidence?: readonly RequiredEvidence[];
  /**
   * Bounds of metrics, such as auc >= 0.9: of the evidence that is asked for, else of the manifest.
   */
  readonly metrics?: readonly string[];
  /**
   * How much worse than the version that holds the stage it may be.
   */
  readonly regressions?: readonly Regression[];
  /**
   * SPDX identifiers of which the manifest must name one.
   */
  readonly licenses?: readonly string[];
  /**
   * refuse: no file of the version may be one that Python unpickles, by its name.
   */
  readonly pickle?: 'refuse';
  /**
   * complete: what the version and its ancestors come from must be versions in effect or have a digest, and a model must say what it comes from.
   */
  readonly lineage?: 'complete';
}

/**
 * Evidence a rule asks for.
 */
export interface RequiredEvidence {
  /**
   * Its type, such as eval or scan.
   */
  readonly type: string;
  /**
   * The role whose members must have signed it; without, whoever may attest it.
   */
  readonly role?: string;
  /**
   * How many different members must have signed it; 1 without.
   */
  readonly threshold?: number;
  /**
   * How old it may be when the event is made, in days.
   */
  readonly max_age_days?: number;
  /**
   * Digest of what it must have been measured against.
   */
  readonly suite?: string;
}

/**
 * A metric that may get worse only so much.
 */
export interface Regression {
  /**
   * Name of the metric.
   */
  readonly metric: string;
  /**
   * Which way is better.
   */
  readonly better: 'higher' | 'lower';
  /**
   * The largest step in the other direction, a decimal number such as 0.01.
   */
  readonly by: string;
}

/**
 * A bound that was set before it was measured.
 */
export interface PolicyBar {
  /**
   * Patterns kind/name, as in rules.
   */
  readonly artifacts: readonly string[];
  /**
   * The stage it stands before.
   */
  readonly stage: string;
  /**
   * The bound, such as auc >= 0.9.
   */
  readonly metric: string;
}

/**
 * What every gate must do at least, whatever it is told.
 */
export interface GateDemands {
  /**
   * How the objects of new versions are looked at: decode them, that they are present, or (skip) not at all.
   */
  readonly objects: 'decode' | 'present' | 'skip';
}

/**
 * A key that speaks for nobody any more.
 */
export interface RevokedKey {
  /**
   * The public key in OpenSSH form.
   */
  readonly key: string;
  /**
   * The last commit, in hex, by which its signatures had landed that still count.
   */
  readonly cutoff: string;
  /**
   * Why.
   */
  readonly reason?: string;
}

/**
 * at1.toml: what makes a folder of a git repository a registry. Written by people.
 */
export interface ConfigDocument {
  /**
   * Version of the registry format.
   */
  readonly format: 1;
  /**
   * Identity of the registry: a ULID drawn once by init and named in everything signed.
   */
  readonly id: RegistryId;
  /**
   * The registry branch; what is on its first-parent history has landed.
   */
  readonly branch: string;
  /**
   * Where objects are kept: git commits them.
   */
  readonly storage: 'git';
  /**
   * The stages of this registry in place of the usual four, by name; the one a new version is in has initial.
   */
  readonly stages?: {
    readonly [k: string]: StageTable;
  };
}

/**
 * One stage.
 */
export interface StageTable {
  /**
   * The stages a version may go to from here.
   */
  readonly to: readonly string[];
  /**
   * True for the one stage new versions are in.
   */
  readonly initial?: boolean;
  /**
   * True where one version holds the stage at a time; the one before goes to displaced.
   */
  readonly unique?: boolean;
  /**
   * The stage to which the former holder of a unique stage goes; archived where there is one, else the initial one.
   */
  readonly displaced?: string;
  /**
   * Days after which a version holds the stage no more.
   */
  readonly expires_days?: number;
}
