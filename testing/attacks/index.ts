/** All attacks, family by family. */
import type { Attack } from '../attack.js';
import { containers } from './containers.js';

export const attacks: readonly Attack[] = [...containers];
