/** Generated from schemas/ by `npm run generate`: change the schema, not this file. */
import type { Blake3, Digest } from '../../digest/digest.js';
import type { ArtifactName, Kind } from '../name.js';
import type { RegistryId } from '../registry-id.js';
import type { RelPath } from '../rel-path.js';
import type { Version } from '../version.js';

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
   * Empty directories of the tree, sorted by bytes.
   */
  readonly directories?: readonly RelPath[];
  /**
   * Measured numbers by name, sorted by the bytes of the name; always TOML floats.
   */
  readonly metrics?: {
    readonly [k: string]: number;
  };
  readonly card?: Card;
  /**
   * The files, sorted by the bytes of their paths.
   */
  readonly files: readonly FileEntry[];
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
}
