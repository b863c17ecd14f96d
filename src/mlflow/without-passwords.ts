/** What a run says of addresses, without the password or token somebody left in one: a registry is read by everybody. */

// Up to the last @ before the path: a password may hold one itself. Where it holds a slash, up to the next @: what follows
// the colon and is no port is a password (`holdsPassword` of manifest/lineage.ts).
const USER_INFO =
  /(https?:[/\\]+)[^\s/?#'"<>]*@|(:\/\/)[^\s/?#'"<>@:]*:[^\s/?#'"<>]*@|(:\/\/)[^\s/?#'"<>@:]*:(?![0-9]*(?:[/?#\s]|$))[^\s'"<>@]{0,1024}@/gi;
/** What signs an address for whoever has it, as object stores do. */
const SECRET_QUERY = /[?&;](?:[\w.-]*(?:signature|token|secret|password|credential|api[-_]?key)|sig)=/i;

/** The address stays, and shows that something was there. */
export function withoutPasswords(text: string): string {
  return text.replace(
    USER_INFO,
    (_, web?: string, other?: string, slashed?: string) => `${web ?? other ?? slashed}***@`,
  );
}

/** One address, for a link: who may open it is left out, and so is a query that would let anybody in. */
export function publicAddress(uri: string): string {
  const bare = uri.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
  return SECRET_QUERY.test(bare) ? bare.replace(/[?].*$/s, '') : bare;
}
