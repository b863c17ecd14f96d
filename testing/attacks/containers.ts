/** Containers that are no containers, or that two readers could read in two ways; each under its true name. */
import type { Attack } from '../attack.js';
import { bytesOf, frame, STORED, streamContainer, wholeContainer } from '../containers.js';
import { type Hostile, hostile, PROMISED } from './hostile.js';

const plans: readonly Hostile[] = [
  {
    id: 'no-trailer',
    title: 'without the digest of its data',
    row: 2,
    code: 'container/trailer-missing',
    container: (_, __, honest) => honest.subarray(0, -36),
  },
  {
    id: 'trailer-magic',
    title: 'one bit of the trailer is another, so that a lenient reader takes the digest for data',
    row: 2,
    code: 'container/trailer-missing',
    container: (_, __, honest) => honest.with(honest.length - 1, 0),
  },
  {
    id: 'other-digest',
    title: 'sound, but of other data than the manifest says',
    row: 43,
    code: 'object/content-mismatch',
    container: (forge) => {
      const other = PROMISED.toReversed();
      return wholeContainer(STORED, other, forge.engines.sha256(other));
    },
  },
  {
    id: 'digest-of-other-data',
    title: 'the promised digest in the trailer, other data of the same length before it',
    row: 43,
    code: 'container/digest-mismatch',
    container: (_, sha256) => wholeContainer(STORED, PROMISED.toReversed(), sha256),
  },
  { id: 'no-container', title: 'the bare data', row: 6, code: 'container/malformed', container: () => PROMISED },
  {
    id: 'mode',
    title: 'a mode the format does not have',
    row: 6,
    code: 'container/malformed',
    container: (_, __, honest) => honest.with(3, 9),
  },
  {
    id: 'unknown-codec',
    title: 'a codec the format does not have',
    row: 6,
    code: 'container/malformed',
    container: (_, __, honest) => honest.with(4, 99),
  },
  {
    id: 'genuine-codec',
    title: 'a codec of the format, over a payload that is no stream set',
    row: 6,
    code: 'container/malformed',
    exit: 20,
    container: (_, __, honest) => honest.with(4, 4),
  },
  {
    id: 'bundle',
    title: 'a bundle of files with names of its own',
    row: 7,
    code: 'container/unsupported',
    exit: 16,
    container: (_, __, honest) => honest.with(4, 12),
  },
  {
    id: 'backend',
    title: 'a backend the format does not have',
    row: 6,
    code: 'container/malformed',
    container: (_, __, honest) => honest.with(5, 3),
  },
  {
    id: 'stream',
    title: 'a sound stream of frames, where an object is one whole container',
    row: 8,
    code: 'container/not-strict',
    container: (_, sha256) => streamContainer(bytesOf([0], frame(STORED, PROMISED)), sha256),
  },
];

export const containers: readonly Attack[] = plans.map((plan) => hostile('container', plan));
