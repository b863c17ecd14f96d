/** The examples of docs/format/events.md: their bytes, digests, signature, the stages, and what all of it amounts to. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fromUtf8, utf8 } from '../../src/bytes/text.js';
import { digestOf, formatDigest } from '../../src/digest/digest.js';
import type { Oid } from '../../src/git-format/oid.js';
import { expectedTags } from '../../src/history/expected-tags.js';
import { privateKeyFromSeed, signerOf } from '../../src/keys/seed.js';
import {
  EVENT_LIMIT,
  EVIDENCE_LIMIT,
  readConfig,
  readEvent,
  readEvidence,
  readManifest,
  writeConfig,
  writeEvent,
  writeEvidence,
} from '../../src/manifest/documents.js';
import { eventPath, evidencePath, signaturePathOf } from '../../src/manifest/layout-of-registry.js';
import { parseLaneName, parsePrincipalName } from '../../src/manifest/name.js';
import { stageMachine, USUAL_STAGES } from '../../src/manifest/stage-machine.js';
import { formatPublicKey } from '../../src/signing/public-key.js';
import { effects } from '../helpers/event-fixture.js';
import { errorsOf } from '../helpers/fold-results.js';
import { HistoryBuilder, type Key, type NewFile } from '../helpers/registry-fixture.js';
import { signingEngines } from '../helpers/test-engines.js';

const [page, registry] = ['events', 'registry'].map((name) =>
  readFileSync(new URL(`../../docs/format/${name}.md`, import.meta.url), 'utf8'),
) as [string, string];

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === language)
    .map((match) => match[2] as string);
}

const [staged, yanked, restored, evidence, stages] = blocks(page, 'toml') as [string, string, string, string, string];
const [keyLine, armor, message] = blocks(page, 'text') as [string, string, string];
const [config, manifest, , , policy] = blocks(registry, 'toml') as [string, string, string, string, string];
const sha256 = (text: string) => formatDigest(digestOf(signingEngines.sha256(utf8(text))));

const seed = Uint8Array.from({ length: 32 }, (_, i) => i);
const key = privateKeyFromSeed(seed, 'ana@laptop');
const ana: Key = { name: 'ana', seed, signer: signerOf(key), line: formatPublicKey(key.publicKey) };

describe('docs/format/events.md', () => {
  it('shows events and evidence in canonical form', () => {
    for (const text of [staged, yanked, restored]) assert.equal(fromUtf8(writeEvent(readEvent(utf8(text)))), text);
    assert.equal(fromUtf8(writeEvidence(readEvidence(utf8(evidence)))), evidence);
  });

  it('has the digests of the manifest, the policy and the event before, and its own', () => {
    const { content } = readManifest(utf8(manifest), signingEngines);
    for (const text of [staged, yanked, restored]) {
      const event = readEvent(utf8(text));
      assert.deepEqual(
        [event.manifest, event.content, event.policy],
        [sha256(manifest), formatDigest(content), sha256(policy)],
      );
    }
    assert.equal(readEvent(utf8(restored)).previous, sha256(yanked));
    const measured = readEvidence(utf8(evidence));
    assert.deepEqual([measured.content, measured.policy], [formatDigest(content), sha256(policy)]);
    const digest = sha256(staged).slice('sha256:'.length);
    assert.ok(page.includes(`These are ${utf8(staged).length} bytes; their SHA-256 is \`${digest}\`.`));
  });

  it('has the signature of its key', async () => {
    assert.equal(`${ana.line}\n`, keyLine);
    const b = await HistoryBuilder.make();
    assert.equal(await b.sign(ana, 'at1-event', utf8(staged)), armor);
  });

  it('has the usual stages, as at1.toml would name them', () => {
    const read = readConfig(utf8(`${config}\n${stages}`));
    assert.deepEqual(stageMachine(read.stages), USUAL_STAGES);
    assert.deepEqual({ ...readConfig(writeConfig(read)) }, { ...read });
  });

  it('has the tags and the message that its example is due', async () => {
    const b = await HistoryBuilder.make();
    const document = readManifest(utf8(manifest), signingEngines);
    const files = async (path: string, namespace: 'at1-manifest' | 'at1-event' | 'at1-evidence', text: string) => {
      const found: Record<string, NewFile> = { [path]: text };
      found[signaturePathOf(path, parsePrincipalName('ana'))] = await b.sign(ana, namespace, utf8(text));
      return found;
    };
    const eventFile = (text: string) => {
      const { kind, name, lane, seq } = readEvent(utf8(text));
      return files(eventPath(kind, name, parseLaneName(lane), seq), 'at1-event', text);
    };
    const measured = readEvidence(utf8(evidence));
    const where = evidencePath(document.content, measured.id);
    assert.ok(page.includes(`\`${where}\``));
    let tip: Oid = await b.commit([], await b.genesis(ana, {}, document.registry));
    for (const step of [
      await files('data/greeting/1.0.0.toml', 'at1-manifest', manifest),
      await files(where, 'at1-evidence', evidence),
      await eventFile(staged),
      await eventFile(yanked),
      await eventFile(restored),
    ]) {
      tip = await b.commit([tip], step);
    }
    const folded = await b.fold(tip);
    assert.deepEqual(errorsOf(folded), []);
    assert.deepEqual(effects(folded), ['staging 1.0.0', 'lifecycle yank 1.0.0', 'lifecycle restore 1.0.0']);
    const tags = [...expectedTags(folded.state, '').values()];
    for (const { name } of tags) assert.ok(page.includes(`\`${name}\``), name);
    assert.equal(tags.length, 4);
    assert.equal(tags[1]?.message, message);
  });

  it('has the limits', () => {
    const row = (what: string, limit: string) => new RegExp(`\\n\\| ${what} +\\| ${limit} +\\|\\n`);
    assert.match(page, row('event', `${EVENT_LIMIT / 1024} KiB`));
    assert.match(page, row('evidence', `${EVIDENCE_LIMIT / 1024} KiB`));
  });

  it('is where the source says it is', () => {
    for (const [file, sections] of [
      ['history/settle-events.ts', ['3']],
      ['history/stage-tags.ts', ['6']],
      ['registry/lanes.ts', ['3', '4']],
      ['registry/conditions.ts', ['5']],
    ] as const) {
      const comment = readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8').slice(0, 400);
      assert.match(comment, new RegExp(`events\\.md sections? ${sections.join(' and ')}\\b`), file);
    }
    for (const title of ['3. When an event takes effect', '4. Stages and actions', '5. Conditions', '6. Tags'])
      assert.ok(page.includes(`\n## ${title}\n`), title);
  });
});
