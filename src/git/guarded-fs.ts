/**
 * The file system handed to isomorphic-git: writes are whole and durable, and reach only what a fetch may change.
 * Ref names come from the remote; isomorphic-git would make paths of any of them.
 */
import { chmod, lstat, mkdir, readdir, readFile, readlink, rmdir, stat, symlink, unlink } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { At1Error } from '../errors.js';
import { isValidRefName } from '../git-format/ref-name.js';
import { replaceFile } from './durable-file.js';

const SINGLE_FILES = new Set(['shallow', 'packed-refs', 'FETCH_HEAD']);

export function guardedFs(commonDir: string) {
  const check = (path: string) => {
    const inside = relative(commonDir, path).split(sep).join('/');
    if (SINGLE_FILES.has(inside) || /^objects\/pack\/pack-[0-9a-f]{40}\.(?:pack|idx)$/.test(inside)) return;
    if (/^objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/.test(inside)) return;
    if (inside.startsWith('refs/') && isValidRefName(inside)) return;
    throw new At1Error('remote/failed', {
      message: `the remote makes us write to ${inside}, which no fetch needs`,
      facts: { path: inside },
    });
  };
  const write = async (path: string, data: Uint8Array | string) => {
    check(path);
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, typeof data === 'string' ? new TextEncoder().encode(data) : data);
  };
  const remove = async (path: string) => {
    check(path);
    await unlink(path);
  };
  const promises = {
    chmod,
    lstat,
    mkdir,
    readdir,
    readFile,
    readlink,
    rmdir,
    stat,
    symlink,
    unlink: remove,
    writeFile: write,
  };
  return { promises };
}
