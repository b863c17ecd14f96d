/** A thread that looks at commits, objects and working files for another. Started by `verify-beside.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { type GoodSignature, goodSignatureOf } from '../checks/check-commit.js';
import { checkSecrets } from '../checks/check-secrets.js';
import { At1Error } from '../errors.js';
import { GitReader } from '../git/reader.js';
import type { Oid } from '../git-format/oid.js';
import { readCommit } from '../git-format/read-object.js';
import { parseTag } from '../git-format/tag.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { objectCopies } from './object-copies.js';
import { openRegistry, type Registry } from './open-registry.js';
import type { FromThread, Opening, ToThread } from './verify-beside.js';
import { type VerifiedSoFar, verifyVersionObjects } from './verify-objects.js';
import { verifyWorktree } from './verify-worktree.js';

/** It reads nearly everything once, and shares the memory of a process with another reader. */
const CACHE = 8 * 1024 * 1024;

type Steps = Extract<ToThread, { kind: 'steps' }>;

const opened = open(workerData as Opening);

async function open({ dir, prefix, head, past, bare, tags, environment }: Opening) {
  const found = await openRegistry({ dir, at: head, prefix: bare ? prefix : undefined, environment });
  // Whatever moved meanwhile: another registry is none to vouch for.
  if (found.root !== dir || found.prefix !== prefix || found.head !== head) throw new RangeError('another registry');
  const reader = new GitReader(found.repository, { cacheBytes: CACHE });
  const registry: Registry = { ...found, reader, past };
  const tree = await registryTreeAt(registry, head);
  if (tree === undefined) throw new RangeError('no registry any more');
  let bytes = 0;
  const done: VerifiedSoFar = {
    objects: new Map(),
    files: new Set(),
    findings: [],
    onBytes: (count) => {
      bytes += count;
    },
  };
  const copies = await objectCopies(registry);
  // First of all: it waits for nobody.
  const worktree = (await verifyWorktree(registry, tree)).length === 0;
  const secrets = (await checkSecrets(registry.reader, tree, { owners: new Map() })).length > 0;
  const signatures = new Map<Oid, GoodSignature>();
  const note = (oid: Oid, signed: Parameters<typeof goodSignatureOf>[0]): void => {
    const good = goodSignatureOf(signed, registry.engines);
    if (good !== undefined) signatures.set(oid, good);
  };
  for (const oid of tags) {
    // What is no tag, or cannot be read, is for the other to tell of.
    try {
      const object = await reader.read(oid);
      if (object.type === 'tag') note(oid, parseTag(object.bytes));
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
    }
  }
  return {
    look: async ({ commits, rows }: Steps) => {
      for (const oid of commits) note(oid, await readCommit(reader, oid));
      for (const row of rows) {
        // One is enough to look at them all again, there where the findings are told.
        if (done.findings.length === 0) await verifyVersionObjects(copies, row, done);
      }
      send({ kind: 'progress', bytes });
    },
    end: () => {
      const objects = done.findings.length === 0 ? done.objects.size : undefined;
      send({ kind: 'end', signatures, objects, worktree, secrets });
    },
  };
}

let before: Promise<void> = Promise.resolve();

parentPort?.on('message', (message: ToThread) => {
  // One after the other, in their order. What fails ends the thread, and with it all it would have vouched for.
  before = before.then(async () => {
    const { look, end } = await opened;
    if (message.kind === 'steps') await look(message);
    else end();
  });
});

function send(message: FromThread): void {
  parentPort?.postMessage(message);
}
