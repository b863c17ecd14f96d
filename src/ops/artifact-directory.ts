/** An artifact directory opened for one request: which ledger governs it, and who signs. What was read is kept for the next. */

import { join, relative, resolve, sep } from 'node:path';
import { type ArtifactPath, joinArtifactPath, parseFolderPath } from '../artifacts/artifact-path.js';
import type { Change } from '../artifacts/ledger-entry.js';
import { brokenLedger, type LedgerState } from '../artifacts/ledger-state.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { pointOfNoReturn } from '../files/interrupt.js';
import { TEMP_PREFIX } from '../files/process-mark.js';
import { findSigners } from '../keys/find-signer.js';
import { formatTimestamp } from '../manifest/timestamp.js';
import { createNativeEngines } from '../native/engines.js';
import { type Signer, signMessage } from '../signing/sshsig.js';
import { Ledger } from '../store/ledger.js';
import { findLedgerHome, type LedgerHome } from '../store/ledger-home.js';
import { isRealFolder, makeFolders } from '../store/root.js';
import type { Environment } from './environment.js';
import { SegmentMemory } from './segment-memory.js';

export interface ArtifactContext {
  readonly engines: Engines;
  readonly memory: SegmentMemory;
  readonly environment: Environment;
  /** By the folder that holds them. */
  readonly ledgers: Map<string, Ledger>;
  /** By the directory as it was asked for: the folder whose ledger governed it last. */
  readonly governed: Map<string, string>;
  /** Folders whose leftovers of dead processes were looked after. */
  readonly swept: Set<string>;
  /** Whose signatures were checked already. */
  readonly signers: WeakMap<object, string>;
  signer?: Promise<Signer | undefined>;
}

export interface ArtifactDirectory {
  readonly home: LedgerHome;
  readonly ledger: Ledger;
}

export async function openArtifacts(environment: Environment): Promise<ArtifactContext> {
  return {
    engines: await createNativeEngines(),
    memory: new SegmentMemory(),
    environment,
    ledgers: new Map(),
    governed: new Map(),
    swept: new Set(),
    signers: new WeakMap(),
  };
}

/** Throws `usage/path`, `ledger/*` where a ledger that was seen is gone, `io/*`. Nothing is made. */
export async function openDirectory(context: ArtifactContext, root: string): Promise<ArtifactDirectory> {
  const home = await findLedgerHome(root, (dir) => hasSeen(context, dir));
  const ledger = context.ledgers.get(home.dir) ?? new Ledger(home.dir, context.engines.sha256);
  context.ledgers.set(home.dir, ledger);
  // Before anything is made, or removed without it.
  if (ledger.seen) await ledger.read();
  await isRealFolder(stagedFolder(ledger));
  refuseOtherLedger(context, root, home);
  if (home.exists) context.governed.set(resolve(root), home.dir);
  return { home, ledger };
}

function hasSeen({ ledgers }: ArtifactContext, dir: string): boolean {
  return ledgers.get(dir)?.seen === true;
}

/** The way to a directory, or who may write above it, can change; then another ledger governs it, or none. One begun above may. */
function refuseOtherLedger(context: ArtifactContext, root: string, { dir, exists }: LedgerHome): void {
  const before = context.governed.get(resolve(root));
  if (before === undefined || !hasSeen(context, before)) return;
  if (exists && relative(dir, before).split(sep)[0] !== '..') return;
  throw brokenLedger(`that of '${before}', which '${root}' was under, does not govern it any more`);
}

/** What the ledger says; undefined where there is none. */
export async function stateOf({ home, ledger }: ArtifactDirectory): Promise<LedgerState | undefined> {
  return home.exists ? ledger.read() : undefined;
}

/** As the ledger calls it; undefined is all that the ledger governs. Throws `usage/path`. */
export function nameInLedger({ home }: ArtifactDirectory, path: string): ArtifactPath | undefined {
  const inside = parseFolderPath(path);
  return inside === undefined ? home.prefix : joinArtifactPath(home.prefix, inside);
}

/** As the one who asked calls it. */
export function nameOutside({ home }: ArtifactDirectory, path: string): string {
  return home.prefix === undefined ? path : path.slice(home.prefix.length + 1);
}

/** Where containers wait until an entry names them and they are moved to their places. */
export function stagedPath({ ledger }: ArtifactDirectory, staged: string): string {
  return join(stagedFolder(ledger), TEMP_PREFIX + staged);
}

export function stagedFolder(ledger: Ledger): string {
  return join(ledger.folder, 'staged');
}

/** Returns what was not there before. Throws `io/unsafe-path` where a link leads elsewhere. */
export async function makeStagedFolder(ledger: Ledger): Promise<readonly string[]> {
  const made = await makeFolders(stagedFolder(ledger));
  // Somebody else may have made something there meanwhile.
  for (const folder of [ledger.folder, stagedFolder(ledger)]) await isRealFolder(folder, 'write');
  return made;
}

export function notFound(path: string): At1Error {
  return new At1Error('artifact/not-found', { message: `No such artifact: '${path}'`, facts: { path } });
}

/** One entry with the time of now, signed if a key is at hand. As `Ledger.append`. */
export async function appendEntry(
  context: ArtifactContext,
  ledger: Ledger,
  plan: (state: LedgerState) => readonly Change[],
): Promise<readonly Change[]> {
  const time = () => formatTimestamp(Math.floor(context.environment.now().getTime() / 1000));
  const changes = await ledger.append({ plan, time, sign: (body) => signEntry(context, body) });
  pointOfNoReturn();
  return changes;
}

/** The armor, with the key that was named or the first of at1's own that opens by itself; undefined where there is none. */
async function signEntry(context: ArtifactContext, body: Uint8Array): Promise<string | undefined> {
  context.signer ??= findSigner(context.environment);
  const signer = await context.signer;
  return signer === undefined ? undefined : signMessage(signer, 'at1-ledger', body, context.engines);
}

/** No agent: it may ask a person each time, and a run logs a hundred times. */
async function findSigner({ signingKey, configDir, home, passphrase }: Environment): Promise<Signer | undefined> {
  const candidates = findSigners({ explicit: signingKey, configDir, homeDir: home, passphrase });
  for await (const candidate of candidates) {
    try {
      return await candidate.open();
    } catch (error) {
      if (candidate.source === 'explicit' || !(error instanceof At1Error)) throw error;
    }
  }
  return undefined;
}
