/**
 * The file system handed to isomorphic-git: files are whole and durable; files and folders are made and removed only
 * where a fetch has to, links never. Ref names come from the remote; isomorphic-git would make paths of any of them.
 */

import { dirname, relative, sep } from 'node:path';
import { utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { replaceFile } from '../files/durable-file.js';
import { lstat, mkdir, readdir, readlink, rmdir, stat, unlink } from '../files/node-fs.js';
import { readFile } from '../files/read-whole.js';
import { isValidRefName } from '../git-format/ref-name.js';

const SINGLE_FILES = new Set(['shallow', 'packed-refs', 'FETCH_HEAD']);

export function guardedFs(commonDir: string) {
  const insideOf = (path: string) => relative(commonDir, path).split(sep).join('/');
  const check = (path: string) => {
    const inside = insideOf(path);
    if (SINGLE_FILES.has(inside) || /^objects\/pack\/pack-[0-9a-f]{40}\.(?:pack|idx)$/.test(inside)) return;
    if (/^objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/.test(inside)) return;
    if (inside.startsWith('refs/') && isValidRefName(inside)) return;
    refuse(inside);
  };
  const checkFolder = (path: string) => {
    const inside = insideOf(path);
    if (inside === '' || inside === 'refs' || /^objects(?:\/(?:pack|[0-9a-f]{2}))?$/.test(inside)) return;
    if (inside.startsWith('refs/') && isValidRefName(`${inside}/x`)) return;
    refuse(inside);
  };
  const write = async (path: string, data: Uint8Array | string) => {
    check(path);
    await mkdir(dirname(path), { recursive: true });
    // Beside a ref the temporary file would be taken for another ref.
    await replaceFile(path, typeof data === 'string' ? utf8(data) : data, { beside: commonDir });
  };
  const remove = async (path: string) => {
    check(path);
    await unlink(path);
  };
  const promises = {
    lstat,
    mkdir: async (path: string) => {
      checkFolder(path);
      await mkdir(path);
    },
    readdir,
    readFile,
    readlink,
    rmdir: async (path: string) => {
      checkFolder(path);
      await rmdir(path);
    },
    stat,
    // Asked for by isomorphic-git before it does anything; a fetch makes none.
    symlink: async (_target: string, path: string) => refuse(insideOf(path)),
    unlink: remove,
    writeFile: write,
  };
  return { promises };
}

function refuse(inside: string): never {
  throw new At1Error('remote/failed', {
    message: `the remote makes us write to ${inside}, which no fetch needs`,
    facts: { path: inside },
  });
}
