/** What npm needs to be true: exact versions, supported Nodes, files that exist, no addresses of machines. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson;
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const GENERATED = ['dist'];

describe('the package', () => {
  it('pins every dependency to one exact version', () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      assert.match(
        version,
        /^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/,
        `${name}: a range lets an install differ from what was tested`,
      );
    }
  });

  it('is an ES module for Node 20.19 and later, under a licence that is there', () => {
    assert.equal(manifest.type, 'module');
    assert.equal(manifest.engines.node, '^20.19 || >=22.12');
    assert.ok(existsSync(join(root, 'LICENSE')) && manifest.license === 'Apache-2.0');
  });

  it('has no scripts that run when somebody installs it', () => {
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) {
      assert.equal(manifest.scripts[name], undefined, `${name} would run on the machine of every user`);
    }
  });

  it('ships only files and folders that exist', () => {
    for (const name of manifest.files) {
      if (!GENERATED.includes(name)) assert.ok(existsSync(join(root, name)), `files: ${name}`);
    }
    for (const path of Object.values(manifest.bin)) {
      const full = join(root, path);
      assert.ok(readFileSync(full, 'utf8').startsWith('#!/usr/bin/env node\n'), path);
      if (process.platform !== 'win32') assert.ok((statSync(full).mode & 0o111) !== 0, `${path} can be run`);
    }
  });

  it('names no download address in the lock file', () => {
    assert.equal(/"resolved"\s*:/.test(lock), false, 'addresses differ between networks: .npmrc leaves them out');
  });

  it('locks every package by its digest, but for optional builds of other platforms', () => {
    interface Locked {
      readonly integrity?: string;
      readonly optional?: boolean;
      readonly os?: readonly string[];
      readonly cpu?: readonly string[];
    }
    const { packages } = JSON.parse(lock) as { packages: Record<string, Locked> };
    for (const [path, { integrity, optional, os, cpu }] of Object.entries(packages)) {
      if (path === '' || integrity?.startsWith('sha512-')) continue;
      const other = os?.includes('linux') !== true || cpu?.includes('x64') !== true || /musl/.test(path);
      assert.ok(optional === true && other, `${path} has a digest`);
    }
  });

  it('has a lock file of the same version and dependencies', () => {
    const { version, packages } = JSON.parse(lock) as {
      version: string;
      packages: Record<string, Partial<PackageJson>>;
    };
    assert.equal(version, manifest.version);
    assert.deepEqual(packages['']?.dependencies, manifest.dependencies);
    assert.deepEqual(packages['']?.devDependencies, manifest.devDependencies);
  });

  it('holds no path of the machine it was written on', function () {
    if (!existsSync(join(root, '.git'))) this.skip();
    const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).split(
      '\0',
    );
    const home = /(^|[\s'"`(=])\/(home|Users|root)\/[a-z]/;
    const broken = tracked.filter((name) => {
      if (!/\.(ts|mjs|cjs|js|json|md|yml|toml|py|sh)$|(^|\/)run$/.test(name) || !existsSync(join(root, name)))
        return false;
      const text = readFileSync(join(root, name), 'utf8');
      return text.includes(root) || home.test(text);
    });
    assert.deepEqual(broken, []);
  });
});
