/**
 * A thread that looks at commits, objects and working files while this one folds history. All it ever says is that something
 * is well: what it does not vouch for is looked at here as if it had not run, so that no finding depends on it.
 */
import { Worker } from 'node:worker_threads';
import type { GoodSignature } from '../checks/check-commit.js';
import type { Oid } from '../git-format/oid.js';
import type { VersionRow } from '../history/registry-state.js';
import type { Environment } from './environment.js';
import type { Registry } from './open-registry.js';
import type { CheckedRow } from './verify-objects.js';

/** How the thread finds the registry again. */
export interface Opening {
  readonly dir: string;
  readonly prefix: string;
  readonly head: Oid;
  readonly past: boolean;
  readonly bare: boolean;
  /** Objects that refs of tags name. */
  readonly tags: readonly Oid[];
  readonly environment: Partial<Environment>;
}

export type ToThread =
  | { readonly kind: 'steps'; readonly commits: readonly Oid[]; readonly rows: readonly CheckedRow[] }
  | { readonly kind: 'end' };

/** What the thread found well. */
export interface Vouched {
  /** Of commits and tags. */
  readonly signatures: ReadonlyMap<Oid, GoodSignature>;
  /** How many objects these versions have, every copy of them intact; undefined where it cannot tell. */
  readonly objects: number | undefined;
  /** Every working file of the registry is as it is committed. */
  readonly worktree: boolean;
  /** A private key may be committed. */
  readonly secrets: boolean;
}

export type FromThread = { readonly kind: 'progress'; readonly bytes: number } | ({ readonly kind: 'end' } & Vouched);

export interface BesideOptions {
  /** Steps that are folded before the thread is started: it costs as much as looking at some hundred. */
  readonly warmUp?: number | undefined;
  /** Starts it; default: the file beside this one. */
  readonly start?: ((opening: Opening) => Worker) | undefined;
  /** Objects that refs of tags name. */
  readonly tags: readonly Oid[];
  /** Objects are to be looked at: those of all versions in effect. */
  readonly objects: boolean;
  /** Original bytes verified so far. */
  readonly onProgress: (bytes: number) => void;
}

const WARM_UP = 512;
const BATCH = 128;
/** Far more than it needs: near a limit its memory is cleaned up sooner. Where it is too little, nothing is vouched for. */
const LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 8 };
const NOTHING: Vouched = { signatures: new Map(), objects: undefined, worktree: false, secrets: true };

export class VerifyBeside {
  readonly #registry: Registry;
  readonly #options: BesideOptions;
  /** By path, the blob of each version that was given to the thread. */
  readonly #given = new Map<string, Oid>();
  #commits: Oid[] = [];
  #rows: CheckedRow[] = [];
  #left: number;
  #worker: Worker | 'none' | undefined;
  #done: (vouched: Vouched) => void = () => {};
  readonly #vouched = new Promise<Vouched>((resolve) => {
    this.#done = resolve;
  });

  constructor(registry: Registry, options: BesideOptions) {
    this.#registry = registry;
    this.#options = options;
    this.#left = options.warmUp ?? WARM_UP;
    // What a partial clone left out may be fetched, once and by one.
    if (registry.repository.partial) this.#worker = 'none';
  }

  /** A commit that changed the registry, and the versions that took effect in it. */
  step(commit: Oid, rows: readonly VersionRow[]): void {
    if (this.#worker === 'none') return;
    this.#commits.push(commit);
    for (const row of rows) this.#give(row);
    this.#left--;
    if (this.#left > 0) return;
    this.#worker ??= this.#start();
    if (this.#commits.length >= BATCH) this.#send();
  }

  /** What it vouches for, where these versions and no others are to be looked at. */
  async finish(rows: readonly VersionRow[]): Promise<Vouched> {
    const worker = this.#worker;
    if (worker === undefined || worker === 'none') return NOTHING;
    if (this.#options.objects) {
      const asked = new Map(rows.map((row) => [row.path, row.blob]));
      // It looked at something that nobody vouches for by now: who knows how long that takes.
      if ([...this.#given].some(([path, blob]) => asked.get(path) !== blob)) return NOTHING;
      for (const row of rows) if (!this.#given.has(row.path)) this.#give(row);
    }
    this.#send();
    post(worker, { kind: 'end' });
    worker.ref();
    return this.#vouched;
  }

  /** Ends the thread. */
  close(): void {
    const worker = this.#worker;
    this.#worker = 'none';
    if (worker !== undefined && worker !== 'none') void worker.terminate();
  }

  #give({ kind, name, version, path, blob, manifest }: VersionRow): void {
    if (!this.#options.objects) return;
    this.#given.set(path, blob);
    this.#rows.push({ kind, name, version, path, blob, manifest });
  }

  #send(): void {
    const worker = this.#worker;
    if (worker !== undefined && worker !== 'none')
      post(worker, { kind: 'steps', commits: this.#commits, rows: this.#rows });
    this.#commits = [];
    this.#rows = [];
  }

  #start(): Worker | 'none' {
    try {
      const worker = (this.#options.start ?? startBeside)(openingOf(this.#registry, this.#options.tags));
      worker.unref();
      worker.on('message', (message: FromThread) => {
        if (message.kind === 'progress') this.#options.onProgress(message.bytes);
        else this.#done({ ...message, objects: this.#options.objects ? message.objects : undefined });
      });
      for (const event of ['error', 'messageerror', 'exit']) worker.on(event, () => this.#done(NOTHING));
      return worker;
    } catch {
      // Threads may be forbidden or used up; everything works without.
      return 'none';
    }
  }
}

function post(worker: Worker, message: ToThread): void {
  worker.postMessage(message);
}

function openingOf(registry: Registry, tags: readonly Oid[]): Opening {
  const { root, prefix, head, past, repository, environment } = registry;
  const { home, xdgConfigHome, configDir, stateDir, quarantine } = environment;
  return {
    dir: root,
    prefix,
    head,
    past,
    bare: repository.workTree === undefined,
    tags,
    // Neither keys nor a git program: it reads what is here.
    environment: { home, xdgConfigHome, configDir, stateDir, quarantine },
  };
}

/** In the package; run from source there is no such file, and no thread. */
function startBeside(opening: Opening): Worker {
  // Without the options of this process: with `node -e` a file would be no input.
  return new Worker(new URL('./verify.worker.js', import.meta.url), {
    execArgv: [],
    workerData: opening,
    resourceLimits: LIMITS,
  });
}
