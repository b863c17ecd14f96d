/** All attacks, family by family. */
import type { Attack } from '../attack.js';
import { commits } from './commits.js';
import { containers } from './containers.js';
import { oddCommits } from './odd-commits.js';
import { policies } from './policies.js';
import { tags } from './tags.js';

export const attacks: readonly Attack[] = [...containers, ...commits, ...oddCommits, ...policies, ...tags];
