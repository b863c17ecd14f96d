/**
 * The documents of a registry, from bytes to types and back. What machines write must be in the one canonical form;
 * what people write (`at1.toml`, the policy) may be any TOML that fits its schema.
 */
import { utf8 } from '../bytes/text.js';
import { type Digest, formatDigest, parseDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { checkSchema, invalid } from './check.js';
import { checkEvent, checkEvidence } from './check-event.js';
import { checkLayout, checkManifest } from './check-manifest.js';
import {
  eventShape,
  evidenceShape,
  layoutShape,
  manifestShape,
  policyShape,
  policyTestsShape,
  registryShape,
} from './generated/order.js';
import type {
  ConfigDocument,
  EventDocument,
  EvidenceDocument,
  Layout,
  ManifestDocument,
  PolicyDocument,
  PolicyTestsDocument,
} from './generated/types.js';
import {
  eventValidator,
  evidenceValidator,
  layoutValidator,
  manifestValidator,
  policyTestsValidator,
  policyValidator,
  registryValidator,
  type Validator,
} from './generated/validators.js';
import { isBranchName } from './registry-id.js';
import type { Shape } from './shape.js';
import { stageMachine } from './stage-machine.js';
import { type ReadOptions, readToml, type TomlDocument } from './toml.js';
import { lineAndColumn } from './toml-place.js';
import { writeToml } from './toml-writer.js';

/** One version of one artifact. */
export interface Manifest extends Omit<ManifestDocument, 'content'> {
  /** Content digest: of the one file, or of the canonical listing of the tree. */
  readonly content: Digest;
}

/** `at1.toml`. */
export type RegistryConfig = ConfigDocument;

interface Format {
  /** Without its version: documents of every version begin alike. */
  readonly schema: string;
  readonly shape: Shape;
  readonly validator: Validator;
  readonly read: ReadOptions;
}

/** The version of every format below. */
const FORMAT_VERSION = 1;
const MEBIBYTE = 1024 * 1024;
export const POLICY_LIMIT = MEBIBYTE;
export const CONFIG_LIMIT = MEBIBYTE;
/** The most bytes of a manifest; a longer one is neither written nor read. */
export const MANIFEST_LIMIT = 16 * MEBIBYTE;
/** Events and evidence are a page each. */
export const EVENT_LIMIT = 16 * 1024;
export const EVIDENCE_LIMIT = 256 * 1024;

const MANIFEST: Format = {
  schema: 'urn:at1:schema:manifest:',
  shape: manifestShape,
  validator: manifestValidator,
  read: {
    limit: MANIFEST_LIMIT,
    floats: true,
    multiLine: ['/description', '/purpose'],
    verbatim: ['/card/text'],
  },
};
const LAYOUT: Format = {
  schema: 'urn:at1:schema:layout:',
  shape: layoutShape,
  validator: layoutValidator,
  read: { limit: 16 * MEBIBYTE, floats: false },
};
const EVENT: Format = {
  schema: 'urn:at1:schema:event:',
  shape: eventShape,
  validator: eventValidator,
  read: { limit: EVENT_LIMIT, floats: false, multiLine: ['/reason'] },
};
const EVIDENCE: Format = {
  schema: 'urn:at1:schema:evidence:',
  shape: evidenceShape,
  validator: evidenceValidator,
  read: { limit: EVIDENCE_LIMIT, floats: true, multiLine: ['/reason'] },
};
const POLICY: Format = {
  schema: 'urn:at1:schema:policy:',
  shape: policyShape,
  validator: policyValidator,
  read: { limit: POLICY_LIMIT, floats: false },
};
const POLICY_TESTS: Format = {
  schema: 'urn:at1:schema:policy-tests:',
  shape: policyTestsShape,
  validator: policyTestsValidator,
  read: { limit: POLICY_LIMIT, floats: false },
};
const CONFIG: Format = {
  schema: 'urn:at1:schema:registry:',
  shape: registryShape,
  validator: registryValidator,
  read: { limit: CONFIG_LIMIT, floats: false },
};

/** Throws `document/*` or `manifest/*`; facts hold line and column where the place is known. */
export function readManifest(bytes: Uint8Array, engines: Pick<Engines, 'sha256'>): Manifest {
  const { table, text } = read<ManifestDocument>(bytes, MANIFEST);
  checkManifest(table, text, engines);
  checkCanonical(table, text, MANIFEST);
  return { ...table, content: parseDigest(table.content) };
}

/** Canonical bytes. Refuses what `readManifest` would refuse. */
export function writeManifest(manifest: Manifest, engines: Pick<Engines, 'sha256'>): Uint8Array {
  const document: ManifestDocument = { ...manifest, content: formatDigest(manifest.content) };
  checkSchema(manifestValidator, document, undefined);
  checkManifest(document, undefined, engines);
  return write(document, MANIFEST);
}

export function readLayout(bytes: Uint8Array): Layout {
  const { table, text } = read<Layout>(bytes, LAYOUT);
  checkLayout(table, text);
  checkCanonical(table, text, LAYOUT);
  return table;
}

export function writeLayout(layout: Layout): Uint8Array {
  checkSchema(layoutValidator, layout, undefined);
  checkLayout(layout, undefined);
  return write(layout, LAYOUT);
}

/** Throws `document/*`; facts hold line and column where the place is known. */
export function readEvent(bytes: Uint8Array): EventDocument {
  const { table, text } = read<EventDocument>(bytes, EVENT);
  checkEvent(table, text);
  checkCanonical(table, text, EVENT);
  return table;
}

export function writeEvent(event: EventDocument): Uint8Array {
  checkSchema(eventValidator, event, undefined);
  checkEvent(event, undefined);
  return write(event, EVENT);
}

/** Throws `document/*`. */
export function readEvidence(bytes: Uint8Array): EvidenceDocument {
  const { table, text } = read<EvidenceDocument>(bytes, EVIDENCE);
  checkEvidence(table, text);
  checkCanonical(table, text, EVIDENCE);
  return table;
}

export function writeEvidence(evidence: EvidenceDocument): Uint8Array {
  checkSchema(evidenceValidator, evidence, undefined);
  checkEvidence(evidence, undefined);
  return write(evidence, EVIDENCE);
}

/** The form of a policy only; `registry/policy.ts` gives it meaning. */
export function readPolicy(bytes: Uint8Array): { readonly document: PolicyDocument; readonly text: string } {
  const { table, text } = read<PolicyDocument>(bytes, POLICY);
  return { document: table, text };
}

export function writePolicy(document: PolicyDocument): Uint8Array {
  checkSchema(policyValidator, document, undefined);
  return write(document, POLICY);
}

/** Throws `document/*`; facts hold line and column where the place is known. */
export function readPolicyTests(bytes: Uint8Array): PolicyTestsDocument {
  return read<PolicyTestsDocument>(bytes, POLICY_TESTS).table;
}

export function readConfig(bytes: Uint8Array): RegistryConfig {
  const { table, text } = read<RegistryConfig>(bytes, CONFIG);
  if (!isBranchName(table.branch)) throw invalid('/branch is not the name of a git branch', ['branch'], text);
  stageMachine(table.stages, text);
  return table;
}

export function writeConfig(config: RegistryConfig): Uint8Array {
  checkSchema(registryValidator, config, undefined);
  if (!isBranchName(config.branch)) throw invalid('/branch is not the name of a git branch', ['branch'], undefined);
  stageMachine(config.stages);
  return write(config, CONFIG);
}

function read<T extends object>(bytes: Uint8Array, format: Format): { readonly table: T; readonly text: string } {
  const { table, text } = readToml(bytes, format.read);
  checkFormatVersion({ table, text }, format);
  checkSchema(format.validator, table, text);
  return { table: table as unknown as T, text };
}

/** A document of a later version is not broken; say so before its unknown fields are called wrong. */
function checkFormatVersion({ table, text }: TomlDocument, format: Format): void {
  const prefix = `#:schema ${format.schema}`;
  const first = text.slice(0, Math.max(0, text.indexOf('\n')));
  const named = first.startsWith(prefix) ? first.slice(prefix.length) : undefined;
  const found = format === CONFIG && typeof table.format === 'number' ? String(table.format) : named;
  if (found === undefined || found === String(FORMAT_VERSION) || !/^[0-9]{1,9}$/.test(found)) return;
  throw new At1Error('registry/format-unsupported', {
    message: `format version ${found}, but this program knows version ${FORMAT_VERSION}`,
    hint: 'use a newer at1',
    facts: { expected: FORMAT_VERSION, found: Number(found) },
  });
}

/** The bytes `readX` takes back; also a check that what was written is not itself refused. */
function write(document: object, format: Format): Uint8Array {
  const bytes = utf8(writeToml(`${format.schema}${FORMAT_VERSION}`, format.shape, document));
  readToml(bytes, format.read);
  return bytes;
}

function checkCanonical(table: object, text: string, format: Format): void {
  const canonical = writeToml(`${format.schema}${FORMAT_VERSION}`, format.shape, table);
  if (canonical === text) return;
  let at = 0;
  while (at < text.length && text[at] === canonical[at]) at++;
  throw new At1Error('document/not-canonical', {
    message: 'the document is valid, but not in the canonical form that machines write',
    facts: lineAndColumn(text, at),
    hint: 'it was edited by hand or written by another program; write it again with at1',
  });
}
