// Reads and writes safetensors for the benchmarks; not the reader of the library, so that it cannot flatter it.

/** @typedef {{ name: string, dtype: string, shape: number[], bytes: Buffer }} Tensor */

/** @param {Buffer} file @returns {Tensor[]} in the order of the data */
export function readSafetensors(file) {
  const start = 8 + Number(file.readBigUInt64LE(0));
  const { __metadata__: _, ...header } = JSON.parse(file.toString('utf8', 8, start));
  return Object.entries(header)
    .map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => ({ name, dtype, shape, from, to }),
    )
    .sort((a, b) => a.from - b.from)
    .map(({ from, to, ...tensor }) => ({ ...tensor, bytes: file.subarray(start + from, start + to) }));
}

/** @param {readonly Tensor[]} tensors @returns {Buffer} */
export function writeSafetensors(tensors) {
  const header = {};
  let at = 0;
  for (const { name, dtype, shape, bytes } of tensors) {
    header[name] = { dtype, shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(Math.ceil(text.length / 8) * 8, ' ');
  text.copy(padded);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded, ...tensors.map(({ bytes }) => bytes)]);
}
