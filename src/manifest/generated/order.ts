/** Generated from schemas/ by `npm run generate`: change the schema, not this file. */
import type { Shape } from '../shape.js';

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
  ['directories', { kind: 'list', item: { kind: 'string' } }],
  ['metrics', { kind: 'map', value: { kind: 'float' } }],
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
  ] } }],
] };

export const registryShape: Shape = { kind: 'record', properties: [
  ['format', { kind: 'integer' }],
  ['id', { kind: 'string' }],
  ['branch', { kind: 'string' }],
  ['storage', { kind: 'string' }],
] };
