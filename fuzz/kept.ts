/**
 * What past runs left in test/regress: a `.bin` file for every finding, and for each target a list of inputs in base64
 * which together reach all branches that a run reached.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const REGRESS = join(import.meta.dirname, '..', 'test', 'regress');

export interface KeptInput {
  /** Path below test/regress, with the line of a list. */
  readonly name: string;
  readonly input: Uint8Array;
}

export function keptInputs(target: string): KeptInput[] {
  return [...findingsOf(target), ...listed(target)];
}

function findingsOf(target: string): KeptInput[] {
  const folder = join(REGRESS, target);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.bin'));
  return names.sort().map((name) => ({
    name: `${target}/${name}`,
    input: Uint8Array.from(readFileSync(join(folder, name))),
  }));
}

function listed(target: string): KeptInput[] {
  const path = listPath(target);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line, i) => ({
    name: `${target}/seeds.txt:${i + 1}`,
    input: Uint8Array.from(Buffer.from(line, 'base64')),
  }));
}

/** The path of the new file, below test/regress. */
export function keepFinding(target: string, input: Uint8Array): string {
  mkdirSync(join(REGRESS, target), { recursive: true });
  const name = `${target}/${createHash('sha256').update(input).digest('hex').slice(0, 16)}.bin`;
  writeFileSync(join(REGRESS, name), input);
  return name;
}

export function keepSeeds(target: string, inputs: readonly Uint8Array[]): void {
  mkdirSync(join(REGRESS, target), { recursive: true });
  const lines = inputs.map((input) => `${Buffer.from(input).toString('base64')}\n`);
  writeFileSync(listPath(target), lines.sort().join(''));
}

function listPath(target: string): string {
  return join(REGRESS, target, 'seeds.txt');
}
