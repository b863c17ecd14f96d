// One operation of the library in a process of its own, measured from inside: node bench/operation.mjs LIBRARY JSON.
// Prints one line of JSON: wall time, CPU time, peak memory and what the operation returned.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [library, text] = process.argv.slice(2);
const { operation, dir, home, request = {}, options = {} } = JSON.parse(text);
const at1 = await import(pathToFileURL(resolve(library)).href);
const environment = { home, configDir: `${home}/config`, stateDir: `${home}/state` };

const WITHOUT_REGISTRY = ['init', 'pack', 'unpack'];

/** Each takes an open registry, but those above. */
const operations = {
  init: () => at1.init({ dir, principal: 'bench', environment }),
  pack: () => at1.pack(request),
  unpack: () => at1.unpack(request),
  register: (registry) => at1.register(registry, request, options),
  get: (registry) => at1.get(registry, request),
  verify: (registry) => at1.verify(registry, request),
  reindex: (registry) => at1.reindex(registry),
  promote: (registry) => at1.promote(registry, request, options),
  gate: async () => at1.gate(await at1.openRegistry({ dir, at: request.base, environment }), { head: request.head }),
  tensor: (registry) => at1.tensor({ ...request, registry: async () => registry }),
};

const run = operations[operation];
if (run === undefined) throw new Error(`no operation '${operation}'`);
const cpu = process.cpuUsage();
const began = performance.now();
const result = await run(
  WITHOUT_REGISTRY.includes(operation) ? undefined : await at1.openRegistry({ dir, environment }),
);
const ms = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
const rss = peakMemory();
process.stdout.write(`${JSON.stringify({ ms, cpu: (user + system) / 1000, rss, result })}\n`);

/** What the system's own count for the process says inherits the size of whoever started it; that of its memory does not. */
function peakMemory() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
