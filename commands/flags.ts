/** Flags that several commands take, so that one thing has one name and one description everywhere. */
import * as Flags from '@oclif/core/flags';
import type { Level } from '../src/index.js';

/** For commands that only read. */
export const atFlag = Flags.string({
  summary: 'Read the registry as of this commit, tag or date (RFC 3339).',
  helpValue: 'COMMIT|TAG|DATE',
});

/** For commands that sign. */
export const keyFlag = Flags.string({
  summary: 'Private key to sign with: a file, or the name of a key of at1 (or AT1_SIGNING_KEY).',
  helpValue: 'FILE',
});

export const outFlag = Flags.string({
  char: 'o',
  summary: 'File or folder to write; default: the name it was registered under, in the current folder.',
  helpValue: 'OUT',
});

/** For commands that otherwise write to standard output. */
export const bytesOutFlag = Flags.string({
  char: 'o',
  summary: 'File to write; default: standard output, unless that is a terminal.',
  helpValue: 'FILE',
});

export const forceFlag = Flags.boolean({ char: 'f', summary: 'Replace what is there.' });

export const versionFlag = Flags.string({
  char: 'v',
  summary: 'Version, such as 1.0.0; default: the latest.',
  helpValue: 'VERSION',
});

export const descriptionFlag = Flags.string({
  char: 'd',
  summary: 'What it is, in a sentence.',
  helpValue: 'TEXT',
});

export const purposeFlag = Flags.string({
  char: 'p',
  summary: 'What it is for.',
  helpValue: 'TEXT',
});

export const licenseFlag = Flags.string({
  summary: 'SPDX identifier of the license, such as Apache-2.0.',
  helpValue: 'SPDX',
});

/** Spelled out here: the library would be loaded with every command's help. */
const LEVELS = ['fast', 'balanced', 'max'] as const satisfies readonly Level[];

export const levelFlag = Flags.option({ options: LEVELS })({
  summary: 'How hard to compress: fast, balanced (the default), or max, which is smallest and slow.',
});

export const threadsFlag = Flags.integer({
  min: 1,
  max: 16,
  summary: 'Threads that compress, each with about 100 MiB; default: one for each core, at most two.',
  helpValue: 'N',
});

/** What is said of a version when it is registered. */
export const aboutFlags = { description: descriptionFlag, purpose: purposeFlag, license: licenseFlag };

export const metricFlag = Flags.string({
  summary: 'A measured number; may be repeated.',
  helpValue: 'NAME=NUMBER',
  multiple: true,
  multipleNonGreedy: true,
});

export const lineageFlag = Flags.string({
  summary: 'What it was made from, such as trained-on=data/train@1.0.0; may be repeated.',
  helpValue: 'RELATION=REF|URI',
  multiple: true,
  multipleNonGreedy: true,
});

export const fromFlag = Flags.string({
  summary: 'A version this is near to: only the difference is stored; default the latest of the same name.',
  helpValue: 'REF',
});

/** For commands that register a version. */
export const registerFlags = {
  ...aboutFlags,
  message: Flags.string({ char: 'm', summary: 'Text for the commit message.', helpValue: 'TEXT' }),
  lineage: lineageFlag,
  bump: Flags.option({ options: ['major', 'minor', 'patch'] as const })({
    summary: 'What grows where no version is given; default patch.',
  }),
  level: levelFlag,
  threads: threadsFlag,
  from: fromFlag,
  'no-commit': Flags.boolean({ summary: 'Write and sign the files only; you commit them.' }),
  'force-size': Flags.boolean({ summary: 'Let more than 2 GiB of new objects through.' }),
  key: keyFlag,
};

/** For commands that record an event. */
export const eventFlags = {
  reason: Flags.string({ summary: 'Why; it is signed with the event and shown by at1 log.', helpValue: 'TEXT' }),
  meaning: Flags.option({ options: ['approval', 'authorship', 'responsibility', 'review'] as const })({
    summary: 'What your signature means; default approval.',
  }),
  pr: Flags.boolean({ summary: 'Put it on a branch of its own, for a pull request.' }),
  renew: Flags.boolean({
    summary: 'Begin the branch of it anew, on the target as it is now; says whose signatures have to be given again.',
  }),
  'dry-run': Flags.boolean({ summary: 'Tell what would happen, and by which rule; write nothing.' }),
  key: keyFlag,
};

export const expiresFlag = Flags.string({
  summary: 'When it ends by itself, such as 2027-01-31T00:00:00Z.',
  helpValue: 'TIME',
});

/** Who begins a registry. */
export const principalFlag = Flags.string({
  summary: 'Your name in the policy; default: made of your git identity.',
  helpValue: 'NAME',
});

/** For commands that change the policy. */
export const policyDryRunFlag = Flags.boolean({
  summary: 'Tell what would change, and who would have to sign; write nothing.',
});
