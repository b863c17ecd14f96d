/**
 * The first entry of a ledger where containers are already: it names them as they are found. What a ledger further down
 * says of them is taken over, so that nothing it refuses becomes right by this.
 */
import { join } from 'node:path';
import {
  type ArtifactPath,
  artifactFolderOf,
  artifactOfFile,
  containerPath,
  joinArtifactPath,
  LEDGER_FOLDER,
} from '../artifacts/artifact-path.js';
import { CHANGES_LIMIT, type PutChange } from '../artifacts/ledger-entry.js';
import type { LedgerState } from '../artifacts/ledger-state.js';
import { processMark } from '../files/process-mark.js';
import { Ledger } from '../store/ledger.js';
import { type ArtifactContext, type ArtifactDirectory, appendEntry } from './artifact-directory.js';
import { entriesOf } from './artifact-places.js';
import { describeContainer } from './read-artifact.js';

interface Governed {
  readonly state: LedgerState;
  readonly below: ArtifactPath | undefined;
}

export async function adoptContainers(context: ArtifactContext, { home, ledger }: ArtifactDirectory): Promise<void> {
  const found: PutChange[] = [];
  await collect(context, home.dir, undefined, undefined, found);
  for (let at = 0; at < found.length; at += CHANGES_LIMIT) {
    const part = found.slice(at, at + CHANGES_LIMIT);
    await appendEntry(context, ledger, ({ artifacts, deleted }) =>
      part.filter(({ path }) => !artifacts.has(path) && !deleted.has(path)),
    );
  }
}

async function collect(
  context: ArtifactContext,
  place: string,
  folder: ArtifactPath | undefined,
  above: Governed | undefined,
  found: PutChange[],
): Promise<void> {
  const entries = await entriesOf(place);
  const governed = above ?? (folder === undefined ? undefined : await ledgerBelow(context, place, folder, entries));
  for (const { name, kind } of entries) {
    if (kind === 'directory') {
      const inner = artifactFolderOf(name);
      if (inner !== undefined)
        await collect(context, join(place, name), joinArtifactPath(folder, inner), governed, found);
    }
    const artifact = kind === 'file' ? artifactOfFile(name) : undefined;
    if (artifact !== undefined) await adopt(context, place, joinArtifactPath(folder, artifact), governed, found);
  }
}

/** One that this process has seen is asked even if it is gone, and something else in its place is refused: by reading it. */
async function ledgerBelow(
  context: ArtifactContext,
  place: string,
  folder: ArtifactPath,
  entries: readonly { readonly name: string }[],
): Promise<Governed | undefined> {
  const known = context.ledgers.get(place);
  if (known?.seen !== true && !entries.some(({ name }) => name === LEDGER_FOLDER)) return undefined;
  return { state: await (known ?? new Ledger(place, context.engines.sha256)).read(), below: folder };
}

async function adopt(
  context: ArtifactContext,
  place: string,
  path: ArtifactPath,
  governed: Governed | undefined,
  found: PutChange[],
): Promise<void> {
  if (governed === undefined) {
    const name = containerPath(path).slice(containerPath(path).lastIndexOf('/') + 1);
    const seen = await describeContainer(join(place, name), context);
    // What is damaged stays outside the ledger, and is refused as what it does not list.
    if (seen !== undefined) found.push({ op: 'put', path, ...seen, staged: processMark() });
    return;
  }
  const { state, below } = governed;
  const live = state.artifacts.get(below === undefined ? path : path.slice(below.length + 1));
  if (live === undefined) return;
  const { size, sha256, stored, container, staged } = live;
  found.push({ op: 'put', path, size, sha256, stored, container, staged });
}
