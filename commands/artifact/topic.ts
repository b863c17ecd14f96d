/** What the commands of `model`, `data` and `recipe` share: pacha's NAME and -v as one reference. */
import type { Kind } from '../../src/index.js';

/** `fraud-detector` and `1.0.0` make `model/fraud-detector@1.0.0`; a name may bring its kind along. */
export function referenceOf(kind: Kind, name: string, version: string | undefined): string {
  const artifact = name.startsWith(`${kind}/`) ? name : `${kind}/${name}`;
  return version === undefined ? artifact : `${artifact}@${version}`;
}

/** What people call one of them. */
export const NOUNS: Readonly<Record<Kind, string>> = { model: 'model', data: 'dataset', recipe: 'recipe' };

/** A file as examples name it. */
export const EXAMPLES: Readonly<Record<Kind, { readonly name: string; readonly file: string }>> = {
  model: { name: 'fraud-detector', file: 'model.apr' },
  data: { name: 'training-set', file: 'data.ald' },
  recipe: { name: 'fine-tune', file: 'recipe.toml' },
};
