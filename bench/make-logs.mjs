// Made logs of five kinds, the same on every machine: package manager, web server, ssh daemon, and an application that
// writes JSON payloads, JSON lines. What repeats and what varies follows real ones: sessions, bursts, few hosts and many requests.

/** @type {Readonly<Record<string, (lines: number) => string>>} */
export const LOGS = {
  'dpkg.log': packages,
  'access.log': requests,
  'sshd.log': logins,
  'app.log': application,
  'events.ndjson': events,
};

/**
 * @param {string} name one of `LOGS`
 * @param {number} lines about how many
 * @returns {Uint8Array}
 */
export function makeLog(name, lines) {
  const make = LOGS[name];
  if (make === undefined) throw new RangeError(`no log called ${name}`);
  return new TextEncoder().encode(make(lines));
}

function packages(lines) {
  const { pick, below } = random(1);
  const stems = ['ssl', 'gcc', 'python3', 'perl', 'glib2.0', 'x11', 'systemd', 'curl', 'icu', 'boost', 'qt5', 'gtk'];
  const tails = ['', '-dev', '-common', '-data', '-bin', '-doc', '-utils'];
  const names = Array.from({ length: 600 }, () => `${pick(['lib', ''])}${pick(stems)}${below(30)}${pick(tails)}`);
  const out = [];
  let time = 1_750_000_000;
  while (out.length < lines) {
    const name = `${pick(names)}:${pick(['amd64', 'amd64', 'amd64', 'all'])}`;
    const version = `${below(9)}.${below(40)}.${below(20)}-${below(5)}${pick(['', '+deb12u1', '+b1', 'ubuntu2'])}`;
    if (below(20) === 0) time += below(90_000);
    const say = (text) => out.push(`${day(time)} ${clock(time)} ${text}`);
    say(`install ${name} <none> ${version}`);
    for (const state of ['half-installed', 'unpacked', 'half-configured', 'installed']) {
      time += below(3) >> 1;
      if (state === 'half-configured') say(`configure ${name} ${version} <none>`);
      say(`status ${state} ${name} ${version}`);
    }
    if (below(4) === 0) say(`trigproc man-db:amd64 2.11.2-2 <none>`);
  }
  return ended(out);
}

function requests(lines) {
  const { pick, below } = random(2);
  const hosts = Array.from({ length: 900 }, () => `${below(224)}.${below(256)}.${below(256)}.${below(256)}`);
  const agents = Array.from({ length: 40 }, (_, i) => `Mozilla/5.0 (X11; Linux x86_64; rv:${90 + i}.0) Gecko/20100101`);
  const pages = Array.from({ length: 300 }, (_, i) => `/${pick(['api/v1', 'static', 'blog', 'shop'])}/item-${i * 7}`);
  const out = [];
  let time = 1_760_000_000;
  while (out.length < lines) {
    time += below(3);
    const path = `${pick(pages)}${below(3) === 0 ? `?q=${below(100_000)}` : ''}`;
    const status = pick([200, 200, 200, 200, 304, 404, 500]);
    const [year, month, date] = day(time).split('-');
    const when = `${date}/${MONTHS[Number(month) - 1]}/${year}:${clock(time)} +0000`;
    const size = status === 304 ? '-' : below(90_000);
    const method = pick(['GET', 'GET', 'GET', 'POST']);
    out.push(`${pick(hosts)} - - [${when}] "${method} ${path} HTTP/1.1" ${status} ${size} "-" "${pick(agents)}"`);
  }
  return ended(out);
}

function logins(lines) {
  const { pick, below } = random(3);
  const users = ['root', 'admin', 'test', 'oracle', 'postgres', 'git', 'ubuntu', 'pi', 'guest', 'deploy'];
  const hosts = Array.from({ length: 200 }, () => `${below(224)}.${below(256)}.${below(256)}.${below(256)}`);
  const out = [];
  let time = 1_765_000_000;
  let pid = 24_200;
  while (out.length < lines) {
    const [host, user, port] = [pick(hosts), pick(users), 1024 + below(60_000)];
    pid += 1 + below(4);
    const say = (text) => {
      time += below(5) >> 1;
      const [, month, date] = day(time).split('-');
      out.push(`${MONTHS[Number(month) - 1]} ${date.replace(/^0/, ' ')} ${clock(time)} LabSZ sshd[${pid}]: ${text}`);
    };
    const known = user === 'root' ? '' : 'invalid user ';
    if (known !== '') say(`Invalid user ${user} from ${host}`);
    say(`pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${host}`);
    for (let i = below(3); i >= 0; i--) say(`Failed password for ${known}${user} from ${host} port ${port} ssh2`);
    if (below(3) === 0) say(`Connection closed by ${host} [preauth]`);
    else say(`Received disconnect from ${host}: 11: Bye Bye [preauth]`);
  }
  return ended(out);
}

function application(lines) {
  const { pick, below, hex } = random(4);
  const out = [];
  let time = 1_764_000_000_000;
  while (out.length < lines) {
    time += below(400);
    const seconds = Math.floor(time / 1000);
    const stamp = `${day(seconds)}T${clock(seconds)}.${String(time % 1000).padStart(3, '0')}Z`;
    const worker = `worker-${below(8)}`;
    const kind = below(10);
    if (kind < 6) {
      const body = `{"user":${below(5000)},"action":"${pick(['view', 'buy', 'search'])}","ms":${below(900)},"ok":true}`;
      out.push(`${stamp} INFO [${worker}] api.request: id=${hex(16)} ${body}`);
    } else if (kind < 8) {
      out.push(`${stamp} DEBUG [${worker}] cache: hit ratio 0.${below(1000)} after ${below(60)}.${below(10)}s`);
    } else if (kind < 9) {
      out.push(`${stamp} WARN [${worker}] db.pool: ${below(40)} of 40 connections busy, waited ${below(2000)} ms`);
    } else {
      out.push(`${stamp} ERROR [${worker}] job 0x${hex(8)} failed: timeout after ${below(30_000)} ms`);
      for (let i = below(4); i > 0; i--)
        out.push(`    at step (${pick(['queue', 'mail', 'sync'])}.js:${below(300)}:${below(80)})`);
    }
  }
  return ended(out);
}

function events(lines) {
  const { pick, below, hex } = random(5);
  const out = [];
  let time = 1_764_000_000_000;
  while (out.length < lines) {
    time += below(900);
    const seconds = Math.floor(time / 1000);
    const ts = `${day(seconds)}T${clock(seconds)}.${String(time % 1000).padStart(3, '0')}Z`;
    const event = { ts, level: pick(['info', 'info', 'info', 'warn']), service: pick(['api', 'auth', 'mail']) };
    const trace = hex(16);
    const user = 1000 + below(4000);
    if (below(3) > 0) Object.assign(event, { trace, msg: 'request', path: `/v1/users/${user}`, user, ms: below(900) });
    else Object.assign(event, { trace, msg: `job ${pick(['sync', 'purge'])} done`, took: below(9000) / 100, tags: [] });
    out.push(JSON.stringify(event));
  }
  return ended(out);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function day(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function clock(seconds) {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

function ended(lines) {
  return `${lines.join('\n')}\n`;
}

/** mulberry32: the same everywhere for the same seed. */
function random(seed) {
  let state = seed;
  const below = (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return Math.floor((((z ^ (z >>> 14)) >>> 0) / 4294967296) * limit);
  };
  const pick = (items) => items[below(items.length)];
  const hex = (length) => Array.from({ length }, () => below(16).toString(16)).join('');
  return { below, pick, hex };
}
