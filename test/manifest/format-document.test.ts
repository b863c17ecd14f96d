/** The examples of docs/format/registry.md are read by the code they describe. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHex, fromUtf8, toHex, utf8 } from '../../src/bytes/text.js';
import { readConfig, readLayout, readManifest, writeConfig, writeManifest } from '../../src/manifest/documents.js';
import { canonicalListing } from '../../src/manifest/tree-digest.js';
import { parsePolicy } from '../../src/registry/policy.js';
import { signingEngines } from '../helpers/test-engines.js';

const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'format', 'registry.md'), 'utf8');

/** The fenced blocks of a language, in order. */
function blocks(language: string): string[] {
  return [...document.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === language)
    .map((match) => match[2] as string);
}

describe('docs/format/registry.md', () => {
  const [config = '', manifest = '', layout = '', lineage = '', policy = '', conditions = ''] = blocks('toml');

  it('shows at1.toml as the program writes it', () => {
    assert.equal(fromUtf8(writeConfig(readConfig(utf8(config)))), config);
  });

  it('shows a manifest in canonical form, with its listing', () => {
    const read = readManifest(utf8(manifest), signingEngines);
    assert.equal(fromUtf8(writeManifest(read, signingEngines)), manifest);
    const listing = canonicalListing(read.files, read.directories);
    assert.equal(listing, blocks('text')[0]);
    assert.equal(toHex(signingEngines.sha256(utf8(listing))), read.content);
  });

  it('shows a layout, and the container of its segment', () => {
    const segment = readLayout(utf8(layout)).segments[0];
    const container = fromHex((blocks('').at(-1) as string).replace(/\s/g, ''));
    assert.equal(container?.length, segment?.stored);
    assert.equal(toHex(signingEngines.sha256(container as Uint8Array)), segment?.object);
    assert.equal(toHex(signingEngines.sha256(utf8('hello\n'))), segment?.sha256);
  });

  it('shows lineage, as it stands in a manifest', () => {
    const text = manifest.replace('\n[card]', () => `\n${lineage}\n[card]`);
    const read = readManifest(utf8(text), signingEngines);
    assert.equal(read.lineage?.length, 2);
    assert.equal(fromUtf8(writeManifest(read, signingEngines)), text);
  });

  it('shows a policy', () => {
    assert.equal(parsePolicy(utf8(policy)).rules.length, 2);
  });

  it('shows a rule with conditions, and a bar', () => {
    const { rules, bars } = parsePolicy(utf8(`${policy}\n${conditions}`));
    const { separateAuthor, evidence, metrics, regressions, licenses, refusesPickle, completeLineage } =
      rules[2] ?? assert.fail();
    assert.deepEqual(
      [separateAuthor, refusesPickle, completeLineage, licenses],
      [true, true, true, ['Apache-2.0', 'MIT']],
    );
    assert.deepEqual(
      [evidence.map(({ type, maxAgeDays }) => [type, maxAgeDays]), metrics, regressions],
      [
        [
          ['eval', 90],
          ['scan', undefined],
        ],
        [{ metric: 'auc', operator: '>=', value: 0.9 }],
        [{ metric: 'auc', better: 'higher', by: 0.01 }],
      ],
    );
    assert.deepEqual(bars, [
      { artifacts: ['model/fraud-*'], stage: 'production', bound: { metric: 'auc', operator: '>=', value: 0.9 } },
    ]);
  });
});
