/** Generated from schemas/ by `npm run generate`: change the schema, not this file. */
import type { Shape } from '../shape.js';

export const eventShape: Shape = { kind: 'record', properties: [
  ['registry', { kind: 'string' }],
  ['kind', { kind: 'string' }],
  ['name', { kind: 'string' }],
  ['lane', { kind: 'string' }],
  ['seq', { kind: 'integer' }],
  ['previous', { kind: 'string' }],
  ['action', { kind: 'string' }],
  ['version', { kind: 'string' }],
  ['manifest', { kind: 'string' }],
  ['content', { kind: 'string' }],
  ['policy', { kind: 'string' }],
  ['from', { kind: 'string' }],
  ['expires', { kind: 'string' }],
  ['actor', { kind: 'string' }],
  ['printed', { kind: 'string' }],
  ['created', { kind: 'string' }],
  ['meaning', { kind: 'string' }],
  ['reason', { kind: 'string' }],
] };

export const evidenceShape: Shape = { kind: 'record', properties: [
  ['registry', { kind: 'string' }],
  ['id', { kind: 'string' }],
  ['content', { kind: 'string' }],
  ['policy', { kind: 'string' }],
  ['type', { kind: 'string' }],
  ['result', { kind: 'string' }],
  ['suite', { kind: 'string' }],
  ['metrics', { kind: 'map', value: { kind: 'float' } }],
  ['files', { kind: 'list', item: { kind: 'record', properties: [
    ['path', { kind: 'string' }],
    ['size', { kind: 'integer' }],
    ['sha256', { kind: 'string' }],
  ] } }],
  ['actor', { kind: 'string' }],
  ['printed', { kind: 'string' }],
  ['created', { kind: 'string' }],
  ['expires', { kind: 'string' }],
  ['meaning', { kind: 'string' }],
  ['reason', { kind: 'string' }],
] };

export const layoutShape: Shape = { kind: 'record', properties: [
  ['size', { kind: 'integer' }],
  ['segments', { kind: 'list', item: { kind: 'record', properties: [
    ['size', { kind: 'integer' }],
    ['sha256', { kind: 'string' }],
    ['object', { kind: 'string' }],
    ['stored', { kind: 'integer' }],
    ['transform', { kind: 'string' }],
    ['base', { kind: 'string' }],
  ] } }],
  ['bases', { kind: 'list', item: { kind: 'record', properties: [
    ['size', { kind: 'integer' }],
    ['sha256', { kind: 'string' }],
    ['object', { kind: 'string' }],
    ['stored', { kind: 'integer' }],
    ['transform', { kind: 'string' }],
    ['base', { kind: 'string' }],
  ] } }],
] };

export const manifestShape: Shape = { kind: 'record', properties: [
  ['registry', { kind: 'string' }],
  ['kind', { kind: 'string' }],
  ['name', { kind: 'string' }],
  ['version', { kind: 'string' }],
  ['created', { kind: 'string' }],
  ['content', { kind: 'string' }],
  ['form', { kind: 'string' }],
  ['size', { kind: 'integer' }],
  ['description', { kind: 'string' }],
  ['purpose', { kind: 'string' }],
  ['license', { kind: 'string' }],
  ['directories', { kind: 'list', item: { kind: 'string' } }],
  ['metrics', { kind: 'map', value: { kind: 'float' } }],
  ['lineage', { kind: 'list', item: { kind: 'record', properties: [
    ['relation', { kind: 'string' }],
    ['ref', { kind: 'string' }],
    ['uri', { kind: 'string' }],
    ['content', { kind: 'string' }],
    ['parameters', { kind: 'list', item: { kind: 'record', properties: [
      ['name', { kind: 'string' }],
      ['value', { kind: 'string' }],
    ] } }],
  ] } }],
  ['card', { kind: 'record', properties: [
    ['format', { kind: 'string' }],
    ['text', { kind: 'string' }],
  ] }],
  ['files', { kind: 'list', item: { kind: 'record', properties: [
    ['path', { kind: 'string' }],
    ['size', { kind: 'integer' }],
    ['sha256', { kind: 'string' }],
    ['blake3', { kind: 'string' }],
    ['executable', { kind: 'boolean' }],
    ['segments', { kind: 'list', item: { kind: 'record', properties: [
      ['size', { kind: 'integer' }],
      ['sha256', { kind: 'string' }],
      ['object', { kind: 'string' }],
      ['stored', { kind: 'integer' }],
      ['transform', { kind: 'string' }],
      ['base', { kind: 'string' }],
    ] } }],
    ['bases', { kind: 'list', item: { kind: 'record', properties: [
      ['size', { kind: 'integer' }],
      ['sha256', { kind: 'string' }],
      ['object', { kind: 'string' }],
      ['stored', { kind: 'integer' }],
      ['transform', { kind: 'string' }],
      ['base', { kind: 'string' }],
    ] } }],
    ['layout', { kind: 'record', properties: [
      ['size', { kind: 'integer' }],
      ['sha256', { kind: 'string' }],
      ['object', { kind: 'string' }],
      ['stored', { kind: 'integer' }],
      ['transform', { kind: 'string' }],
      ['base', { kind: 'string' }],
    ] }],
  ] } }],
] };

export const policyTestsShape: Shape = { kind: 'record', properties: [
  ['tests', { kind: 'list', item: { kind: 'record', properties: [
    ['name', { kind: 'string' }],
    ['who', { kind: 'list', item: { kind: 'string' } }],
    ['action', { kind: 'string' }],
    ['artifact', { kind: 'string' }],
    ['authors', { kind: 'list', item: { kind: 'string' } }],
    ['allowed', { kind: 'boolean' }],
  ] } }],
] };

export const policyShape: Shape = { kind: 'record', properties: [
  ['registry', { kind: 'string' }],
  ['version', { kind: 'integer' }],
  ['previous', { kind: 'string' }],
  ['principals', { kind: 'map', value: { kind: 'record', properties: [
    ['name', { kind: 'string' }],
    ['keys', { kind: 'list', item: { kind: 'string' } }],
  ] } }],
  ['roles', { kind: 'map', value: { kind: 'list', item: { kind: 'string' } } }],
  ['rules', { kind: 'list', item: { kind: 'record', properties: [
    ['artifacts', { kind: 'list', item: { kind: 'string' } }],
    ['actions', { kind: 'list', item: { kind: 'string' } }],
    ['role', { kind: 'string' }],
    ['threshold', { kind: 'integer' }],
    ['separate_author', { kind: 'boolean' }],
    ['evidence', { kind: 'list', item: { kind: 'record', properties: [
      ['type', { kind: 'string' }],
      ['role', { kind: 'string' }],
      ['threshold', { kind: 'integer' }],
      ['max_age_days', { kind: 'integer' }],
      ['suite', { kind: 'string' }],
    ] } }],
    ['metrics', { kind: 'list', item: { kind: 'string' } }],
    ['regressions', { kind: 'list', item: { kind: 'record', properties: [
      ['metric', { kind: 'string' }],
      ['better', { kind: 'string' }],
      ['by', { kind: 'string' }],
    ] } }],
    ['licenses', { kind: 'list', item: { kind: 'string' } }],
    ['pickle', { kind: 'string' }],
    ['lineage', { kind: 'string' }],
  ] } }],
  ['bars', { kind: 'list', item: { kind: 'record', properties: [
    ['artifacts', { kind: 'list', item: { kind: 'string' } }],
    ['stage', { kind: 'string' }],
    ['metric', { kind: 'string' }],
  ] } }],
  ['gate', { kind: 'record', properties: [
    ['objects', { kind: 'string' }],
  ] }],
  ['revoked', { kind: 'list', item: { kind: 'record', properties: [
    ['key', { kind: 'string' }],
    ['cutoff', { kind: 'string' }],
    ['reason', { kind: 'string' }],
  ] } }],
] };

export const registryShape: Shape = { kind: 'record', properties: [
  ['format', { kind: 'integer' }],
  ['id', { kind: 'string' }],
  ['branch', { kind: 'string' }],
  ['storage', { kind: 'string' }],
  ['stages', { kind: 'map', value: { kind: 'record', properties: [
    ['to', { kind: 'list', item: { kind: 'string' } }],
    ['initial', { kind: 'boolean' }],
    ['unique', { kind: 'boolean' }],
    ['displaced', { kind: 'string' }],
    ['expires_days', { kind: 'integer' }],
  ] } }],
] };
