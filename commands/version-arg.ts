/** The version a command is about, as an argument: one description everywhere. */
import * as Args from '@oclif/core/args';

export const versionArg = Args.string({
  description: 'Reference: kind/name@1.2.0, @^1.2, @latest, or a stage or alias as in name:production.',
  required: true,
});
