/** Tensors in zip files: npz (members that are npy arrays) and PyTorch (members that are the bytes of a storage). */
import { fromLatin1, fromUtf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { type FileShape, malformed, placeTensor, settleTensors, type TensorPlace } from './file-shape.js';
import type { HeaderSource } from './header-source.js';
import { readArray } from './npy.js';
import { type StorageType, storagesOf } from './torch-pickle.js';
import { memberStart, readZip, type ZipFile, type ZipMember } from './zip.js';

export async function readZipTensors(source: HeaderSource): Promise<FileShape> {
  const zip = await readZip(source);
  const pickle = zip.members.find(({ name }) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickle !== undefined) return readTorch(source, zip, pickle);
  if (zip.members.some(({ name }) => name.endsWith('.npy'))) return readNpz(source, zip);
  throw malformed('a zip file with neither npy arrays nor a PyTorch pickle');
}

async function readNpz(source: HeaderSource, zip: ZipFile): Promise<FileShape> {
  const tensors: TensorPlace[] = [];
  const warnings: string[] = [];
  let opaque = 0;
  for (const member of zip.members) {
    if (!member.stored || !member.name.endsWith('.npy')) {
      opaque++;
      continue;
    }
    const start = await memberStart(source, zip, member);
    const { tensor, warning } = await readArray(source, start, member.length, readable(member.name.slice(0, -4)));
    tensors.push(tensor);
    if (warning !== undefined) warnings.push(`${tensor.name}: ${warning}`);
  }
  if (opaque > 0) warnings.push(`${opaque} members are compressed or no arrays`);
  return { format: 'npz', tensors: settleTensors(tensors, source.size), seams: [], warnings };
}

/** Names of members are UTF-8 where they can be; old writers used whatever their system did. */
function readable(latin1: string): string {
  try {
    return fromUtf8(Uint8Array.from(latin1, (character) => character.charCodeAt(0)));
  } catch (error) {
    if (error instanceof At1Error) return latin1;
    throw error;
  }
}

const PICKLE_LIMIT = 16 * 1024 * 1024;

/**
 * Each stored `data/N` is one tensor, flat: views of it are told by the pickle, which is never loaded. Types of storages
 * are taken from it where its instructions say so in the plain form that PyTorch writes.
 */
async function readTorch(source: HeaderSource, zip: ZipFile, pickle: ZipMember): Promise<FileShape> {
  const root = pickle.name.slice(0, pickle.name.indexOf('/') + 1);
  const contentOf = async (member: ZipMember, most: number) => {
    if (!member.stored || member.length > most) return undefined;
    const start = await memberStart(source, zip, member);
    return source.read(start, member.length, member.name);
  };
  const instructions = await contentOf(pickle, PICKLE_LIMIT);
  const types = instructions === undefined ? new Map<string, StorageType>() : storagesOf(instructions);
  const order = zip.members.find(({ name }) => name === `${root}byteorder`);
  const bytes = order === undefined ? undefined : await contentOf(order, 16);
  const byteOrder = bytes !== undefined && fromLatin1(bytes) === 'big' ? 'big' : 'little';
  const tensors: TensorPlace[] = [];
  let opaque = 0;
  for (const member of zip.members) {
    const name = member.name.slice(root.length);
    if (!/^(?:data|constants)\/[0-9]{1,9}$/.test(name) || !member.name.startsWith(root)) continue;
    if (!member.stored) {
      opaque++;
      continue;
    }
    const offset = await memberStart(source, zip, member);
    const type = name.startsWith('data/') ? types.get(name.slice('data/'.length)) : undefined;
    const known = type !== undefined && type.bytes === member.length;
    tensors.push(
      placeTensor({
        name,
        dtype: known ? type.dtype : 'OPAQUE',
        shape: [known ? type.elements : member.length],
        offset,
        length: member.length,
        byteOrder,
      }),
    );
  }
  const warnings = opaque > 0 ? [`${opaque} storages are compressed`] : [];
  return { format: 'torch', tensors: settleTensors(tensors, source.size), seams: [], warnings };
}
