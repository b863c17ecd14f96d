/** All attacks, family by family. */
import type { Attack } from '../attack.js';
import { bombs } from './bombs.js';
import { caches } from './caches.js';
import { commits } from './commits.js';
import { containers } from './containers.js';
import { eventTexts } from './event-texts.js';
import { events } from './events.js';
import { evidence } from './evidence.js';
import { gates } from './gate.js';
import { steeringChanges } from './gate-steering.js';
import { gitStore } from './git-store.js';
import { hostileConfig } from './hostile-config.js';
import { layouts } from './layouts.js';
import { lineage } from './lineage.js';
import { manifests } from './manifests.js';
import { names } from './names.js';
import { objects } from './objects.js';
import { oddCommits } from './odd-commits.js';
import { paths } from './paths.js';
import { policies } from './policies.js';
import { refs } from './refs.js';
import { revocations } from './revocations.js';
import { stageTags } from './stage-tags.js';
import { stages } from './stages.js';
import { store } from './store.js';
import { streams } from './streams.js';
import { swaps } from './swaps.js';
import { tags } from './tags.js';
import { toml } from './toml.js';
import { transforms } from './transforms.js';
import { trees } from './trees.js';
import { unreadableEvents } from './unreadable-events.js';
import { workingTree } from './working-tree.js';

export const attacks: readonly Attack[] = [
  ...objects,
  ...store,
  ...containers,
  ...bombs,
  ...streams,
  ...manifests,
  ...lineage,
  ...toml,
  ...names,
  ...paths,
  ...swaps,
  ...layouts,
  ...transforms,
  ...trees,
  ...commits,
  ...oddCommits,
  ...policies,
  ...tags,
  ...events,
  ...stages,
  ...eventTexts,
  ...evidence,
  ...revocations,
  ...stageTags,
  ...gates,
  ...steeringChanges,
  ...unreadableEvents,
  ...gitStore,
  ...refs,
  ...caches,
  ...hostileConfig,
  ...workingTree,
];
