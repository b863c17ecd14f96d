/**
 * The one error class and the union of its codes. Codes are public: adding is free, renaming is breaking.
 * Exit numbers are the command line's business (`commands/exit-codes.ts`); findings use the same codes.
 */

/** Plain values that explain an error or a finding: paths, digests, counts. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type ErrorCode =
  // use of a command or of the library
  | 'usage/invalid'
  | 'usage/reference'
  | 'usage/name'
  | 'usage/version'
  | 'usage/path'
  | 'usage/query'
  // where the registry is
  | 'registry/not-found'
  | 'registry/exists'
  | 'registry/foreign-folder'
  | 'registry/locked'
  | 'registry/format-unsupported'
  | 'registry/empty-history'
  // what is asked for
  | 'artifact/not-found'
  | 'artifact/ambiguous'
  | 'artifact/pending'
  | 'artifact/revoked'
  | 'artifact/tombstoned'
  | 'artifact/exists'
  | 'artifact/landed'
  | 'artifact/no-files'
  | 'artifact/unsupported-file'
  | 'artifact/changed-while-read'
  | 'tensor/not-found'
  | 'output/exists'
  | 'output/damaged'
  // keys
  | 'key/none'
  | 'key/not-found'
  | 'key/exists'
  | 'key/invalid'
  | 'key/unsupported'
  | 'key/passphrase'
  | 'key/permissions'
  | 'key/weak'
  | 'key/exposed'
  | 'key/agent'
  // the machine
  | 'io/read-only'
  | 'io/full'
  | 'io/failed'
  | 'io/unsafe-path'
  | 'capability/missing'
  // ledgers of artifact directories
  | 'ledger/malformed'
  | 'ledger/broken'
  | 'ledger/mismatch'
  | 'ledger/unlisted'
  // git
  | 'git/not-a-repository'
  | 'git/unsupported'
  | 'git/busy'
  | 'git/ref-conflict'
  | 'git/branch-exists'
  | 'git/invalid-object'
  | 'git/object-missing'
  | 'git/object-too-large'
  | 'git/shallow'
  | 'git/ref-invalid'
  | 'git/index-unsupported'
  | 'git/command-failed'
  // containers and objects
  | 'container/malformed'
  | 'container/unsupported'
  | 'container/trailer-missing'
  | 'container/digest-mismatch'
  | 'container/limit'
  | 'container/not-strict'
  | 'transform/malformed'
  | 'object/missing'
  | 'object/digest-mismatch'
  | 'object/damaged-copy'
  | 'object/content-mismatch'
  | 'file/digest-mismatch'
  | 'file/malformed'
  | 'worktree/differs'
  | 'worktree/damaged-copy'
  // documents
  | 'document/too-large'
  | 'document/not-utf8'
  | 'document/syntax'
  | 'document/schema'
  | 'document/not-canonical'
  | 'manifest/wrong-place'
  | 'manifest/other-registry'
  | 'manifest/content-mismatch'
  | 'manifest/name-twin'
  // events, and changes that are to land
  | 'event/refused'
  | 'event/conditions'
  | 'event/chain'
  | 'event/other-version'
  | 'event/outdated'
  | 'evidence/dated-ahead'
  // what versions come from
  | 'lineage/unknown'
  | 'lineage/other-content'
  | 'lineage/cycle'
  | 'lineage/revoked'
  | 'gate/outdated'
  | 'gate/pending'
  | 'gate/policy-mixed'
  | 'gate/objects-skipped'
  | 'gate/objects-unchecked'
  | 'gto/two-versions'
  | 'policy/invalid'
  | 'policy/unused'
  | 'policy/test-failed'
  | 'policy/allowed-signers'
  // signatures and authority
  | 'signature/missing'
  | 'signature/malformed'
  | 'signature/invalid'
  | 'signature/namespace'
  | 'signature/unknown-key'
  | 'signature/revoked-key'
  | 'signature/wrong-place'
  | 'policy/unsigned'
  | 'policy/denied'
  | 'policy/principal-exists'
  | 'policy/exists'
  | 'commit/unsigned'
  | 'commit/host-signed'
  | 'commit/bad-signature'
  | 'commit/unknown-signer'
  | 'commit/implausible-time'
  | 'tag/bad-signature'
  | 'tag/unsigned'
  | 'tag/unknown-signer'
  | 'tag/name-mismatch'
  | 'tag/moved'
  | 'tag/unexpected'
  | 'tag/message-mismatch'
  | 'tag/missing'
  | 'tag/not-gto'
  // history
  | 'history/policy-rollback'
  | 'history/policy-chain'
  | 'history/policy-removed'
  | 'history/policy-forked'
  | 'history/revocation-dropped'
  | 'history/manifest-changed'
  | 'history/manifest-removed'
  | 'history/event-changed'
  | 'history/event-removed'
  | 'history/evidence-changed'
  | 'history/evidence-removed'
  | 'history/signature-changed'
  | 'history/registry-changed'
  | 'history/rewound'
  | 'history/shallow'
  | 'trust/first-use'
  | 'trust/root-changed'
  | 'trust/state-unwritable'
  | 'catalog/stale'
  // remotes
  | 'remote/none'
  | 'remote/outdated'
  | 'remote/failed'
  | 'remote/too-large'
  | 'internal/unexpected';

export interface ErrorDetails {
  /** What is wrong: lower case, no full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
  readonly facts?: Facts;
  readonly cause?: unknown;
}

/** Every failure the library reports on purpose. `code` is stable; the message is not. */
export class At1Error extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly facts: Facts;

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'At1Error';
    this.code = code;
    this.hint = details.hint;
    this.facts = details.facts ?? {};
  }
}

/** The end of an exhaustive switch. */
export function unreachable(value: never): never {
  throw new TypeError(`unreachable: ${JSON.stringify(value)}`);
}

/** Undefined where the work fails with one of these. */
export async function orNothing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}
