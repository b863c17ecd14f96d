/** The tag in docs/format/history.md is what the code makes of the manifest in docs/format/registry.md. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { utf8 } from '../../src/bytes/text.js';
import { digestOf } from '../../src/digest/digest.js';
import { versionTagMessage } from '../../src/history/message.js';
import type { VersionRow } from '../../src/history/registry-state.js';
import { readManifest } from '../../src/manifest/documents.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { NAMESPACES } from '../../src/signing/sshsig.js';

const [registry, history] = ['registry', 'history'].map((name) =>
  readFileSync(new URL(`../../docs/format/${name}.md`, import.meta.url), 'utf8'),
);

describe('docs/format/history.md', () => {
  it('shows the message of the tag for the manifest of registry.md', async () => {
    const text = /```toml\n(#:schema urn:at1:schema:manifest:1\n[^`]*)```/.exec(registry ?? '')?.[1] ?? '';
    const engines = await createPortableEngines();
    const manifest = readManifest(utf8(text), engines);
    const row = { ...manifest, manifest: digestOf(engines.sha256(utf8(text))) } as unknown as VersionRow;
    assert.ok(history?.includes(`\`\`\`text\n${versionTagMessage(manifest.registry, row)}\`\`\`\n`));
  });

  it('names every namespace', () => {
    for (const name of NAMESPACES) assert.ok(history?.includes(`\`${name}\``), name);
  });
});
