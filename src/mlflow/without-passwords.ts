/** What a run says of addresses, without the password or token somebody left in one: a registry is read by everybody. */

/** Behind which a host stands. */
const START = /(https?:[/\\]+|:\/\/)/i;
/** What signs an address for whoever has it, as object stores do. */
const SECRET_NAME = '[?&;](?:[\\w.-]*(?:signature|token|secret|password|credential|api[-_]?key)|sig)=';
const SECRET_QUERY = new RegExp(SECRET_NAME, 'i');
const SECRET_VALUE = new RegExp(`(${SECRET_NAME})[^&;#\\s'"<>]*`, 'gi');

/** The address stays, and shows that something was there. */
export function withoutPasswords(text: string): string {
  // Text, start, what follows it, start, …: an address may stand in another one.
  const parts = text.split(START).map((part, i) => (i > 0 && i % 2 === 0 ? bare(part) : part));
  return parts.join('').replace(SECRET_VALUE, '$1***');
}

function bare(following: string): string {
  const [address = ''] = /^[^\s'"<>]*/.exec(following) ?? [];
  return withoutUser(address) + following.slice(address.length);
}

/**
 * Names and passwords in front of the host, `git@` aside, as `holdsPassword` of manifest/lineage.ts knows them: a password
 * may hold an @, and where what follows the colon of the host is no port, it goes on over slashes to the last @.
 */
function withoutUser(rest: string): string {
  const [host = ''] = rest.split(/[/\\?#]/, 1);
  if (host.includes('@')) {
    const user = host.lastIndexOf('@');
    return host.slice(0, user) === 'git' ? rest : `***${rest.slice(user)}`;
  }
  const port = /^(?:\[[^\]]*\]|[^:]*):(.*)$/.exec(host)?.[1];
  const at = rest.lastIndexOf('@');
  return port === undefined || /^[0-9]*$/.test(port) || at < 0 ? rest : `***${rest.slice(at)}`;
}

/** One address, for a link: who may open it is left out, and so is a query that would let anybody in. */
export function publicAddress(uri: string): string {
  const bare = uri.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
  return SECRET_QUERY.test(bare) ? bare.replace(/[?].*$/s, '') : bare;
}
