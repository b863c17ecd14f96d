/** All attacks, family by family. */
import type { Attack } from '../attack.js';
import { bombs } from './bombs.js';
import { containers } from './containers.js';
import { objects } from './objects.js';
import { store } from './store.js';
import { streams } from './streams.js';

export const attacks: readonly Attack[] = [...objects, ...containers, ...bombs, ...streams, ...store];
