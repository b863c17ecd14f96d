/** Edits of a policy about what it asks of every gate. */
import { At1Error } from '../errors.js';
import { writeBasic } from '../manifest/toml-writer.js';
import type { PolicyEdit } from './edit-policy.js';
import type { ObjectCheck } from './policy.js';
import { contentEnd, findKey, findTable, insertBelow, setValue } from './policy-text.js';

/** Refuses with `policy/exists` what it says already. */
export function demandingObjects(objects: ObjectCheck): PolicyEdit {
  return {
    apply: (lines, before) => {
      if (before.gateObjects === objects) {
        throw new At1Error('policy/exists', { message: `the policy says so already: ${objects}` });
      }
      const table = findTable(lines, ['gate']);
      const at = table === undefined ? undefined : findKey(lines, table, 'objects');
      if (at !== undefined) setValue(lines, at, writeBasic(objects));
      else insertBelow(lines, contentEnd(lines, -1, lines.length), ['[gate]', `objects = ${writeBasic(objects)}`]);
    },
    meant: (before) => ({ ...before, gateObjects: objects }),
    byHand: `say objects = ${writeBasic(objects)} in [gate]`,
  };
}
