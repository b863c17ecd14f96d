/** The inputs of the action: all text, each checked; one that is not known is a mistake, never ignored. */
import { At1Error, OBJECT_CHECKS, type ObjectCheck } from '../src/index.js';

export interface Inputs {
  readonly root: string;
  readonly mode: 'gate' | 'verify';
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly registry: string | undefined;
  readonly objects: ObjectCheck | undefined;
  readonly allowPending: boolean;
}

export type Variables = Readonly<Record<string, string | undefined>>;

const NAMES = ['root', 'base', 'head', 'registry', 'objects', 'allow-pending', 'mode'] as const;
const ONLY_GATE = ['base', 'objects', 'allow-pending'] as const;

/** The runner passes an input `allow-pending` as INPUT_ALLOW-PENDING. Throws `usage/invalid`. */
export function readInputs(variables: Variables): Inputs {
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(variables)) {
    if (!name.startsWith('INPUT_') || value === undefined) continue;
    const input = name.slice('INPUT_'.length).toLowerCase();
    if (!NAMES.some((known) => known === input))
      throw invalid(`unknown input '${input}'`, `known: ${NAMES.join(', ')}`);
    if (value.trim() !== '') given.set(input, value.trim());
  }
  const root = given.get('root');
  if (root === undefined) {
    throw invalid('the input root is empty', 'give it the root digest that at1 policy show prints: sha256:…');
  }
  if (!/^sha256:[0-9a-f]{64}$/.test(root)) {
    throw invalid('the input root is no digest', 'it is sha256: and 64 hexadecimal digits');
  }
  const mode = oneOf('mode', given.get('mode') ?? 'gate', ['gate', 'verify']);
  const wrong = mode === 'gate' ? undefined : ONLY_GATE.find((name) => given.has(name));
  if (wrong !== undefined) throw invalid(`the input ${wrong} has no meaning in mode ${mode}`, 'leave it out');
  const [base, head, objects] = [given.get('base'), given.get('head'), given.get('objects')];
  if (mode === 'gate' && head !== undefined && base === undefined) {
    throw invalid('the input head is given and base is not', 'say what the change is to land on');
  }
  return {
    root,
    mode,
    base,
    head,
    registry: given.get('registry'),
    objects: objects === undefined ? undefined : oneOf('objects', objects, OBJECT_CHECKS),
    allowPending: oneOf('allow-pending', given.get('allow-pending') ?? 'false', ['true', 'false']) === 'true',
  };
}

function oneOf<const T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw invalid(`the input ${name} is '${value.slice(0, 40)}'`, `known: ${known.join(', ')}`);
  return found;
}

export function invalid(message: string, hint: string): At1Error {
  return new At1Error('usage/invalid', { message, hint });
}
