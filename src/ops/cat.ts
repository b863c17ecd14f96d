/** `cat`: the bytes of a registered file, or a range of them, of which only the objects that cover it are read. */
import { At1Error } from '../errors.js';
import type { Trust } from './judge-trust.js';
import { openOnlyFile, openVersionContents } from './open-contents.js';
import type { Registry } from './open-registry.js';
import { type Destination, sendBytes } from './send-bytes.js';

export interface CatRequest extends Destination {
  readonly ref: string;
  /** A file of the version; needed where it has several. */
  readonly path?: string | undefined;
  /** `A:B`, from byte A to before byte B; either may be left out. Default all. */
  readonly range?: string | undefined;
}

export interface CatResult {
  readonly ref: string;
  readonly path: string;
  /** Of the whole file. */
  readonly size: number;
  readonly from: number;
  readonly to: number;
  /** Of the bytes from `from` to before `to`. */
  readonly sha256: string;
  /** The file that was written; null where none was. */
  readonly written: string | null;
  readonly trust: Trust;
  readonly damaged: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Every byte is verified before it is handed out. Throws `usage/invalid`, `usage/path`, `artifact/*`, `signature/*`,
 * `history/*`, `object/*`, `container/*`, `file/digest-mismatch`, `output/exists`, `io/*`.
 */
export async function cat(registry: Registry, request: CatRequest): Promise<CatResult> {
  const range = request.range === undefined ? undefined : parseRange(request.range);
  const opened = await openVersionContents(registry, request.ref, request.path);
  const contents = await openOnlyFile(opened, 'name one of them');
  const { from, to } = within(range, contents.size);
  const { sha256, path } = await sendBytes(contents.stream(from, to), request, registry.engines);
  const { ref, trust, damaged, warnings } = opened;
  return {
    ref,
    path: contents.path,
    size: contents.size,
    from,
    to,
    sha256,
    written: path,
    trust,
    damaged: [...damaged],
    warnings,
  };
}

interface Range {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

function parseRange(text: string): Range {
  const [, from, to] = /^([0-9]{0,16}):([0-9]{0,16})$/.exec(text) ?? [];
  const range = { from: from ? Number(from) : undefined, to: to ? Number(to) : undefined };
  const exact = [range.from, range.to].every((end) => end === undefined || Number.isSafeInteger(end));
  if (from !== undefined && exact && (range.from ?? 0) <= (range.to ?? Number.MAX_SAFE_INTEGER)) return range;
  throw new At1Error('usage/invalid', {
    message: `'${text.slice(0, 60)}' is not a range of bytes`,
    hint: 'write FROM:TO, such as 0:1024, 1024: or :1024; TO is not part of it',
  });
}

/** A range beyond the end is a mistake to be told, not less output. */
function within({ from = 0, to }: Partial<Range> = {}, size: number): { readonly from: number; readonly to: number } {
  const end = to ?? size;
  if (from <= end && end <= size) return { from, to: end };
  throw new At1Error('usage/invalid', {
    message: `the range ${from}:${end} is not inside the file of ${size} bytes`,
    hint: 'leave TO out for everything from FROM on',
    facts: { size },
  });
}
