/**
 * Changing a policy without touching anything else: comments, order and spacing stay. The edit is made on the text, then
 * read back and compared with the policy that was meant; if it differs, a person has to edit.
 */
import { utf8 } from '../bytes/text.js';
import { type Digest, formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { writeBasic } from '../manifest/toml-writer.js';
import { type Policy, parsePolicy, samePolicy } from './policy.js';
import { setTop, tooUnusual } from './policy-text.js';

export interface PolicyEdit {
  /** Changes the lines; throws where the policy as it is has no room for the change. */
  readonly apply: (lines: string[], before: Policy) => void;
  /** What the policy should say then, its version and the one before aside. */
  readonly meant: (before: Policy) => Policy;
  /** What somebody has to do by hand where the text is too unusual: `add the principal`. */
  readonly byHand: string;
}

/**
 * The text of the next version; `previous` is the SHA-256 of the file as it is now. Throws what the edit does, and
 * `policy/invalid` where the text is too unusual to edit or the result is no policy.
 */
export function editPolicy(text: string, edit: PolicyEdit, previous: Digest): string {
  const before = parsePolicy(utf8(text));
  try {
    const lines = text.replace(/\n*$/, '').split('\n');
    edit.apply(lines, before);
    setTop(lines, 'version', String(before.version + 1));
    setTop(lines, 'previous', writeBasic(formatDigest(previous)));
    const edited = `${lines.join('\n')}\n`;
    const meant = { ...edit.meant(before), version: before.version + 1, previous };
    if (!says(edited, meant)) throw tooUnusual('the edit would not have given the policy that was meant');
    return edited;
  } catch (error) {
    if (!(error instanceof At1Error) || error.facts.unusual !== true) throw error;
    throw new At1Error(error.code, {
      message: error.message,
      hint: `edit .at1/policy/policy.toml by hand: raise version, set previous, ${edit.byHand}`,
    });
  }
}

/** Throws where the text is one that TOML can read and a policy cannot say: then that is what is wrong. */
function says(text: string, meant: Policy): boolean {
  try {
    return samePolicy(parsePolicy(utf8(text)), meant);
  } catch (error) {
    if (error instanceof At1Error && error.code === 'document/syntax') return false;
    throw error;
  }
}
