/** The first bytes of a container: magic, mode, codec id. */
import { equalBytes } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import {
  CODEC_RAW,
  type CodecName,
  codecId,
  codecName,
  HEAD_LENGTH,
  MAGIC,
  MODE_STREAM,
  MODE_WHOLE,
  malformed,
} from './format.js';

export type Mode = 'whole' | 'stream';

export interface Head {
  readonly mode: Mode;
  readonly codec: number;
}

/** Throws `container/malformed` for anything that is not a container with a codec id the format knows. */
export function readHead(bytes: Uint8Array): Head {
  if (bytes.length < HEAD_LENGTH || !equalBytes(bytes.subarray(0, MAGIC.length), MAGIC)) {
    throw malformed('not an AT-1 container');
  }
  const mode = bytes[3] as number;
  if (mode !== MODE_WHOLE && mode !== MODE_STREAM) throw malformed(`unknown container mode ${mode}`);
  const codec = bytes[4] as number;
  if (codecName(codec) === undefined) throw malformed(`unknown codec ${codec}`);
  return { mode: mode === MODE_WHOLE ? 'whole' : 'stream', codec };
}

/** Undefined for what is no container: a text may begin with the same three letters. */
export function findHead(bytes: Uint8Array): Head | undefined {
  try {
    return readHead(bytes);
  } catch (error) {
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

/** Throws `container/unsupported` for a genuine codec. */
export function demandRaw(head: Head): void {
  if (head.codec === CODEC_RAW) return;
  throw new At1Error('container/unsupported', {
    message: `container uses the codec ${codecName(head.codec)}, which is not supported`,
    hint: 'only containers of codec raw can be read',
    facts: { codec: head.codec },
  });
}

export function formatHead(mode: Mode, codec: CodecName = 'raw'): Uint8Array {
  return Uint8Array.of(...MAGIC, mode === 'whole' ? MODE_WHOLE : MODE_STREAM, codecId(codec));
}
