/**
 * Before anything is stored: a version that is there already can only be registered again with the bytes it has.
 * Hashing first keeps objects of a refused registration out of the store; a stream can be read once only and is not.
 */
import { type Digest, digestOf } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { treeDigest } from '../manifest/tree-digest.js';
import { checkNewVersion } from '../registry/next-version.js';
import { planRegistration, type RegisteredVersion } from '../registry/plan-registration.js';
import { readInSegments } from '../store/read-segments.js';
import type { InputFile, ScannedInput } from '../store/scan-input.js';
import { openStable } from '../store/stable-file.js';
import type { Target } from './choose-target.js';

/** Throws `artifact/exists`, `usage/version`. */
export async function refuseOtherBytes(
  target: Target,
  scanned: ScannedInput | undefined,
  others: readonly RegisteredVersion[],
  engines: Engines,
): Promise<void> {
  const versions = others.map(({ version }) => version);
  if (!versions.includes(target.version)) return checkNewVersion(versions, target.version);
  if (scanned === undefined) return;
  const content = await contentOf(scanned, engines);
  planRegistration(`${target.kind}/${target.name}`, target.version, content, others);
}

async function contentOf({ form, files, directories }: ScannedInput, engines: Engines): Promise<Digest> {
  const listed = [];
  for (const file of files) {
    const sha256 = await digestOfFile(file, engines);
    if (form === 'file') return sha256;
    listed.push({ path: file.path, sha256, executable: file.executable });
  }
  return treeDigest(listed, directories, engines);
}

async function digestOfFile(file: InputFile, engines: Engines): Promise<Digest> {
  const opened = await openStable(file);
  try {
    const hasher = engines.newSha256();
    for await (const piece of readInSegments(opened, file.size, { path: file.absolute })) hasher.update(piece);
    return digestOf(hasher.digest());
  } finally {
    await opened.close();
  }
}
