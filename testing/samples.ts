/** What is in the healthy registry: its second policy, and versions of every form a manifest can have. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { utf8 } from '../src/bytes/text.js';
import { concatBytes } from '../src/bytes/writer.js';
import { blake3Of, digestOf } from '../src/digest/digest.js';
import { writeLayout, writeManifest } from '../src/manifest/documents.js';
import type { PolicyDocument, Segment } from '../src/manifest/generated/types.js';
import { objectPath } from '../src/manifest/layout-of-registry.js';
import { parseKind, parseName } from '../src/manifest/name.js';
import { parseRelPath } from '../src/manifest/rel-path.js';
import { parseVersion } from '../src/manifest/version.js';
import type { RegisterRequest } from '../src/ops/prepare-version.js';
import { encodeSegment } from '../src/packing/segment.js';
import type { Changes, Forge } from './forge.js';
import type { Cast } from './keys.js';
import { newEvent, newEvidence, release, SUITE } from './new-event.js';
import { newVersion } from './new-version.js';

/**
 * Ana owns; publishers register models alone, those below `model/guarded` two together; data is Ana's. A publisher puts a
 * model into staging; production takes two of them, and an evaluation by carol that is not older than 30 days.
 */
export function healthyPolicy(keys: Cast): (first: PolicyDocument) => PolicyDocument {
  const { ana, bo, carol } = keys;
  return (first) => ({
    ...first,
    principals: {
      ...first.principals,
      bo: { keys: [bo.line] },
      carol: { keys: [carol.line] },
    },
    roles: { owner: [ana.name], publisher: [ana.name, bo.name, carol.name], evaluator: [carol.name] },
    rules: [
      {
        artifacts: ['model/**'],
        actions: ['promote:production'],
        role: 'publisher',
        threshold: 2,
        evidence: [{ type: 'eval', role: 'evaluator', max_age_days: 30, suite: SUITE }],
      },
      { artifacts: ['model/**'], actions: ['promote:staging'], role: 'publisher', threshold: 1 },
      { artifacts: ['model/guarded'], actions: ['register'], role: 'publisher', threshold: 2 },
      { artifacts: ['model/**'], actions: ['register'], role: 'publisher', threshold: 1 },
      ...first.rules,
    ],
  });
}

export interface Sample {
  readonly by: 'ana' | 'bo';
  readonly request: RegisterRequest;
}

const WORDS = utf8(`${Array.from({ length: 4000 }, (_, i) => `line ${i} of ${i % 7}`).join('\n')}\n`);

/** One small stored file; one file of zstd, by somebody else; one of xz. */
export const SAMPLES: readonly Sample[] = [
  sample('ana', 'model/m@1.0.0', noise('m', 1000), { description: 'A model.', metrics: { accuracy: 0.91 } }),
  sample('bo', 'model/m@1.1.0', noise('m 1.1', 2000)),
  sample('ana', 'model/words@1.0.0', WORDS),
  sample('ana', 'model/packed@1.0.0', WORDS.subarray(0, 30_000), { level: 'max' }),
];

function sample(by: Sample['by'], ref: string, bytes: Uint8Array, more: Partial<RegisterRequest> = {}): Sample {
  return { by, request: { ref, content: { name: 'model.bin', bytes }, ...more } };
}

/** Bytes that no codec makes smaller, the same in every run. */
export function noise(seed: string, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += 32) {
    const block = createHash('sha256').update(`${seed} ${at}`).digest();
    out.set(block.subarray(0, Math.min(32, length - at)), at);
  }
  return out;
}

/** More than the 64 that a manifest holds; few of them different, to keep the registry small. */
const PIECES = 66;

/** `data/tree@1.0.0`: files in folders, one that can be run, one that is empty, an empty folder. */
export function writeTree(folder: string): void {
  const files: Readonly<Record<string, string>> = {
    'a.txt': 'a\n',
    'empty.txt': '',
    'sub/b.txt': 'b\n',
    'sub/run.sh': '#!/bin/sh\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: path.endsWith('.sh') ? 0o755 : 0o644 });
  }
  mkdirSync(join(folder, 'out'));
}

/** `model/guarded@1.0.0`, which needs two people. */
export async function addGuarded(forge: Forge): Promise<void> {
  const { ana, bo } = forge.keys;
  const ref = 'model/guarded@1.0.0';
  await forge.commit(await newVersion(forge, ref, { keys: [ana, bo] }), { message: `at1: register ${ref}\n` });
}

/** `data/many@1.0.0`: one file of more segments than a manifest holds, so that they are listed in a layout. */
export async function addManySegments(forge: Forge): Promise<void> {
  const { engines } = forge;
  const objects: Record<string, Uint8Array> = {};
  const store = async (data: Uint8Array): Promise<Segment> => {
    const { container, object, original } = await encodeSegment(data, 'balanced', engines);
    objects[objectPath(object)] = container;
    return { size: data.length, sha256: original, object, stored: container.length };
  };
  const pieces = ['one', 'two', 'three'].map((seed) => noise(seed, 8));
  const data = Array.from({ length: PIECES }, (_, i) => pieces[i % pieces.length] ?? new Uint8Array());
  const stored = await Promise.all(pieces.map(store));
  const segments = data.flatMap((_, i) => stored[i % stored.length] ?? []);
  const whole = concatBytes(data);
  const size = whole.length;
  const sha256 = digestOf(engines.sha256(whole));
  const layout = await store(writeLayout({ size, segments }));
  const manifest = writeManifest(
    {
      registry: forge.registryId(),
      kind: parseKind('data'),
      name: parseName('many'),
      version: parseVersion('1.0.0'),
      created: '2026-03-04T05:16:07Z',
      content: sha256,
      form: 'file',
      size,
      files: [{ path: parseRelPath('many.bin'), size, sha256, blake3: blake3Of(engines.blake3(whole)), layout }],
    },
    engines,
  );
  const changes: Changes = { ...objects, ...(await forge.signed(forge.manifestPath('data/many@1.0.0'), manifest)) };
  await forge.commit(changes, { message: 'at1: register data/many@1.0.0\n' });
}

/**
 * `model/m@1.0.0` comes into production, measured by carol and signed by two; 1.1.0 is measured as well and waits in
 * staging, where `model/words@1.0.0` is without.
 */
export async function addStages(forge: Forge): Promise<void> {
  const { ana, bo } = forge.keys;
  for (const ref of ['model/m@1.0.0', 'model/m@1.1.0']) {
    await forge.commit(await newEvidence(forge, ref), { message: `at1: attest eval of ${ref}\n` });
  }
  await forge.commit(await newEvent(forge, 'promote', 'model/m@1.0.0', { keys: [ana] }));
  await forge.commit(await release(forge, 'model/m@1.0.0'));
  await forge.commit(await newEvent(forge, 'promote', 'model/m@1.1.0', { keys: [bo] }));
  await forge.commit(await newEvent(forge, 'promote', 'model/words@1.0.0', { keys: [ana] }));
}

/** Where changes are judged: `target` is what main is, `change` would put `model/m@1.1.0` into production. */
export async function addChange(forge: Forge): Promise<void> {
  forge.setRef('refs/heads/target', forge.head());
  await forge.commit(await release(forge, 'model/m@1.1.0'), { ref: 'refs/heads/change' });
}
