"""One run of a peer on the bytes of a file, measured from inside: python codec-peers.py PEER DTYPE FILE.

Prints one line of JSON: size, CPU time of both directions in milliseconds. What it decodes is compared first.
"""

import json
import sys
import time


def main(peer, dtype, path):
    with open(path, "rb") as file:
        data = file.read()
    encode, decode = {"zipnn": zipnn, "openzl": openzl}[peer](dtype)
    # Once for nothing: libraries are loaded and tables are made at the first call.
    encode(data[:65536])
    packed, to_pack = timed(encode, data)
    unpacked, to_unpack = timed(decode, packed)
    if bytes(unpacked) != data:
        raise SystemExit(f"{peer} does not give back what went in")
    print(json.dumps({"size": len(packed), "in": to_pack, "out": to_unpack}))


def timed(call, data):
    # The input is theirs to overwrite.
    copy = bytearray(data)
    began = time.process_time()
    result = call(copy)
    return result, (time.process_time() - began) * 1000


def zipnn(dtype):
    from zipnn import ZipNN

    names = {"F32": "float32", "BF16": "bfloat16", "F16": "float16"}
    if dtype not in names:
        raise SystemExit(f"zipnn has no {dtype}")
    codec = ZipNN(input_format="byte", bytearray_dtype=names[dtype], threads=1)
    return codec.compress, codec.decompress


def openzl(dtype):
    import numpy as np
    import openzl.ext as zl

    numbers = {
        "F32": (zl.nodes.ConvertSerialToNumLE32, zl.nodes.Float32Deconstruct),
        "BF16": (zl.nodes.ConvertSerialToNumLE16, zl.nodes.BFloat16Deconstruct),
        "F16": (zl.nodes.ConvertSerialToNumLE16, zl.nodes.Float16Deconstruct),
    }
    compressor = zl.Compressor()
    compressor.set_parameter(zl.CParam.FormatVersion, zl.MAX_FORMAT_VERSION)
    general = zl.graphs.Compress()
    if dtype in numbers:
        convert, split = numbers[dtype]
        graph = convert()(compressor, split()(compressor, general(compressor), zl.graphs.Entropy()(compressor)))
    else:
        graph = general(compressor)
    compressor.select_starting_graph(graph)

    def encode(data):
        context = zl.CCtx()
        context.ref_compressor(compressor)
        return context.compress([zl.Input(zl.Type.Serial, np.frombuffer(data, np.uint8))])

    def decode(data):
        # All of them are held until the copy is made: what they give out is a view that does not hold them.
        context = zl.DCtx()
        [output] = context.decompress(bytes(data))
        content = output.content
        return bytes(content.as_bytes())

    return encode, decode


if __name__ == "__main__":
    main(*sys.argv[1:])
