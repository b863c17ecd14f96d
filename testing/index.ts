/**
 * Attacked registries for whoever checks a registry program, at1 or another: each attack builds a real repository on
 * the disk and says which commands must refuse it, with which code and exit number.
 */
export type { Attack, AttackedRegistry, Attacker, AttackPlace, Client, Refusal } from './attack.js';
export { attacks } from './attacks/index.js';
export { buildHealthy, HEALTHY_COMMANDS, type PlacedRegistry } from './healthy.js';
