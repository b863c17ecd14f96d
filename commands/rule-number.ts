/** The number of a rule, as an argument: the integers of the library fail in words that no user is meant to see. */
import * as Args from '@oclif/core/args';
import { At1Error } from '../src/index.js';

export const ruleNumberArg = Args.custom<number>({
  description: 'With --remove: which rule, from 1.',
  parse: async (text) => {
    if (/^[1-9][0-9]{0,3}$/.test(text)) return Number(text);
    throw new At1Error('usage/invalid', {
      message: `not the number of a rule: '${text.slice(0, 80)}'`,
      hint: 'at1 policy rule --remove 2; at1 policy show numbers them',
    });
  },
})();
