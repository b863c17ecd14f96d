/** What a version comes from, as people write it: a relation, and a reference of this registry or a URI of something elsewhere. */
import { At1Error } from '../errors.js';
import { type LineageRequest, RELATIONS, type Relation } from '../manifest/lineage.js';
import { parseReference } from '../manifest/reference.js';
import { nearest } from './did-you-mean.js';

const SUFFIX = /@(sha256:[0-9a-f]{64})$/;

/** `trained-on=data/train@1.0.0`, `derived-from=https://example.org/model@sha256:…`. */
export function parseLineage(text: string): LineageRequest {
  const at = text.indexOf('=');
  const [relation, of] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (at < 1 || of === '' || /[:/]/.test(relation)) {
    throw new At1Error('usage/invalid', {
      message: `not a relation and what it is to: '${quoted(text)}'`,
      hint: 'write it like trained-on=data/train@1.0.0',
    });
  }
  parseRelation(relation);
  const digest = SUFFIX.exec(of)?.[1];
  const rest = digest === undefined ? of : of.slice(0, -digest.length - 1);
  // What is left over would stand in the manifest for ever as part of a name.
  if (/@sha256:/i.test(rest)) {
    throw new At1Error('usage/invalid', {
      message: `'${quoted(of)}' has a digest that is none`,
      hint: 'it is written @sha256: and 64 hex digits in small letters, once, at the end',
    });
  }
  if (digest === undefined || isReference(of)) return { relation, of };
  return { relation, of: rest, content: digest };
}

/** For messages: what may be a name or password is not repeated where others read it. */
export function quoted(text: string): string {
  return text.replace(/:[/\\]*[^:/\\]*@|:[^@]*@(?!sha256:)/gi, ':…@').slice(0, 200);
}

/** Throws `usage/invalid`. */
export function parseRelation(text: string): Relation {
  const found = RELATIONS.find((one) => one === text);
  if (found !== undefined) return found;
  const near = nearest(text, RELATIONS);
  throw new At1Error('usage/invalid', {
    message: `'${quoted(text).slice(0, 80)}' is not a relation`,
    hint: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `one of ${RELATIONS.join(', ')}`,
  });
}

/** Whether it has the form of a reference. Some of these look like URIs as well: resolve-lineage.ts says which they are. */
export function isReference(text: string): boolean {
  try {
    parseReference(text);
    return true;
  } catch (error) {
    if (error instanceof At1Error) return false;
    throw error;
  }
}
