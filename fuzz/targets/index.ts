/** All targets, in the order of docs/fuzzing.md. */
import type { Target } from '../target.js';
import { ARTIFACT_TARGETS } from './artifacts.js';
import { CODEC_TARGETS } from './codecs.js';
import { CONTAINER_TARGETS } from './container.js';
import { DOCUMENT_TARGETS } from './documents.js';
import { GIT_FILE_TARGETS } from './git-files.js';
import { GIT_OBJECT_TARGETS } from './git-objects.js';
import { GIT_STORE_TARGETS } from './git-store.js';
import { MLFLOW_TARGETS } from './mlflow.js';
import { PAYLOAD_TARGETS } from './payloads.js';
import { PLANE_SET_TARGETS } from './plane-sets.js';
import { QUERY_TARGETS } from './queries.js';
import { SIGNING_TARGETS } from './signing.js';
import { STATE_TARGETS } from './state.js';
import { TABLE_TARGETS } from './tables.js';
import { TENSOR_TARGETS } from './tensors.js';
import { TEXT_TARGETS } from './text.js';
import { GIT_FILE_DIFFERENTIALS } from './with-git-files.js';
import { GIT_OBJECT_DIFFERENTIALS } from './with-git-objects.js';
import { OPENSSH_DIFFERENTIALS } from './with-openssh.js';

export const TARGETS: readonly Target[] = [
  ...CONTAINER_TARGETS,
  ...PAYLOAD_TARGETS,
  ...PLANE_SET_TARGETS,
  ...CODEC_TARGETS,
  ...TABLE_TARGETS,
  ...QUERY_TARGETS,
  ...DOCUMENT_TARGETS,
  ...TEXT_TARGETS,
  ...ARTIFACT_TARGETS,
  ...MLFLOW_TARGETS,
  ...TENSOR_TARGETS,
  ...SIGNING_TARGETS,
  ...GIT_OBJECT_TARGETS,
  ...GIT_FILE_TARGETS,
  ...GIT_STORE_TARGETS,
  ...STATE_TARGETS,
  ...GIT_OBJECT_DIFFERENTIALS,
  ...GIT_FILE_DIFFERENTIALS,
  ...OPENSSH_DIFFERENTIALS,
];
