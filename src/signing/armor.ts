/**
 * Base64 between a BEGIN and an END line, as OpenSSH writes it: 70 columns, final newline.
 * Read: any line width (ssh-keygen takes any, other tools write 64 or 76) and the final newline optional; nothing else.
 */
import { fromBase64, toBase64 } from '../bytes/text.js';
import { At1Error, type ErrorCode } from '../errors.js';

const COLUMNS = 70;

export function formatArmorText(label: string, bytes: Uint8Array): string {
  const base64 = toBase64(bytes);
  const lines = [`-----BEGIN ${label}-----`];
  for (let at = 0; at < base64.length; at += COLUMNS) lines.push(base64.slice(at, at + COLUMNS));
  return `${[...lines, `-----END ${label}-----`].join('\n')}\n`;
}

export function parseArmorText(label: string, text: string, code: ErrorCode): Uint8Array {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = body.split('\n');
  if (lines.length < 3 || lines[0] !== `-----BEGIN ${label}-----` || lines.at(-1) !== `-----END ${label}-----`) {
    throw new At1Error(code, { message: `text is not framed by BEGIN and END ${label} lines` });
  }
  const inner = lines.slice(1, -1);
  const bytes = inner.includes('') ? undefined : fromBase64(inner.join(''));
  if (bytes === undefined) throw new At1Error(code, { message: `body of the ${label} is not canonical base64` });
  return bytes;
}
