/** The policy `init` writes: one owner who may do everything. People edit it later, so it explains itself. */
import { utf8 } from '../bytes/text.js';
import type { PrincipalName } from '../manifest/name.js';
import type { RegistryId } from '../manifest/registry-id.js';
import { writeBasic, writeKey } from '../manifest/toml-writer.js';
import { parsePolicy } from './policy.js';

export interface InitialPolicy {
  readonly registry: RegistryId;
  readonly principal: PrincipalName;
  /** Public key in OpenSSH form. */
  readonly key: string;
  /** The name as it is printed. */
  readonly printedName?: string | undefined;
}

const PEOPLE_COMMENT = ['# People and machines. A principal counts once, however many keys it has.'];
const ROLES_COMMENT = ['# Named groups of principals.'];
const RULES_COMMENT = [
  '# The first rule that matches decides. What no rule allows is denied.',
  '# artifacts: "*" for everything, or patterns such as "model/fraud-*" and "data/**".',
  '# actions: "*", or some of "register", "tag", "policy", "configure".',
];

/** They are about all that follows: a table that is put below or taken away does not move them. */
export const SECTION_COMMENTS: ReadonlySet<string> = new Set([...PEOPLE_COMMENT, ...ROLES_COMMENT, ...RULES_COMMENT]);

export function initialPolicy({ registry, principal, key, printedName }: InitialPolicy): string {
  const lines = [
    '#:schema urn:at1:schema:policy:1',
    '',
    '# Who may do what in this registry, and how many of them it takes.',
    '# A change counts once enough people whom the policy before allowed it have signed it:',
    '# their signatures lie in policy.sig/. `at1 policy add-principal` edits this file and keeps comments.',
    '',
    `registry = ${writeBasic(registry)}`,
    'version = 1                  # one more with every change',
    '',
    ...PEOPLE_COMMENT,
    `[principals.${writeKey(principal)}]`,
    ...(printedName === undefined ? [] : [`name = ${writeBasic(printedName)}`]),
    `keys = [${writeBasic(key)}]`,
    '',
    ...ROLES_COMMENT,
    '[roles]',
    `owner = [${writeBasic(principal)}]`,
    '',
    ...RULES_COMMENT,
    '[[rules]]',
    'artifacts = ["*"]',
    'actions = ["*"]',
    'role = "owner"',
    'threshold = 1',
  ];
  const text = `${lines.join('\n')}\n`;
  parsePolicy(utf8(text));
  return text;
}
