/**
 * One more version of one small file, honest but for what the attacker edits: its fields before the manifest is written
 * (what cannot be written is an error of the attack), or its finished text. Signed after that, by whoever you name.
 */
import { utf8 } from '../src/bytes/text.js';
import { blake3Of, digestOf } from '../src/digest/digest.js';
import { type Manifest, writeManifest } from '../src/manifest/documents.js';
import { objectPath } from '../src/manifest/layout-of-registry.js';
import { parseKind, parseName } from '../src/manifest/name.js';
import { parseReference } from '../src/manifest/reference.js';
import type { RegistryId } from '../src/manifest/registry-id.js';
import { parseRelPath } from '../src/manifest/rel-path.js';
import { parseVersion } from '../src/manifest/version.js';
import { encodeSegment } from '../src/packing/segment.js';
import type { Namespace } from '../src/signing/sshsig.js';
import type { Forge, NewFile } from './forge.js';
import type { TestKey } from './keys.js';

export interface NewVersion {
  readonly content?: Uint8Array | string | undefined;
  /** The object instead of the honest container, which it is given: stored under its true name, as the manifest says. */
  readonly container?: ((honest: Uint8Array) => Uint8Array | Promise<Uint8Array>) | undefined;
  readonly registry?: RegistryId | undefined;
  readonly edit?: ((honest: Manifest) => Manifest) | undefined;
  /** What the file says instead of the canonical text. */
  readonly text?: ((canonical: string) => string | Uint8Array) | undefined;
  /** Where the manifest lies; default where it belongs. */
  readonly path?: string | undefined;
  /** Default ana. */
  readonly keys?: readonly TestKey[] | undefined;
  readonly namespace?: Namespace | undefined;
}

/** Manifest, signatures and object, as changes for a commit. */
export async function newVersion(
  forge: Forge,
  ref: string,
  options: NewVersion = {},
): Promise<Record<string, NewFile>> {
  const { kind, name, selector } = parseReference(ref);
  if (kind === undefined || selector.kind !== 'exact') throw new Error(`not a version: ${ref}`);
  const content = options.content ?? `content of ${ref}\n`;
  const data = typeof content === 'string' ? utf8(content) : content;
  const { engines } = forge;
  const encoded = await encodeSegment(data, 'balanced', engines);
  const { original } = encoded;
  const container = (await options.container?.(encoded.container)) ?? encoded.container;
  const object = digestOf(engines.sha256(container));
  const segment = { size: data.length, sha256: original, object, stored: container.length };
  const honest: Manifest = {
    registry: options.registry ?? forge.registryId(),
    kind: parseKind(kind),
    name: parseName(name),
    version: parseVersion(selector.version),
    created: '2026-03-05T00:00:00Z',
    content: original,
    form: 'file',
    size: data.length,
    files: [
      {
        path: parseRelPath('model.bin'),
        size: data.length,
        sha256: original,
        blake3: blake3Of(engines.blake3(data)),
        segments: [segment],
      },
    ],
  };
  const bytes = writeManifest(options.edit?.(honest) ?? honest, engines);
  const text = options.text?.(new TextDecoder().decode(bytes)) ?? bytes;
  const path = options.path ?? forge.manifestPath(ref);
  return { [objectPath(object)]: container, ...(await forge.signed(path, text, options.keys, options.namespace)) };
}
