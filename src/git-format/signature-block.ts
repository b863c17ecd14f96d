/** The armored signature inside a commit or tag: which kind it is and where it begins. It is not checked here. */

export interface GitSignature {
  readonly kind: 'ssh' | 'pgp' | 'x509' | 'unknown';
  /** The armor, each line with its line break. */
  readonly armor: string;
}

/** The markers git knows, and only these: what begins a tag's signature must be what git takes for it. */
const MARKERS: readonly (readonly [marker: string, kind: GitSignature['kind']])[] = [
  ['-----BEGIN SSH SIGNATURE-----', 'ssh'],
  ['-----BEGIN PGP SIGNATURE-----', 'pgp'],
  ['-----BEGIN PGP MESSAGE-----', 'pgp'],
  ['-----BEGIN SIGNED MESSAGE-----', 'x509'],
];

export function signatureOf(armor: string): GitSignature {
  return { kind: MARKERS.find(([marker]) => armor.startsWith(marker))?.[1] ?? 'unknown', armor };
}

/** Offset of the last line that begins with a known marker; undefined where there is none. */
export function trailingSignatureStart(bytes: Uint8Array): number | undefined {
  let found: number | undefined;
  for (let line = 0; line < bytes.length; ) {
    if (bytes[line] === 0x2d && MARKERS.some(([marker]) => startsWith(bytes, line, marker))) found = line;
    const next = bytes.indexOf(0x0a, line);
    if (next < 0) break;
    line = next + 1;
  }
  return found;
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
