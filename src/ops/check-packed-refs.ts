/** A damaged `packed-refs` hides refs: whoever lists tags or branches then takes what is left for all there is. */
import { PACKED_REFS_HINT } from '../git/packed-refs.js';
import { type Finding, finding } from '../registry/finding.js';
import type { Registry } from './open-registry.js';

export function checkPackedRefs({ refs }: Registry): Finding[] {
  const [first, ...more] = refs.packedProblems();
  if (first === undefined) return [];
  const others = more.length === 0 ? '' : `, and ${more.length} more such lines`;
  return [
    finding(
      'error',
      'git/ref-invalid',
      '.git/packed-refs',
      `${first.problem}${others}: refs may be missing`,
      PACKED_REFS_HINT,
    ),
  ];
}
