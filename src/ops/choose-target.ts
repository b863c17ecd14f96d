/** Kind, name and version of what is registered: what the reference says, the rest chosen from content and history. */

import { At1Error } from '../errors.js';
import { open } from '../files/node-fs.js';
import { guessKind, HEAD_BYTES, suggestName } from '../formats/guess-kind.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import { type ArtifactName, isName, type Kind, parseName } from '../manifest/name.js';
import { parseReference } from '../manifest/reference.js';
import { type Bump, bumpVersion, compareVersions, type Version } from '../manifest/version.js';
import { nextVersion } from '../registry/next-version.js';
import type { RegisterInput, RegisterRequest } from './prepare-version.js';

export interface Target {
  readonly kind: Kind;
  readonly name: ArtifactName;
  readonly version: Version;
  /** What was not said and had to be chosen. */
  readonly chosen: readonly ('kind' | 'name' | 'version')[];
}

export async function chooseTarget(
  request: RegisterRequest,
  input: RegisterInput,
  state: RegistryState,
): Promise<Target> {
  const chosen: ('kind' | 'name' | 'version')[] = [];
  const given = request.ref === undefined ? undefined : parseReference(request.ref);
  if (given !== undefined && given.selector.kind !== 'exact' && given.selector.kind !== 'latest') {
    throw new At1Error('usage/reference', {
      message: `'${request.ref}' does not name one version`,
      hint: 'register takes kind/name@1.2.3, or kind/name for the next version',
    });
  }
  const name = given?.name ?? chooseName(input);
  if (given === undefined) chosen.push('name');
  const kind = given?.kind ?? (await chooseKind(name, input, state));
  if (given?.kind === undefined) chosen.push('kind');
  if (given?.selector.kind === 'exact') return { kind, name, version: given.selector.version, chosen };
  chosen.push('version');
  const others = [...state.versions.values()].filter((row) => row.kind === kind && row.name === name);
  return {
    kind,
    name,
    version: chooseVersion(others, request.bump ?? 'patch'),
    chosen,
  };
}

/** Above what took effect, or waits with a known signature: what a stranger pushed must not steer our numbers. */
function chooseVersion(rows: readonly VersionRow[], bump: Bump): Version {
  const ours = rows.filter(({ effective, signers }) => effective !== null || signers.length > 0);
  let version = nextVersion(
    ours.map((row) => row.version),
    bump,
  );
  while (rows.some((row) => compareVersions(row.version, version) === 0)) version = bumpVersion(version, 'patch');
  return version;
}

function chooseName(input: RegisterInput): ArtifactName {
  const name = suggestName(input.label);
  if (isName(name)) return parseName(name);
  throw new At1Error('usage/reference', {
    message: `no name can be made of '${input.label}'`,
    hint: 'say which artifact this is: at1 register kind/name@1.0.0 PATH',
  });
}

/** The kind that has this name already, if it is only one; else what the content looks like. */
async function chooseKind(name: ArtifactName, input: RegisterInput, state: RegistryState): Promise<Kind> {
  const kinds = new Set([...state.versions.values()].filter((row) => row.name === name).map((row) => row.kind));
  const [only] = kinds;
  if (only !== undefined && kinds.size === 1) return only;
  const guesses = new Set<Kind>();
  for (const file of input.scanned?.files ?? []) {
    const guess = guessKind(file.path, await readHead(file.absolute));
    if (guess !== undefined) guesses.add(guess);
    if (guesses.has('model')) break;
  }
  if (input.stream !== undefined) {
    const guess = guessKind(input.stream.path, new Uint8Array(0));
    if (guess !== undefined) guesses.add(guess);
  }
  // A folder with weights in it is a model, whatever configuration and sample data lie beside them.
  for (const kind of ['model', 'data', 'recipe'] as const) if (guesses.has(kind)) return kind;
  throw new At1Error('usage/reference', {
    message: `cannot tell whether '${name}' is a model, data or a recipe`,
    hint: `say it: at1 register model/${name} PATH`,
  });
}

async function readHead(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const head = new Uint8Array(HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
