/** The text of docs/attacks.md around the table of attacks: who is meant, what a line claims, what none of them does. */
import type { Attack, Attacker } from '../testing/attack.js';

const ATTACKERS: Readonly<Record<Attacker, string>> = {
  random: 'a fault: a bit that flips, a write that was torn, a disk that forgets',
  contributor: 'somebody whose pull request was merged, with no key of the policy or one that may less',
  maintainer: 'somebody with the key of a person in the policy, or that person deceived into signing',
  forge: 'the host of the repository, or whoever can write its refs and objects',
  local: 'another user or program on the same machine',
};

const INTRODUCTION = [
  '# Attacks that at1 refuses',
  'Each line below is a registry that somebody tampered with, and a command that must not be deceived by it. They are made for real by `at1-registry/testing` (a git repository on the disk, keys made for the occasion) and tried in every run of the tests: the exit number is never 0 and the code is among the errors reported; the command takes less than two seconds of processor time and 512 MiB of memory; nothing outside the registry changes, no file of the registry is changed by a command that only reads, and no prototype of JavaScript is touched. The registry before the attack passes the same commands, so that no line can hold because nothing works. Where `as before` stands for the code, what was tampered with has no say: the answer is word for word that of the registry before the attack.',
  '## What a line claims, and what it does not',
  [
    '- A refusal means: this command, on this registry, ends with this code. It does not mean that an attacker loses: whoever can write to a repository can always delete it or make commands fail. What is claimed is that nothing false is taken for true.',
    '- `maintainer` lines are signed with a key that the policy trusts, where a signature should not help. What the policy allows such a key to do is no attack: at1 proves who decided, not that the decision was good. It does not judge what is inside a model, and loading one may run code.',
    '- A client that sees a registry for the first time, without a pinned root, believes the root it is shown and says so (`trust/first-use`). Nothing here claims otherwise.',
    '- A stage, an alias or a withdrawal counts where signed events say so, by as many people as the policy asked for when they landed and with the evidence it asked for. Claimed: no event counts that was edited, moved, replayed, or signed by too few or by somebody else; none that landed is dropped by a merge without being missed; evidence counts only for the digest it is about. Not claimed: that whoever signed had looked. Times in events and evidence are those their signers said, so the age of evidence is as honest as they are; the order of events never hangs on them.',
    '- `gate` lines are changes that have not landed: they are refused as one commit, as a merge, and commit by commit. The gate judges what is in git, by the policy of the target; that a forge asks it, and lets nobody past it, is for the settings of the forge. `verify` finds the same afterwards, with one difference: who changed `at1.toml` is a warning there, because squash and rebase merges write commits anew, so a change of the machine of stages is kept out by the gate alone.',
    '- Something that only waits, because a signature or evidence is missing, is nothing wrong: `verify` passes, `gate` says `gate/pending`, and nobody gets it by its stage (`artifact/not-found`).',
    '- Lines are about what this version has: objects, documents, history, tags, policy, events, evidence, lineage, the gate, keys, caches, the working tree, locks. Encryption, the MLflow plugin, an HTTP server, object remotes, the Action and garbage collection bring their own attacks when they come; none of those is claimed yet. The numbers of the column `row` are of a list of threats of which these are a part.',
  ].join('\n'),
];

/** What people do every day and must not be told off for. */
const HONEST = [
  '## What is not refused',
  'A registry that cries wolf is one whose warnings nobody reads, so the tests also do what honest people do, and nothing may be wrong with it: unpushed work is reset or rewritten; an old branch is checked out or merged; `git pull` makes the local side the first parent; a colleague without a key changes other files; a clone is shallow (a note); other programs have tags of their own; somebody whose approval counted leaves; a key is revoked after all it signed had landed; evidence and approvals come after the event, or after it is in effect; a proposal is withdrawn and made anew; a registry in a subfolder has neighbours.',
];

const USE = [
  '## Trying another program',
  'The list is data: a program in any language can be held against it.',
  [
    '```ts',
    "import { mkdtempSync } from 'node:fs';",
    "import { spawnSync } from 'node:child_process';",
    "import { attacks } from 'at1-registry/testing';",
    '',
    'for (const attack of attacks) {',
    "  const { dir, environment, refused } = await attack.build({ dir: mkdtempSync('/tmp/attack-') });",
    '  for (const { command, code, exit } of refused) {',
    "    const done = spawnSync('at1', [...command, '--json'], { cwd: dir, env: environment });",
    "    console.log(attack.id, done.status === exit ? 'refused' : 'NOT REFUSED', code);",
    '  }',
    '}',
    '```',
  ].join('\n'),
  '`buildHealthy` makes the registry that all of them begin with, and `HEALTHY_COMMANDS` are what it passes.',
];

type Table = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

export function attacksPage(attacks: readonly Attack[], table: Table): string[] {
  const families = [...new Set(attacks.map(familyOf))];
  return [
    ...INTRODUCTION,
    '## Who',
    table(['who', 'means'], Object.entries(ATTACKERS)),
    ...HONEST,
    ...USE,
    ...families.flatMap((family) => [
      `## ${family.charAt(0).toUpperCase()}${family.slice(1)}`,
      table(
        ['attack', 'row', 'what', 'who', 'command', 'code', 'exit'],
        attacks.filter((attack) => familyOf(attack) === family).flatMap(rowsOf),
      ),
    ]),
  ];
}

function familyOf({ id }: Attack): string {
  return id.slice(0, id.indexOf('/'));
}

function rowsOf({ id, row, title, attacker, refused, harmless }: Attack): string[][] {
  const results = [
    ...refused.map(({ command, code, exit }) => ({ command, code: `\`${code}\``, exit })),
    ...harmless.map((command) => ({ command, code: 'as before', exit: 0 })),
  ];
  return results.map(({ command, code, exit }, index) => [
    ...(index === 0 ? [`\`${id}\``, String(row ?? ''), title, attacker] : ['', '', '', '']),
    `\`${command.join(' ')}\``,
    code,
    String(exit),
  ]);
}
