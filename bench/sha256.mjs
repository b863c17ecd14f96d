// Plain SHA-256 of a file with node:crypto, on one thread: what no verification can be faster than. Prints JSON.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const cpu = process.cpuUsage();
const began = performance.now();
const hash = createHash('sha256');
const buffer = new Uint8Array(1024 * 1024);
const file = openSync(process.argv[2], 'r');
for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
  hash.update(buffer.subarray(0, length));
}
closeSync(file);
const sha256 = hash.digest('hex');
const ms = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
const rss = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ ms, cpu: (user + system) / 1000, rss, result: { sha256 } })}\n`);
