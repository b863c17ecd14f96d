// Where the numbers of a model file lie, for the benchmarks: safetensors, ONNX, or plain numbers of one type. Not the
// reader of the library, so that it cannot flatter it; it trusts its input, which the corpus checked.
import { readSafetensors } from './safetensors.mjs';

/** @typedef {{ dtype: string, offset: number, bytes: Buffer }} Found */

/** @param {string} name @param {Buffer} file @param {string} [dtype] of a file without a header @returns {Found[]} */
export function findTensors(name, file, dtype) {
  if (dtype !== undefined) return [{ dtype, offset: 0, bytes: file }];
  if (name.endsWith('.safetensors')) {
    return readSafetensors(file).map((tensor) => ({ ...tensor, offset: tensor.bytes.byteOffset - file.byteOffset }));
  }
  return name.endsWith('.onnx') ? [...onnxTensors(file, 0, file.length, MODEL)] : [];
}

/** Which fields of a message hold which messages: model, graph, node, attribute, tensor. */
const TENSOR = { tensor: true };
const GRAPH = { fields: { 5: TENSOR } };
const ATTRIBUTE = { fields: { 5: TENSOR, 6: GRAPH, 10: TENSOR, 11: GRAPH } };
GRAPH.fields[1] = { fields: { 5: ATTRIBUTE } };
const MODEL = { fields: { 7: GRAPH } };
const DTYPES = { 1: 'F32', 2: 'U8', 3: 'I8', 10: 'F16', 16: 'BF16' };

function* onnxTensors(file, start, end, message) {
  let type;
  let raw;
  for (const { field, value, from, to } of fields(file, start, end)) {
    if (message.tensor) {
      if (field === 2) type = value;
      // Field 9 is the raw bytes; field 4 is float32 packed, the same bytes.
      if ((field === 9 || field === 4) && to !== undefined) raw = { offset: from, bytes: file.subarray(from, to) };
    } else if (to !== undefined && message.fields[field] !== undefined) {
      yield* onnxTensors(file, from, to, message.fields[field]);
    }
  }
  if (raw !== undefined && DTYPES[type] !== undefined) yield { dtype: DTYPES[type], ...raw };
}

/** A file cut short, as the corpus has them, ends in a field that reaches over its end. */
function* fields(file, start, end) {
  let at = start;
  while (at < end) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { field, value: varint() };
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        const from = at;
        at = Math.min(from + length, end);
        yield { field, from, to: at };
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        return;
    }
  }

  function varint() {
    let number = 0;
    for (let scale = 1; at < end; scale *= 128) {
      const byte = file[at++];
      number += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return number;
  }
}
