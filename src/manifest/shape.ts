/** The form of a document as the writer needs it; `generated/order.ts` holds one of these for each schema. */

export type Shape =
  | { readonly kind: 'string' | 'integer' | 'float' | 'boolean' }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'map'; readonly value: Shape }
  | { readonly kind: 'record'; readonly properties: readonly (readonly [string, Shape])[] };

export function isScalar(shape: Shape): boolean {
  return shape.kind !== 'list' && shape.kind !== 'map' && shape.kind !== 'record';
}

/** A record of scalars only: written as an inline table inside a list. */
export function isFlat(shape: Shape): boolean {
  return shape.kind === 'record' && shape.properties.every(([, value]) => isScalar(value));
}
