/**
 * The exit number of every error code (see docs/errors.md). Numbers are public: scripts depend on them.
 * Text and --json exit alike, because both take their number from here.
 */
import type { ErrorCode } from '../src/index.js';

export const EXIT = { ok: 0, unexpected: 1, usage: 2, interrupted: 130, brokenPipe: 141 } as const;

export const EXIT_CODES = {
  'usage/invalid': 2,
  'usage/reference': 2,
  'usage/name': 2,
  'usage/version': 2,
  'usage/path': 2,
  'registry/not-found': 10,
  'registry/exists': 13,
  'registry/foreign-folder': 13,
  'registry/locked': 11,
  'registry/format-unsupported': 16,
  'registry/empty-history': 10,
  'artifact/not-found': 12,
  'artifact/ambiguous': 12,
  'artifact/exists': 13,
  'artifact/landed': 13,
  'artifact/no-files': 2,
  'artifact/unsupported-file': 2,
  'artifact/changed-while-read': 15,
  'output/exists': 13,
  'output/damaged': 20,
  'key/none': 14,
  'key/not-found': 14,
  'key/exists': 14,
  'key/invalid': 14,
  'key/unsupported': 14,
  'key/passphrase': 14,
  'key/permissions': 14,
  'key/weak': 14,
  'key/agent': 14,
  'io/read-only': 15,
  'io/full': 15,
  'io/failed': 15,
  'io/unsafe-path': 15,
  'capability/missing': 16,
  'git/not-a-repository': 10,
  'git/unsupported': 16,
  'git/busy': 11,
  'git/ref-conflict': 11,
  'git/invalid-object': 20,
  'git/object-missing': 32,
  'git/object-too-large': 16,
  'git/shallow': 16,
  'git/ref-invalid': 20,
  'git/index-unsupported': 16,
  'git/command-failed': 31,
  'container/malformed': 20,
  'container/unsupported': 16,
  'container/trailer-missing': 20,
  'container/digest-mismatch': 20,
  'container/limit': 20,
  'container/not-strict': 20,
  'object/missing': 32,
  'object/digest-mismatch': 20,
  'object/damaged-copy': 20,
  'object/content-mismatch': 20,
  'file/digest-mismatch': 20,
  'worktree/differs': 20,
  'worktree/damaged-copy': 20,
  'document/too-large': 23,
  'document/not-utf8': 23,
  'document/syntax': 23,
  'document/schema': 23,
  'document/not-canonical': 23,
  'manifest/wrong-place': 23,
  'manifest/other-registry': 23,
  'manifest/content-mismatch': 20,
  'manifest/name-twin': 23,
  'policy/invalid': 23,
  'signature/missing': 21,
  'signature/malformed': 21,
  'signature/invalid': 21,
  'signature/namespace': 21,
  'signature/unknown-key': 21,
  'signature/wrong-place': 21,
  'policy/unsigned': 21,
  'policy/denied': 22,
  'policy/allowed-signers': 21,
  'policy/principal-exists': 13,
  'commit/unsigned': 21,
  'commit/host-signed': 21,
  'commit/bad-signature': 21,
  'commit/unknown-signer': 21,
  'tag/bad-signature': 21,
  'tag/unsigned': 21,
  'tag/unknown-signer': 21,
  'tag/name-mismatch': 21,
  'tag/moved': 24,
  'tag/unexpected': 24,
  'tag/message-mismatch': 24,
  'tag/missing': 24,
  'tag/not-gto': 24,
  'history/policy-rollback': 24,
  'history/policy-chain': 24,
  'history/policy-removed': 24,
  'history/manifest-changed': 24,
  'history/manifest-removed': 24,
  'history/signature-changed': 24,
  'history/registry-changed': 24,
  'history/rewound': 24,
  'history/shallow': 24,
  'trust/first-use': 21,
  'trust/root-changed': 21,
  'trust/state-unwritable': 21,
  'catalog/stale': 20,
  'remote/none': 31,
  'remote/outdated': 30,
  'remote/failed': 31,
  'remote/too-large': 31,
  'internal/unexpected': 1,
} as const satisfies Record<ErrorCode, number>;

export const EXIT_MEANINGS: Readonly<Record<number, string>> = {
  0: 'success',
  1: 'unexpected failure',
  2: 'wrong use of a command',
  10: 'not a registry',
  11: 'locked: another process is writing',
  12: 'not found, or not unique',
  13: 'already exists',
  14: 'no usable key or agent',
  15: 'cannot write: read-only, full or failing disk',
  16: 'a repository feature or capability is not supported',
  20: 'integrity: bytes are not what they should be',
  21: 'signature or trust',
  22: 'refused by the policy',
  23: 'invalid document',
  24: 'history was changed',
  30: 'outdated: pull first',
  31: 'the remote failed',
  32: 'an object is not here',
  40: 'cannot decrypt',
  130: 'interrupted',
  141: 'the reader of the output went away',
};

export function exitOf(code: ErrorCode): number {
  return EXIT_CODES[code];
}

const ORDER = [20, 24, 21, 22, 23, 32];

export interface RatedFinding {
  readonly code: ErrorCode;
  readonly severity: 'error' | 'warning' | 'note';
}

/** 0 without error findings; otherwise the first number of 20, 24, 21, 22, 23, 32 among them, then any other. */
export function exitOfFindings(findings: Iterable<RatedFinding>): number {
  const found = new Set<number>();
  for (const { code, severity } of findings) if (severity === 'error') found.add(exitOf(code));
  const first = ORDER.find((number) => found.has(number));
  return first ?? (found.size === 0 ? EXIT.ok : Math.min(...found));
}
