/** What the hook commands say: of hooks as files, and of a push that was judged. */
import type { HookFile, HookResult, JudgedRef, JudgePushResult } from '../../src/index.js';
import type { At1Command } from '../base.js';
import { findingLines } from '../finding-lines.js';
import { reviewText } from '../gate/text.js';
import type { Paint } from '../print.js';

export function hookLines({ hooks }: HookResult, paint: Paint): string[] {
  return hooks.flatMap((hook) => fileLines(hook, paint));
}

function fileLines({ name, path, state }: HookFile, paint: Paint): string[] {
  switch (state) {
    case 'written':
      return [`${paint.green('wrote')} ${path}`];
    case 'removed':
      return [`removed ${path}`];
    case 'present':
      return [`there already: ${path}`];
    case 'absent':
      return [`no hook ${name}`];
    case 'kept':
      return [
        `${paint.yellow('left')} ${path} as it is; to have both, add this line to it:`,
        `    at1 hook ${name} || exit $?`,
      ];
  }
}

export function pushLines(command: Pick<At1Command, 'paint'>, { refs }: JudgePushResult): string[] {
  return refs.flatMap((ref) => refLines(command, ref));
}

function refLines(command: Pick<At1Command, 'paint'>, { ref, state, gate, findings }: JudgedRef): string[] {
  if (state === 'ignored') return [];
  const { paint } = command;
  const verdict = state === 'accepted' ? paint.green('accepted') : paint.red('refused');
  return [
    `at1: ${verdict} ${ref}`,
    ...(gate === null ? findingLines(findings, paint) : reviewText(command, gate, undefined)),
  ];
}
