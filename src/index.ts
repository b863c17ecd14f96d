/**
 * The library: everything the command line does, for programs. Functions take an open registry and return plain data;
 * failures are `At1Error`s with stable codes (docs/errors.md).
 */
export type { ContainerInfo, FrameInfo } from './container/inspect.js';
export type { StreamInfo } from './container/inspect-streams.js';
export { At1Error, type ErrorCode, type Facts } from './errors.js';
export { interrupt } from './files/interrupt.js';
export { readToEnd } from './files/read-pipe.js';
export type { LineageRequest } from './manifest/lineage.js';
export type { Kind } from './manifest/name.js';
export { parseReference, type Ref } from './manifest/reference.js';
export { type ApproveRequest, type ApproveResult, approve } from './ops/approve.js';
export {
  type AttestRequest,
  type AttestResult,
  attest,
  type EvidenceResult,
  listEvidence,
} from './ops/attest.js';
export { type CatRequest, type CatResult, cat } from './ops/cat.js';
export type { PolicyChange, PolicyOptions } from './ops/change-policy.js';
export { type CheckPolicyResult, checkPolicy, type PolicyProblem } from './ops/check-policy.js';
export { type DoctorResult, doctor } from './ops/doctor.js';
export {
  type AddPrincipalRequest,
  type AddPrincipalResult,
  type AddRuleRequest,
  addPrincipal,
  addRule,
  changeBar,
  demandOfGates,
  type PolicyBarRequest,
  type RevokeKeyRequest,
  type RotateKeyRequest,
  removePrincipal,
  removeRule,
  revokeKey,
  rotateKey,
} from './ops/edit-policy.js';
export type { StoredObject } from './ops/encode-file.js';
export type { Environment } from './ops/environment.js';
export type { StandingEvent } from './ops/event-standing.js';
export type { ShownEvidence } from './ops/evidence-about.js';
export { type FindCommitOptions, type FoundCommit, findCommit } from './ops/find-commit.js';
export { type DraftPolicy, draftPolicy } from './ops/first-policy.js';
export { fromMlflow, type MlflowImport, type MlflowSource, type SaidOfModel } from './ops/from-mlflow.js';
export { type GateRequest, type GateResult, gate, type PlacedFinding } from './ops/gate.js';
export { type GetRequest, type GetResult, get } from './ops/get.js';
export { type HookFile, type HookOptions, type HookResult, installHooks, uninstallHooks } from './ops/hooks.js';
export { type IdentifiedVersion, type IdentifyResult, identify } from './ops/identify.js';
export { type InitOptions, type InitResult, init } from './ops/init.js';
export {
  type GithubFile,
  type InitGithubOptions,
  type InitGithubResult,
  initGithub,
} from './ops/init-github.js';
export {
  type JudgedRef,
  type JudgePushOptions,
  type JudgePushResult,
  judgePush,
  type PushedRef,
  parseReceived,
  parseSent,
} from './ops/judge-push.js';
export type { Trust } from './ops/judge-trust.js';
export { generateKey, importKey, type KeyOptions, type KeyResult, listKeys, showKey } from './ops/keys.js';
export {
  type LineageEdge,
  type LineageQuery,
  type LineageResult,
  type LineageVersion,
  lineage,
} from './ops/lineage.js';
export {
  type ListedArtifact,
  type ListedVersion,
  type ListResult,
  list,
  type ShowOptions,
  type ShowResult,
  type StatsResult,
  show,
  stats,
} from './ops/list.js';
export { type LogEntry, log } from './ops/log.js';
export { type OpenOptions, openRegistry, type Registry } from './ops/open-registry.js';
export { inspect, type PackRequest, type PackResult, pack, unpack } from './ops/pack.js';
export { type PolicyResult, showPolicy } from './ops/policy.js';
export type { PolicyDifference } from './ops/policy-difference.js';
export type { PolicySignatures } from './ops/policy-signatures.js';
export type { EventOptions, EventResult } from './ops/prepare-events.js';
export type { RegisterRequest } from './ops/prepare-version.js';
export {
  type AliasRequest,
  alias,
  type PromoteRequest,
  promote,
  type RollbackRequest,
  rollback,
  type WithdrawRequest,
  withdraw,
} from './ops/promote.js';
export { type PullOutcome, type PushResult, pull, push } from './ops/push.js';
export { type QueryExplanation, type QueryRequest, type QueryResult, query } from './ops/query.js';
export {
  PUSH_WARNING,
  type RegisterOptions,
  register,
  registerAll,
} from './ops/register.js';
export type { RegisteredFile, RegisterResult } from './ops/register-result.js';
export { type ReindexResult, reindex } from './ops/reindex.js';
export type { Review, ReviewedEvent } from './ops/review.js';
export type { ReviewedVersion } from './ops/review-version.js';
export { type ServeOptions, type ServeResult, serveArtifacts } from './ops/serve-artifacts.js';
export type { ShownOrdinal } from './ops/shown-ordinal.js';
export { type SignPolicyOptions, signPolicy } from './ops/sign-policy.js';
export type { SignatureCount } from './ops/signature-count.js';
export { type StagedKeysOptions, type StagedKeysResult, stagedKeys } from './ops/staged-keys.js';
export { type StatusResult, status } from './ops/status.js';
export { landsAtOnce, type TagResult, tag } from './ops/tag.js';
export { type FoundTensor, type TensorRequest, type TensorResult, tensor } from './ops/tensor.js';
export { type TestPolicyResult, testPolicy } from './ops/test-policy.js';
export type { UnpackedFile, UnpackResult } from './ops/unpack-bundle.js';
export { type UnregisterResult, unregister } from './ops/unregister.js';
export { type VerifyRequest, type VerifyResult, verify } from './ops/verify.js';
export type { VersionStanding } from './ops/version-standing.js';
export type { Finding, Severity } from './registry/finding.js';
export { parseLineage } from './registry/lineage-request.js';
export { OBJECT_CHECKS, type ObjectCheck } from './registry/policy.js';
export { LEVELS, type Level } from './transforms/level.js';
