#!/usr/bin/env python3
"""Reads AT-1 containers and rebuilds what an at1 registry holds. One file, Python 3.8 or later, nothing to install.

  python3 at1.py decode FILE.at1 [-o OUT]            what a container holds; a bundle needs -o FOLDER
  python3 at1.py list REGISTRY                       the versions in a registry
  python3 at1.py get REGISTRY MANIFEST [PATH] -o OUT a version, or one file of it, rebuilt from objects/
  python3 at1.py verify REGISTRY [MANIFEST ...]      all digests of all versions, nothing written

REGISTRY is the folder of at1.toml. MANIFEST is a path in it, model/fraud/1.0.0.toml, or model/fraud@1.0.0.
Digests are checked, signatures are not: VERIFY.md in the registry says how ssh-keygen checks those.

This program shares no code with the one that wrote the registry. It follows docs/format of at1-registry (container.md,
registry.md, transforms.md), the public description of the AT-1 container, and RFC 8878 (zstd). For xz it uses Python's
own lzma module.

Exit status: 0 well, 2 wrong use, 10 not a registry, 12 not found, 13 output exists already, 15 cannot read or write,
16 not supported, 20 bytes are not what they should be, 23 invalid document, 32 an object is missing.
"""
import hashlib
import json
import os
import re
import struct
import sys
import tempfile
import unicodedata

try:
    import lzma
except ImportError:  # A Python that was built without it still reads everything else.
    lzma = None

MIB = 1 << 20
MAX_OUTPUT = 1024 * MIB
MAX_FRAME_OUTPUT = 64 * MIB
MAX_FRAME = MAX_FRAME_OUTPUT + 65536
MAX_PAYLOAD = MAX_OUTPUT + MIB
MAX_WINDOW = 128 * MIB
MAX_DICTIONARY = 64 * MIB
MAX_SEGMENT = 16 * MIB
MAX_PLANE_SET = MAX_SEGMENT + 65536
MAX_OBJECT = 32 * MIB
MAX_DOCUMENT = 16 * MIB
MAX_SAFE = (1 << 53) - 1
MAX_CHAIN = 8
TRAILER_MAGIC = b"\xa1\x53\x36\x01"
TRAILER = 36

EXITS = {
    "usage": 2, "registry/not-found": 10, "artifact/not-found": 12, "output/exists": 13, "io/failed": 15,
    "container/unsupported": 16, "capability/missing": 16, "object/missing": 32, "document/invalid": 23,
}


class Fail(Exception):
    """Everything that is wrong with the input or the call; the exit status goes with the code, 20 by default."""

    def __init__(self, code, message):
        Exception.__init__(self, message)
        self.code = code
        self.exit = EXITS.get(code, 20)


def malformed(message):
    return Fail("container/malformed", message)


def not_strict(message):
    return Fail("container/not-strict", message)


def over_limit(message):
    return Fail("container/limit", message)


# ---------------------------------------------------------------------------------------------------- reading bytes


class Reader:
    """Bytes from a start to an end; every read is checked against what is left."""

    __slots__ = ("data", "pos", "end", "error")

    def __init__(self, data, pos=0, end=None, error=malformed):
        self.data = data
        self.pos = pos
        self.end = len(data) if end is None else end
        self.error = error

    def left(self):
        return self.end - self.pos

    def take(self, count, what="data"):
        if count > self.end - self.pos:
            raise self.error("%s: %d bytes wanted, %d left" % (what, count, self.end - self.pos))
        start = self.pos
        self.pos = start + count
        return self.data[start:self.pos]

    def u8(self, what="data"):
        if self.pos >= self.end:
            raise self.error("%s: cut short" % what)
        value = self.data[self.pos]
        self.pos += 1
        return value

    def uv(self, what="number"):
        """An unsigned varint below 2^64 in its only form."""
        value = 0
        shift = 0
        while True:
            byte = self.u8(what)
            value |= (byte & 127) << shift
            if byte < 128:
                if byte == 0 and shift:
                    raise not_strict("%s: padded varint" % what)
                break
            shift += 7
            if shift >= 70:
                raise self.error("%s: varint of more than 10 bytes" % what)
        if value >> 64:
            raise self.error("%s: varint of 2^64 or more" % what)
        return value

    def sv(self, what="number"):
        value = self.uv(what)
        return (value >> 1) ^ -(value & 1)

    def count(self, most, what="count"):
        value = self.uv(what)
        if value > most:
            raise self.error("%s: %d, at most %d are possible" % (what, value, most))
        return value

    def length(self, what="length"):
        return self.count(self.left(), what)

    def lp(self, what="string"):
        return self.take(self.length(what), what)

    def done(self, what):
        if self.pos != self.end:
            raise not_strict("%d bytes after %s" % (self.end - self.pos, what))


class Out:
    """Output in pieces, never more than its limit."""

    __slots__ = ("parts", "size", "limit")

    def __init__(self, limit):
        self.parts = []
        self.size = 0
        self.limit = limit

    def add(self, piece):
        self.size += len(piece)
        if self.size > self.limit:
            raise over_limit("output exceeds %d bytes" % self.limit)
        self.parts.append(piece)
        if len(self.parts) > 65536:
            self.parts = [b"".join(self.parts)]

    def times(self, piece, count):
        if len(piece) * count > self.limit - self.size:
            raise over_limit("output exceeds %d bytes" % self.limit)
        self.add(piece * count)

    def bytes(self):
        return b"".join(self.parts)


# -------------------------------------------------------------------------------------------------- zstd (RFC 8878)

M64 = (1 << 64) - 1
P1, P2, P3 = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
P4, P5 = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5


def _rol(value, bits):
    return ((value << bits) | (value >> (64 - bits))) & M64


def xxh64(data):
    """XXH64 with seed 0: the low 32 bits are the checksum of a zstd frame."""
    size = len(data)
    whole = size - size % 32
    if size >= 32:
        a, b, c, d = (P1 + P2) & M64, P2, 0, -P1 & M64
        for w, x, y, z in struct.iter_unpack("<4Q", data[:whole]):
            a = (a + w * P2) & M64
            a = (((a << 31) | (a >> 33)) & M64) * P1 & M64
            b = (b + x * P2) & M64
            b = (((b << 31) | (b >> 33)) & M64) * P1 & M64
            c = (c + y * P2) & M64
            c = (((c << 31) | (c >> 33)) & M64) * P1 & M64
            d = (d + z * P2) & M64
            d = (((d << 31) | (d >> 33)) & M64) * P1 & M64
        h = (_rol(a, 1) + _rol(b, 7) + _rol(c, 12) + _rol(d, 18)) & M64
        for lane in (a, b, c, d):
            h ^= _rol(lane * P2 & M64, 31) * P1 & M64
            h = (h * P1 + P4) & M64
    else:
        h = P5
    h = (h + size) & M64
    at = whole
    while at + 8 <= size:
        lane = int.from_bytes(data[at:at + 8], "little")
        h ^= _rol(lane * P2 & M64, 31) * P1 & M64
        h = (_rol(h, 27) * P1 + P4) & M64
        at += 8
    if at + 4 <= size:
        h ^= int.from_bytes(data[at:at + 4], "little") * P1 & M64
        h = (_rol(h, 23) * P2 + P3) & M64
        at += 4
    while at < size:
        h ^= data[at] * P5 & M64
        h = _rol(h, 11) * P1 & M64
        at += 1
    h ^= h >> 33
    h = h * P2 & M64
    h ^= h >> 29
    h = h * P3 & M64
    return h ^ (h >> 32)


LL_BASE = list(range(16)) + [16, 18, 20, 22, 24, 28, 32, 40, 48, 64] + [1 << n for n in range(7, 17)]
LL_BITS = [0] * 16 + [1, 1, 1, 1, 2, 2, 3, 3, 4, 6] + list(range(7, 17))
ML_BASE = list(range(3, 35)) + [35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99] + [(1 << n) + 3 for n in range(7, 17)]
ML_BITS = [0] * 32 + [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5] + list(range(7, 17))
LL_DEFAULT = [4, 3] + [2] * 11 + [1, 1, 1] + [2] * 9 + [3, 2] + [1] * 5 + [-1] * 4
ML_DEFAULT = [1, 4, 3] + [2] * 6 + [1] * 37 + [-1] * 7
OF_DEFAULT = [1] * 6 + [2, 2, 2] + [1] * 15 + [-1] * 5
MAX_BLOCK = 128 * 1024


def _fse_counts(reader, max_log, max_symbols):
    """The table description of section 4.1.1: accuracy log and the probability of each symbol."""
    data, end = reader.data, reader.end
    first = reader.u8("zstd table")
    log = (first & 15) + 5
    if log > max_log:
        raise malformed("zstd table of accuracy %d" % log)
    # A description is short: 256 symbols of at most 10 bits each. Bytes past the end read as zero, checked below.
    bits = int.from_bytes(data[reader.pos - 1:min(end, reader.pos + 600)], "little")
    at = 4
    left = 1 << log
    counts = []
    while left > 0:
        if len(counts) >= max_symbols:
            raise malformed("zstd table with too many symbols")
        width = (left + 1).bit_length()
        value = (bits >> at) & ((1 << width) - 1)
        at += width
        low = value & ((1 << (width - 1)) - 1)
        spare = (1 << width) - 2 - left
        if low < spare:
            value = low
            at -= 1
        elif value >= 1 << (width - 1):
            value -= spare
        count = value - 1
        left -= 1 if count < 0 else count
        counts.append(count)
        if count == 0:
            while True:
                repeat = (bits >> at) & 3
                at += 2
                counts.extend([0] * repeat)
                if len(counts) > max_symbols:
                    raise malformed("zstd table with too many symbols")
                if repeat < 3:
                    break
    if left < 0:
        raise malformed("zstd table does not add up")
    reader.pos -= 1
    reader.take((at + 7) // 8, "zstd table")
    return log, counts


def _fse_table(log, counts):
    """(symbol, bits, base) for each state."""
    size = 1 << log
    symbols = [0] * size
    high = size - 1
    for symbol, count in enumerate(counts):
        if count == -1:
            symbols[high] = symbol
            high -= 1
    step = (size >> 1) + (size >> 3) + 3
    at = 0
    for symbol, count in enumerate(counts):
        for _ in range(count):
            symbols[at] = symbol
            at = (at + step) & (size - 1)
            while at > high:
                at = (at + step) & (size - 1)
    if at != 0:
        raise malformed("zstd table does not add up")
    following = [1 if count == -1 else count for count in counts]
    table = []
    for symbol in symbols:
        state = following[symbol]
        following[symbol] = state + 1
        bits = log + 1 - state.bit_length()
        table.append((symbol, bits, (state << bits) - size))
    return table


def _backwards(data, what):
    """The bits of a stream that is read from its end: one number, and how many bits it has."""
    if not data or data[-1] == 0:
        raise malformed("%s has no end mark" % what)
    return len(data) * 8 - 9 + data[-1].bit_length()


def _huffman_weights(reader):
    head = reader.u8("zstd Huffman table")
    if head >= 128:
        count = head - 127
        packed = reader.take((count + 1) // 2, "zstd Huffman table")
        weights = []
        for byte in packed:
            weights += [byte >> 4, byte & 15]
        return weights[:count]
    part = Reader(reader.take(head, "zstd Huffman table"))
    log, counts = _fse_counts(part, 6, 256)
    table = _fse_table(log, counts)
    stream = part.take(part.left())
    left = _backwards(stream, "zstd Huffman table")
    bits = int.from_bytes(stream, "little") & ((1 << left) - 1)
    states = []
    for _ in (0, 1):
        left -= log
        if left < 0:
            raise malformed("zstd Huffman table is cut short")
        states.append((bits >> left) & ((1 << log) - 1))
    weights = []
    one, two = states
    while True:
        symbol, need, base = table[one]
        weights.append(symbol)
        if len(weights) > 254:
            raise malformed("zstd Huffman table with too many symbols")
        left -= need
        if left < 0:
            weights.append(table[two][0])
            return weights
        one, two = two, base + ((bits >> left) & ((1 << need) - 1))


def _huffman_table(reader):
    """(single, multi, bits): by the next bits of a stream one symbol, or all symbols that these bits hold."""
    weights = _huffman_weights(reader)
    total = sum(1 << (w - 1) for w in weights if w)
    if total == 0 or max(weights) > 12:
        raise malformed("zstd Huffman table is empty or too deep")
    depth = total.bit_length()
    rest = (1 << depth) - total
    if rest & (rest - 1) or depth > 11:
        raise malformed("zstd Huffman table does not add up")
    weights.append(rest.bit_length())
    # A complete code has two or more of the longest words, an even number.
    if len(weights) > 256 or weights.count(1) < 2 or weights.count(1) & 1:
        raise malformed("zstd Huffman table does not add up")
    single = []
    for weight in range(1, depth + 1):
        for symbol, w in enumerate(weights):
            if w == weight:
                single.extend([(symbol, depth + 1 - weight)] * (1 << (weight - 1)))
    multi = []
    mask = (1 << depth) - 1
    for index in range(1 << depth):
        found = bytearray()
        used = 0
        while True:
            symbol, bits = single[(index << used) & mask]
            if used + bits > depth:
                break
            found.append(symbol)
            used += bits
        multi.append((bytes(found), used))
    return single, multi, depth


def _huffman_stream(data, size, table):
    single, multi, depth = table
    mask = (1 << depth) - 1
    _backwards(data, "zstd literals")
    have = data[-1].bit_length() - 1
    bits = data[-1] & ((1 << have) - 1)
    at = len(data) - 1
    out = []
    add = out.append
    while at:
        step = 16 if at >= 16 else at
        bits = (bits & ((1 << have) - 1)) << (8 * step) | int.from_bytes(data[at - step:at], "little")
        have += 8 * step
        at -= step
        while have >= depth:
            found, used = multi[(bits >> (have - depth)) & mask]
            add(found)
            have -= used
    while have:
        # Fewer bits than the longest word: what is not there reads as zero, and must not be used.
        symbol, used = single[(bits << (depth - have)) & mask if have < depth else (bits >> (have - depth)) & mask]
        have -= used
        if have < 0:
            raise malformed("zstd literals end inside a word")
        add(bytes((symbol,)))
    result = b"".join(out)
    if len(result) != size:
        raise malformed("zstd literals yield %d bytes for %d" % (len(result), size))
    return result


def _literals(reader, state):
    head = reader.u8("zstd literals")
    kind, form = head & 3, (head >> 2) & 3
    if kind < 2:
        if form & 1 == 0:
            size = head >> 3
        elif form == 1:
            size = head >> 4 | reader.u8("zstd literals") << 4
        else:
            size = head >> 4 | int.from_bytes(reader.take(2, "zstd literals"), "little") << 4
        if size > MAX_BLOCK:
            raise malformed("zstd literals of %d bytes" % size)
        if kind == 0:
            return bytes(reader.take(size, "zstd literals"))
        return bytes((reader.u8("zstd literals"),)) * size
    more = 2 if form < 2 else form + 1
    width = 10 if form < 2 else 6 + 4 * form
    packed = head | int.from_bytes(reader.take(more, "zstd literals"), "little") << 8
    size = (packed >> 4) & ((1 << width) - 1)
    part = Reader(bytes(reader.take(packed >> (4 + width), "zstd literals")))
    if size > MAX_BLOCK:
        raise malformed("zstd literals of %d bytes" % size)
    if kind == 2:
        state["huffman"] = _huffman_table(part)
    table = state["huffman"]
    if table is None:
        raise malformed("zstd literals use a table that is not there")
    if form == 0:
        return _huffman_stream(part.take(part.left()), size, table)
    lengths = struct.unpack("<3H", part.take(6, "zstd literals"))
    each = (size + 3) // 4
    if 3 * each > size:
        raise malformed("zstd literals of %d bytes in four streams" % size)
    pieces = [_huffman_stream(part.take(length, "zstd literals"), each, table) for length in lengths]
    pieces.append(_huffman_stream(part.take(part.left()), size - 3 * each, table))
    return b"".join(pieces)


def _sequence_table(reader, mode, state, name, max_log, symbols, default, default_log):
    if mode == 0:
        table = _fse_table(default_log, default), default_log
    elif mode == 1:
        symbol = reader.u8("zstd sequences")
        if symbol >= symbols:
            raise malformed("zstd sequences use an unknown code")
        table = [(symbol, 0, 0)], 0
    elif mode == 2:
        log, counts = _fse_counts(reader, max_log, symbols)
        table = _fse_table(log, counts), log
    else:
        table = state[name]
        if table is None:
            raise malformed("zstd sequences use a table that is not there")
    state[name] = table
    return table


def _compressed_block(block, out, state, most):
    reader = Reader(block)
    literals = _literals(reader, state)
    count = reader.u8("zstd sequences")
    if count > 127:
        if count < 255:
            count = ((count - 128) << 8) + reader.u8("zstd sequences")
        else:
            count = int.from_bytes(reader.take(2, "zstd sequences"), "little") + 0x7F00
    if count == 0:
        if reader.left():
            raise malformed("bytes after a zstd block")
        out += literals
        return
    modes = reader.u8("zstd sequences")
    if modes & 3:
        raise malformed("zstd sequences with reserved bits")
    ll_table, ll_log = _sequence_table(reader, modes >> 6, state, "ll", 9, 36, LL_DEFAULT, 6)
    of_table, of_log = _sequence_table(reader, (modes >> 4) & 3, state, "of", 8, 32, OF_DEFAULT, 5)
    ml_table, ml_log = _sequence_table(reader, (modes >> 2) & 3, state, "ml", 9, 53, ML_DEFAULT, 6)
    data = bytes(reader.take(reader.left()))
    _backwards(data, "zstd sequences")
    have = data[-1].bit_length() - 1
    bits = data[-1] & ((1 << have) - 1)
    at = len(data) - 1
    began = len(out)
    lit = 0
    rep1, rep2, rep3 = state["rep"]
    ll_state = of_state = ml_state = -1
    last = count - 1
    for index in range(count):
        if have < 128 and at:  # One sequence takes at most 31 + 16 + 16 bits and 9 + 9 + 8 for the next states.
            step = 64 if at >= 64 else at
            bits = (bits & ((1 << have) - 1)) << (8 * step) | int.from_bytes(data[at - step:at], "little")
            have += 8 * step
            at -= step
        if index == 0:
            have -= ll_log + of_log + ml_log
            if have < 0:
                raise malformed("zstd sequences are cut short")
            ll_state = (bits >> (have + of_log + ml_log)) & ((1 << ll_log) - 1)
            of_state = (bits >> (have + ml_log)) & ((1 << of_log) - 1)
            ml_state = (bits >> have) & ((1 << ml_log) - 1)
        ll_code, ll_need, ll_next = ll_table[ll_state]
        of_code, of_need, of_next = of_table[of_state]
        ml_code, ml_need, ml_next = ml_table[ml_state]
        ml_extra, ll_extra = ML_BITS[ml_code], LL_BITS[ll_code]
        have -= of_code + ml_extra + ll_extra
        if have < 0:
            raise malformed("zstd sequences are cut short")
        extra = bits >> have
        run = LL_BASE[ll_code] + (extra & ((1 << ll_extra) - 1))
        extra >>= ll_extra
        match = ML_BASE[ml_code] + (extra & ((1 << ml_extra) - 1))
        value = (1 << of_code) + ((extra >> ml_extra) & ((1 << of_code) - 1))
        if value > 3:
            offset = value - 3
            rep1, rep2, rep3 = offset, rep1, rep2
        else:
            if run == 0:
                value += 1
            if value == 1:
                offset = rep1
            elif value == 2:
                offset = rep2
                rep1, rep2 = rep2, rep1
            else:
                offset = rep3 if value == 3 else rep1 - 1
                if offset == 0:
                    raise malformed("zstd offset of 0")
                rep1, rep2, rep3 = offset, rep1, rep2
        if index != last:
            have -= ll_need + ml_need + of_need
            if have < 0:
                raise malformed("zstd sequences are cut short")
            extra = bits >> have
            of_state = of_next + (extra & ((1 << of_need) - 1))
            extra >>= of_need
            ml_state = ml_next + (extra & ((1 << ml_need) - 1))
            ll_state = ll_next + ((extra >> ml_need) & ((1 << ll_need) - 1))
        if run:
            if run > len(literals) - lit:
                raise malformed("zstd sequences use more literals than there are")
            out += literals[lit:lit + run]
            lit += run
        start = len(out) - offset
        if start < 0:
            raise malformed("zstd offset from before the beginning")
        if len(out) + match - began > most:
            raise malformed("zstd block yields too much")
        if match <= offset:
            out += out[start:start + match]
        else:
            out += (out[start:] * (match // offset + 1))[:match]
    if have or at:
        raise malformed("zstd sequences leave bits over")
    state["rep"] = (rep1, rep2, rep3)
    out += literals[lit:]


def _zstd_header(reader):
    magic = reader.take(4, "zstd magic")
    if magic != b"\x28\xb5\x2f\xfd":
        if magic[1:] == b"\x2a\x4d\x18" and 0x50 <= magic[0] <= 0x5F:
            raise not_strict("zstd payload starts with a skippable frame")
        raise malformed("payload is not a zstd frame")
    flags = reader.u8("zstd frame header")
    single = flags & 0x20
    if flags & 0x10:
        raise not_strict("zstd frame header has its unused bit set")
    if flags & 0x08:
        raise malformed("zstd frame header has its reserved bit set")
    if flags & 3:
        raise malformed("zstd frame asks for a dictionary")
    if not single:
        window = reader.u8("zstd window")
        base = 1 << (10 + (window >> 3))
        if base + (base >> 3) * (window & 7) > MAX_WINDOW:
            raise over_limit("zstd window exceeds %d bytes" % MAX_WINDOW)
    form = flags >> 6
    if form == 0 and not single:
        raise malformed("zstd frame does not state its content size")
    size = int.from_bytes(reader.take(1 << form, "zstd content size"), "little") + (256 if form == 1 else 0)
    return size, bool(flags & 4)


def zstd_decode(data, limit):
    """Exactly one frame that states its size, which is at most limit."""
    reader = Reader(data)
    size, checked = _zstd_header(reader)
    start = reader.pos
    most = 0
    blocks = []
    while True:
        head = int.from_bytes(reader.take(3, "zstd block header"), "little")
        kind, length = (head >> 1) & 3, head >> 3
        if kind == 3 or length > MAX_BLOCK or (kind == 2 and length < 2):
            raise malformed("zstd block of kind %d and %d bytes" % (kind, length))
        blocks.append((kind, length, reader.pos))
        reader.take(1 if kind == 1 else length, "zstd block")
        most += MAX_BLOCK if kind == 2 else length
        if head & 1:
            break
    stated = int.from_bytes(reader.take(4, "zstd checksum"), "little") if checked else None
    reader.done("the zstd frame")
    if size > most:
        raise malformed("zstd frame states %d bytes, its blocks yield at most %d" % (size, most))
    if size > limit:
        raise over_limit("zstd frame of %d bytes exceeds %d" % (size, limit))
    out = bytearray()
    state = {"huffman": None, "ll": None, "of": None, "ml": None, "rep": (1, 4, 8)}
    for kind, length, at in blocks:
        room = size - len(out)
        if kind == 2:
            _compressed_block(data[at:at + length], out, state, min(MAX_BLOCK, room))
        elif length > room:
            raise malformed("zstd frame yields more than it states")
        else:
            out += data[at:at + length] if kind == 0 else data[at:at + 1] * length
        if len(out) > size:
            raise malformed("zstd frame yields more than it states")
    if len(out) != size:
        raise malformed("zstd frame yields %d bytes and states %d" % (len(out), size))
    result = bytes(out)
    if checked and xxh64(result) & 0xFFFFFFFF != stated:
        raise malformed("zstd checksum is wrong")
    return result


# --------------------------------------------------------------------------------------------------------------- xz


def _crc(data):
    import zlib
    return zlib.crc32(data) & 0xFFFFFFFF


def _xz_size(data):
    """What an .xz payload yields, from its index, confirmed by block and chunk headers before anything is decoded."""
    size = len(data)
    if size < 32 or size % 4 or data[:6] != b"\xfd7zXZ\x00" or data[-2:] != b"YZ":
        raise malformed("payload is not one .xz stream")
    flags = data[6:8]
    checks = {0: 0, 1: 4, 4: 8, 10: 32}
    if flags[0] or flags[1] not in checks or _crc(flags) != struct.unpack("<I", data[8:12])[0]:
        raise malformed(".xz stream header is damaged")
    check = checks[flags[1]]
    footer = data[-12:]
    back = (struct.unpack("<I", footer[4:8])[0] + 1) * 4
    if _crc(footer[4:10]) != struct.unpack("<I", footer[:4])[0] or footer[8:10] != flags or back > size - 24:
        raise malformed(".xz footer is damaged")
    start = size - 12 - back
    index = Reader(data, start, size - 16)
    if _crc(data[start:size - 16]) != struct.unpack("<I", data[size - 16:size - 12])[0] or index.u8() != 0:
        raise malformed(".xz index is damaged")
    records = [(index.uv(), index.uv()) for _ in range(index.count(index.left() // 2, ".xz blocks"))]
    if index.left() > 3 or any(index.take(index.left())):
        raise malformed(".xz index has no end")
    at = 12
    total = 0
    for unpadded, output in records:
        padded = unpadded + -unpadded % 4
        if unpadded < 5 or padded > start - at:
            raise malformed(".xz index lists a block that is not there")
        head = (data[at] + 1) * 4
        if data[at] == 0 or head + check > unpadded:
            raise malformed(".xz block header is not there")
        _xz_block_header(data[at:at + head], unpadded - head - check, output)
        yielded = _xz_chunks(Reader(data, at + head, at + unpadded - check))
        if yielded != output or any(data[at + unpadded - check:at + padded - check]):
            raise malformed(".xz index and block disagree")
        total += output
        at += padded
    if at != start:
        raise not_strict("payload holds more than one .xz stream")
    return total


def _xz_block_header(header, packed, output):
    if _crc(header[:-4]) != struct.unpack("<I", header[-4:])[0]:
        raise malformed(".xz block header is damaged")
    reader = Reader(header, 1, len(header) - 4)
    flags = reader.u8()
    if flags & 0x3C or (flags & 0x40 and reader.uv() != packed) or (flags & 0x80 and reader.uv() != output):
        raise malformed(".xz block header and index disagree")
    for left in range(flags & 3, -1, -1):
        kind = reader.uv()
        properties = reader.lp()
        if (kind == 0x21) != (left == 0):
            raise malformed(".xz block does not end in LZMA2")
        if left == 0:
            if len(properties) != 1 or properties[0] > 40:
                raise malformed(".xz block has broken LZMA2 properties")
            number = properties[0]
            if number == 40 or (2 + (number & 1)) << ((number >> 1) + 11) > MAX_DICTIONARY:
                raise over_limit(".xz dictionary exceeds %d bytes" % MAX_DICTIONARY)
    if any(reader.take(reader.left())):
        raise malformed(".xz block header has bytes after its filters")


def _xz_chunks(reader):
    total = 0
    while True:
        control = reader.u8("LZMA2 chunk")
        if control == 0:
            reader.done("the LZMA2 data")
            return total
        low = int.from_bytes(reader.take(2, "LZMA2 chunk"), "big") + 1
        if control < 0x80:
            if control > 2:
                raise malformed("LZMA2 chunk of an unknown kind")
            reader.take(low, "LZMA2 chunk")
            total += low
        else:
            packed = int.from_bytes(reader.take(2, "LZMA2 chunk"), "big") + 1
            if control >= 0xC0:
                reader.u8("LZMA2 properties")
            if reader.take(packed, "LZMA2 chunk")[0]:
                raise malformed("LZMA2 chunk does not begin with a zero")
            total += ((control & 0x1F) << 16) + low


def xz_decode(data, limit):
    size = _xz_size(data)
    if size > limit:
        raise over_limit(".xz stream of %d bytes exceeds %d" % (size, limit))
    if lzma is None:
        raise Fail("capability/missing", "this Python was built without lzma, which an xz payload needs")
    try:
        decoder = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=MAX_DICTIONARY + 16 * MIB)
        result = decoder.decompress(data, max_length=size + 1)
    except lzma.LZMAError as error:
        raise malformed("xz payload: %s" % error)
    if not decoder.eof or decoder.unused_data or len(result) != size:
        raise malformed("xz payload does not decode to what it states")
    return result


# -------------------------------------------------------------------------------------------------------- container


def run_backend(backend, payload, limit):
    if backend == 0:
        return xz_decode(payload, limit)
    if backend == 1:
        return zstd_decode(payload, limit)
    if backend != 2:
        raise malformed("unknown backend %d" % backend)
    if len(payload) > limit:
        raise over_limit("stored payload of %d bytes exceeds %d" % (len(payload), limit))
    return bytes(payload)


class Streams:
    """A stream set: named payloads, all decoded. A stream that is not there reads as empty."""

    def __init__(self, reader, limit):
        count = reader.count(256, "number of streams")
        self.found = {}
        self.names = []
        room = limit
        for _ in range(count):
            name = reader.lp("stream name")
            if not 1 <= len(name) <= 31 or not all(32 <= byte < 127 for byte in name):
                raise not_strict("a stream name is not 1 to 31 characters of ASCII")
            name = name.decode("ascii")
            if name in self.found:
                raise not_strict("two streams are called %s" % name)
            backend = reader.u8("stream backend")
            data = run_backend(backend, reader.lp("stream payload"), room)
            room -= len(data)
            self.found[name] = data
            self.names.append(name)

    def raw(self, name):
        return self.found.get(name, b"")

    def reader(self, name):
        return Reader(self.raw(name))

    def cells(self, name):
        return Cells(self.raw(name), name)


class Cells:
    """Cells with line feeds between, one after the other; no bytes at all are one empty cell."""

    __slots__ = ("data", "pos", "name")

    def __init__(self, data, name):
        self.data = data
        self.pos = 0
        self.name = name

    def next(self):
        start = self.pos
        if start < 0:
            raise malformed("stream %s has too few cells" % self.name)
        end = self.data.find(b"\n", start)
        if end < 0:
            self.pos = -1
            return self.data[start:]
        self.pos = end + 1
        return self.data[start:end]


def split_cells(data):
    return data.split(b"\n")


def check_trailer(digest, trailer):
    if digest != trailer[:32]:
        raise Fail("container/digest-mismatch", "output does not have the digest of the trailer")


def cut_trailer(data):
    if data[:3] != b"AT1":
        raise malformed("not an AT-1 container")
    if len(data) < 5 + TRAILER or data[-4:] != TRAILER_MAGIC:
        raise Fail("container/trailer-missing", "container without integrity trailer")
    return data[-TRAILER:]


def check_codec(codec):
    if 12 < codec < 255:
        raise malformed("unknown codec %d" % codec)


def decode_container(data, limit=MAX_OUTPUT, whole_only=False):
    """The output of a container in memory; everything about it is checked. Not for bundles."""
    if len(data) >= 4 and data[:3] == b"AT1" and data[3] not in (2, 3):
        raise malformed("unknown mode %d" % data[3])
    if len(data) >= 5 and data[:5] == b"AT1\x02\x0c":
        raise Fail("container/unsupported", "a bundle has several outputs")
    trailer = cut_trailer(data)
    end = len(data) - TRAILER
    codec = data[4]
    check_codec(codec)
    if data[3] == 3:
        if whole_only:
            raise not_strict("stream container where a whole one is expected")
        out = Out(limit)
        reader = Reader(data, 5, end)
        reader.uv("hint")
        while reader.left():
            length = frame_length(reader.uv("frame length"))
            out.add(decode_frame(codec, reader.take(length, "frame"), limit - out.size, reader.left() == 0))
        output = out.bytes()
    elif codec == 255:
        if end < 6:
            raise malformed("container without a backend")
        output = run_backend(data[5], data[6:end], limit)
    else:
        output = run_codec(codec, Reader(data, 5, end), limit)
    check_trailer(hashlib.sha256(output).digest(), trailer)
    return output


def frame_length(length):
    if length < 2:
        raise malformed("frame of %d bytes" % length)
    if length > MAX_FRAME:
        raise over_limit("frame of %d bytes exceeds %d" % (length, MAX_FRAME))
    return length


def decode_frame(codec, frame, limit, last):
    limit = min(limit, MAX_FRAME_OUTPUT)
    if frame[0] > 1:
        raise not_strict("frame method %d" % frame[0])
    if frame[0] == 0:
        if codec >= 12:
            raise malformed("codec frame under codec %d" % codec)
        return run_codec(codec, Reader(frame, 1), limit)
    if frame[1] == 1 and last and len(frame) >= 10 and 0x50 <= frame[2] <= 0x5F and frame[3:6] == b"\x2a\x4d\x18":
        # Notes for other readers, as the very last frame: no output.
        if int.from_bytes(frame[6:10], "little") != len(frame) - 10:
            raise not_strict("bytes after a skippable frame")
        return b""
    return run_backend(frame[1], frame[2:], limit)


def run_codec(codec, reader, limit):
    # Streams are a model of the output and seldom larger; all of them together have this much room.
    streams = Streams(reader, min(MAX_OUTPUT, 2 * limit + MIB))
    reader.done("the stream set")
    out = Out(limit)
    CODECS[codec](streams, out)
    return out.bytes()


# ----------------------------------------------------------------------------------------------------------- codecs


def line_codec(streams, flags, lines, final, out, structured, cells=None):
    """What line codecs share: verbatim lines, line feeds between lines, and the final one."""
    if len(flags) < lines:
        raise malformed("%d lines with %d flags" % (lines, len(flags)))
    verbatim = cells or streams.cells("verbatim")
    for index, flag in enumerate(flags[:lines]):
        if index:
            out.add(b"\n")
        if flag == 0:
            out.add(verbatim.next())
        else:
            structured(flag)
    if final:
        out.add(b"\n")


def lines_meta(meta):
    """Number of lines and the final-newline flag."""
    lines = meta.uv("lines")
    return lines, flag_of(meta)


def flag_of(meta):
    return meta.u8("flag") != 0


def flag_that_is_one(meta):
    """The codecs json and osm: any other number than 1 means no."""
    return meta.u8("flag") == 1


def decode_log(streams, out):
    meta = streams.reader("meta")
    lines, final = lines_meta(meta)
    meta.done("meta")
    templates = [template.split(b"\0") for template in split_cells(streams.raw("templates"))]
    tids = streams.reader("tids")
    cells = streams.cells("vars")

    def structured(_flag):
        parts = pick(templates, tids.uv("template"), "template")
        out.add(parts[0])
        for part in parts[1:]:
            out.add(cells.next())
            out.add(part)

    line_codec(streams, streams.raw("flags"), lines, final, out, structured)


def pick(items, index, what):
    if index >= len(items):
        raise malformed("%s %d of %d" % (what, index, len(items)))
    return items[index]


def decode_ssh(streams, out):
    meta = streams.reader("meta")
    lines, final = lines_meta(meta)
    meta.done("meta")
    columns = [streams.cells(name) for name in ("months", "days", "times", "hosts")]
    templates = [template.split(b"<*>") for template in split_cells(streams.raw("templates"))]
    pids, tids = streams.reader("pids"), streams.reader("template_ids")
    variables, messages = streams.cells("vars"), streams.cells("rawmsgs")

    def structured(flag):
        out.add(b" ".join([column.next() for column in columns]))
        out.add(b" sshd[%d]: " % pids.uv("pid"))
        if flag != 2:
            out.add(messages.next())
            return
        parts = pick(templates, tids.uv("template"), "template")
        cell = variables.next()
        values = cell.split(b"\0")
        out.add(parts[0])
        for index, part in enumerate(parts[1:]):
            out.add(values[index] if index < len(values) else b"")
            out.add(part)

    line_codec(streams, streams.raw("flags"), lines, final, out, structured)


# Columns of codec 4. Each is a generator, so that a long column is never in memory as a list.


def checked_i64(value):
    if not -(1 << 63) <= value < 1 << 63:
        raise malformed("a number leaves 64 bits")
    return value


def decimal(value, scale):
    if scale is None:
        return b"%d" % value
    digits = b"%0*d" % (scale + 1, abs(value))
    cut = len(digits) - scale
    return (b"-" if value < 0 else b"") + digits[:cut] + b"." + digits[cut:]


def scale_of(reader):
    scale = reader.u8("scale")
    if scale > 18:
        raise malformed("decimal scale %d" % scale)
    return scale


def deltas(reader, scale):
    value = 0
    while reader.left():
        value = checked_i64(value + reader.sv())
        yield decimal(value, scale)


def text_column(data):
    cells = Cells(data, "values")
    while cells.pos >= 0:
        yield cells.next()


def numexc_column(data):
    reader = Reader(data)
    kind = reader.u8("column")
    if kind > 1:
        raise malformed("column of exceptions to kind %d" % kind)
    scale = scale_of(reader) if kind else None
    count = reader.count(8 * len(data), "values")
    bits = reader.take((count + 7) // 8, "bits")
    exceptions = [reader.lp() for _ in range(reader.count(min(count, reader.left()), "exceptions"))]
    used = 0
    numbers = deltas(reader, scale)
    for index in range(count):
        if bits[index >> 3] >> (index & 7) & 1:
            value = next(numbers, None)
            if value is None:
                raise malformed("column has too few numbers")
            yield value
        else:
            yield pick(exceptions, used, "exception")
            used += 1


def dict_column(data):
    reader = Reader(data)
    count = reader.count(len(data), "values")
    words = [reader.lp() for _ in range(reader.count(reader.left(), "dictionary"))]
    for _ in range(count):
        yield pick(words, reader.uv("dictionary index"), "dictionary entry")


def shuf_column(data):
    reader = Reader(data)
    count = reader.uv("values")
    least = reader.sv("minimum")
    width = reader.u8("width")
    if not 1 <= width <= 8 or count * width > reader.left():
        raise malformed("column of %d bytes for %d values of width %d" % (reader.left(), count, width))
    planes = [reader.take(count) for _ in range(width)]
    for index in range(count):
        value = 0
        for shift, plane in enumerate(planes):
            value |= plane[index] << (8 * shift)
        yield b"%d" % checked_i64(least + value)


class Columns:
    def __init__(self, types, parts):
        self.types = types
        self.parts = parts
        self.listed = {}
        self.room = 1 << 24

    def column(self, index):
        kind, data = self.types[index], self.parts[index]
        if kind == 0:
            return text_column(data)
        if kind == 1:
            return deltas(Reader(data), None)
        if kind == 2:
            reader = Reader(data)
            return deltas(reader, scale_of(reader)) if data else iter(())
        if kind == 3:
            return numexc_column(data)
        if kind == 4:
            return self.derived(index, data)
        if kind == 5:
            return dict_column(data)
        if kind == 6:
            return shuf_column(data)
        return iter(())

    def values(self, index):
        """The column as a list: the source of derived ones. All such lists together have a bound."""
        if index not in self.listed:
            found = []
            for value in self.column(index):
                found.append(value)
                self.room -= 1
                if self.room < 0:
                    raise over_limit("derived columns hold too many values")
            self.listed[index] = found
        return self.listed[index]

    def derived(self, index, data):
        reader = Reader(data)
        source = reader.uv("source column")
        if source >= index:
            raise malformed("column %d is derived from column %d" % (index, source))
        words = [reader.lp() for _ in range(reader.count(reader.left(), "map"))]
        # From the lowest column on, so that a long chain needs no deep recursion.
        if source not in self.listed:
            chain = [source]
            while self.types[chain[-1]] == 4 and chain[-1] not in self.listed:
                deeper = Reader(self.parts[chain[-1]]).uv("source column")
                if deeper >= chain[-1]:
                    raise malformed("column %d is derived from column %d" % (chain[-1], deeper))
                chain.append(deeper)
            for step in reversed(chain):
                self.values(step)
        numbers = {}
        for value in self.listed[source]:
            number = numbers.setdefault(value, len(numbers))
            yield pick(words, number, "map entry")


def decode_columnar(streams, out):
    meta = streams.reader("meta")
    rows, final = lines_meta(meta)
    has_header = flag_of(meta)
    delimiter = meta.lp("delimiter")
    lengths = streams.reader("col_index")
    count = meta.count(lengths.left() + 1, "columns")
    meta.done("meta")
    types = streams.raw("coltypes")
    modes = streams.raw("quotemodes")
    if count and (len(types) != count or len(modes) != count):
        raise malformed("%d columns with %d types and %d quote modes" % (count, len(types), len(modes)))
    values = streams.reader("values")
    parts = [values.take(lengths.uv("column length"), "column") for _ in range(count)]
    table = Columns(types, parts)
    columns = [table.column(index) for index in range(count)]
    row_modes = streams.raw("row_modes")
    field_counts = streams.reader("fieldcounts")
    if len(row_modes) < rows:
        raise malformed("%d rows with %d modes" % (rows, len(row_modes)))
    row_modes = row_modes[:rows]
    cells = [0] * count
    fields = []
    for mode in row_modes:
        if mode:
            found = field_counts.count(count, "cells of a row")
            fields.append(found)
            if found:
                cells[found - 1] += 1
    # Column i has a cell in every row of more than i cells.
    for index in range(count - 2, -1, -1):
        cells[index] += cells[index + 1]
    bits = streams.reader("quotebits")
    quoted = []
    for index, mode in enumerate(modes[:count]):
        quoted.append(mode == 1 if mode < 2 else bits.take((cells[index] + 7) // 8, "quote bits"))
    used = [0] * count
    verbatim = streams.cells("verbatim")
    if has_header:
        out.add(streams.raw("header"))
    first = not has_header
    row = 0
    for mode in row_modes:
        if not first:
            out.add(b"\n")
        first = False
        if mode == 0:
            out.add(verbatim.next())
            continue
        for index in range(fields[row]):
            value = next(columns[index], None)
            if value is None:
                raise malformed("column %d has too few values" % index)
            if index:
                out.add(delimiter)
            quote = quoted[index]
            if not isinstance(quote, bool):
                place = used[index]
                used[index] = place + 1
                quote = quote[place >> 3] >> (place & 7) & 1
            out.add(b'"' + value.replace(b'"', b'""') + b'"' if quote else value)
        row += 1
    if final:
        out.add(b"\n")


class Groups:
    """Blocks of codecs 7 and 8: the cells of a column for a group of rows; loaded group by group."""

    def __init__(self, streams, prefix, types, rows, limit):
        self.types = types
        self.rows = rows
        self.index = streams.reader(prefix + "index")
        self.blocks = streams.reader(prefix + "blocks")
        self.limit = limit
        self.row = 0
        self.cells = []

    def next_row(self):
        place = self.row % self.rows
        if place == 0:
            room = self.limit
            loaded = []
            for kind in self.types:
                length = self.index.uv("block length")
                if kind == 1:
                    self.index.sv()
                    self.index.sv()
                elif kind == 2:
                    self.index.take(16, "zone map")
                block = self.blocks.take(length, "block")
                if len(block) < 1:
                    raise malformed("empty block")
                if block[0] > 1:
                    raise not_strict("block of kind %d" % block[0])
                data = run_backend(block[0], block[1:], room)
                room -= len(data)
                loaded.append(Cells(data, "blocks"))
            self.cells = loaded
        self.row += 1
        return [cell.next() for cell in self.cells]


def groups_meta(meta, streams, prefix, limit):
    """The end of meta that codecs 7 and 8 share: rows of a group, rows, groups, types."""
    count = meta.count(meta.left(), "columns")
    size = meta.uv("rows of a group")
    rows = meta.uv("rows")
    groups = meta.uv("groups")
    if size == 0 or groups != -(-rows // size):
        raise malformed("%d rows in %d groups of %d" % (rows, groups, size))
    types = meta.take(count, "column types")
    meta.done("meta")
    return count, rows, Groups(streams, prefix, types, size, limit)


def decode_qcolumnar(streams, out):
    meta = streams.reader("meta")
    lines, final = lines_meta(meta)
    delimiter = meta.lp("delimiter")
    _count, rows, groups = groups_meta(meta, streams, "", out.limit)
    flags = streams.raw("row_modes")
    if len(flags) - flags.count(0) != rows:
        raise malformed("%d rows with another number of modes" % rows)
    line_codec(streams, flags, lines, final, out, lambda _flag: out.add(delimiter.join(groups.next_row())))


def decode_qjson(streams, out, prefix=""):
    meta = streams.reader(prefix + "meta")
    lines, final = lines_meta(meta)
    count, rows, groups = groups_meta(meta, streams, prefix, out.limit)
    template = streams.reader(prefix + "template")
    if template.uv("segments") != count + 1:
        raise malformed("template does not fit %d columns" % count)
    segments = [template.lp("segment") for _ in range(count + 1)]
    template.done("the template")
    flags = streams.raw(prefix + "row_modes")
    if len(flags) - flags.count(0) != rows:
        raise malformed("%d rows with another number of modes" % rows)

    def structured(_flag):
        out.add(segments[0])
        for value, segment in zip(groups.next_row(), segments[1:]):
            out.add(value)
            out.add(segment)

    line_codec(streams, flags, lines, final, out, structured, streams.cells(prefix + "verbatim"))


def decode_qjson2(streams, out):
    meta = streams.reader("meta")
    lines, final = lines_meta(meta)
    count = meta.count(64, "templates")
    meta.done("meta")
    line_map = streams.reader("line_map")
    if lines > line_map.left():
        raise malformed("%d lines in a map of %d bytes" % (lines, line_map.left()))
    sources = [streams.cells("verbatim")]
    for index in range(count):
        part = Out(out.limit)
        decode_qjson(streams, part, "t%d:" % index)
        sources.append(Cells(part.bytes(), "t%d" % index))
    for line in range(lines):
        if line:
            out.add(b"\n")
        out.add(pick(sources, line_map.uv("template"), "template").next())
    line_map.done("the line map")
    if final and lines:
        out.add(b"\n")


MAX_DEPTH = 8192


def decode_json(streams, out):
    meta = streams.reader("meta")
    lines = meta.uv("lines")
    final = flag_that_is_one(meta)
    meta.done("meta")
    keys = split_cells(streams.raw("keyvocab"))
    index = streams.reader("value_index")
    values = streams.reader("values")
    columns = []
    for number in range(index.count(index.left(), "columns")):
        if number and values.take(1, "separator") != b"\n":
            raise malformed("columns without a line feed between")
        columns.append(Cells(values.take(index.uv("column length"), "column"), "values"))
    rules_in = streams.reader("rules")
    rules = []
    for _ in range(rules_in.count(rules_in.left(), "rules")):
        literals = [rules_in.lp("literal") for _ in range(rules_in.count(rules_in.left(), "literals"))]
        sources = [rules_in.uv("source") for _ in range(rules_in.count(rules_in.left(), "sources"))]
        if len(literals) != len(sources) + 1:
            raise malformed("rule of %d literals for %d sources" % (len(literals), len(sources)))
        rules.append((literals, sources))
    tape = streams.reader("tape")
    last = {}

    def structured(_flag):
        # Open objects and arrays: [members left, closing byte]; deep nesting is data, not recursion.
        stack = []
        while True:
            kind = tape.u8("tape")
            if kind == 0:
                column = tape.uv("column")
                value = pick(columns, column, "column").next()
                last[column] = value
                out.add(value)
            elif kind < 3:
                if len(stack) + 1 >= MAX_DEPTH:
                    raise over_limit("values nested deeper than %d" % MAX_DEPTH)
                count = tape.count(tape.left(), "members")
                out.add(b"{" if kind == 1 else b"[")
                stack.append([count, b"}" if kind == 1 else b"]", True])
            elif kind == 3:
                literals, sources = pick(rules, tape.uv("rule"), "rule")
                out.add(b'"' + literals[0])
                for source, literal in zip(sources, literals[1:]):
                    if source not in last:
                        raise malformed("a rule uses a column before its first value")
                    value = last[source]
                    if len(value) > 1 and value[:1] == b'"' and value[-1:] == b'"':
                        value = value[1:-1]
                    out.add(value)
                    out.add(literal)
                out.add(b'"')
            else:
                raise malformed("tape has the unknown mark %d" % kind)
            while stack and stack[-1][0] == 0:
                out.add(stack.pop()[1])
            if not stack:
                return
            top = stack[-1]
            top[0] -= 1
            if not top[2]:
                out.add(b",")
            top[2] = False
            if top[1] == b"}":
                out.add(pick(keys, tape.uv("key"), "key"))
                out.add(b":")

    line_codec(streams, streams.raw("flags"), lines, final, out, structured)


def decode_jsondoc(streams, out):
    meta = streams.reader("meta")
    mode = meta.u8("mode")
    if mode > 1:
        raise not_strict("mode %d" % mode)
    if mode == 0:
        out.add(streams.raw("raw"))
        return
    index = streams.reader("value_index")
    values = streams.reader("values")
    columns = []
    for _ in range(index.count(index.left(), "columns")):
        columns.append(Cells(values.take(index.uv("column length"), "column"), "values"))
    ids = streams.reader("colids")
    parts = split_by(streams.raw("skeleton"), 0)
    out.add(next(parts))
    for part in parts:
        out.add(pick(columns, ids.uv("column"), "column").next())
        out.add(part)


def split_by(data, byte):
    start = 0
    while True:
        end = data.find(bytes((byte,)), start)
        if end < 0:
            yield data[start:]
            return
        yield data[start:end]
        start = end + 1


def timestamp(seconds):
    days, rest = divmod(seconds, 86400)
    # Days since 1970-01-01 to a date of the Gregorian calendar, counted in years that begin in March.
    days += 719468
    era, day = divmod(days, 146097)
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153
    day = day - (153 * month + 2) // 5 + 1
    year += 400 * era + (1 if month > 9 else 0)
    month += 3 if month < 10 else -9
    if not 0 <= year <= 9999:
        raise malformed("a timestamp is out of range")
    return b"%04d-%02d-%02dT%02d:%02d:%02dZ" % (year, month, day, rest // 3600, rest // 60 % 60, rest % 60)


def coordinate(value):
    whole, part = divmod(abs(value), 10 ** 7)
    text = b"%d" % whole
    if part:
        text += b"." + (b"%07d" % part).rstrip(b"0")
    return (b"-" if value < 0 else b"") + text


def nul_strings(reader, what):
    count = reader.count(reader.left(), what)
    found = reader.take(reader.left()).split(b"\0", count)
    if len(found) != count + 1:
        raise malformed("%s are not %d strings" % (what, count))
    return found[:count]


class Running:
    """Signed differences, each to the value before."""

    def __init__(self, reader):
        self.reader = reader
        self.value = 0

    def next(self):
        self.value = checked_i64(self.value + self.reader.sv())
        return self.value


OSM_KINDS = (b"node", b"way", b"relation")


def decode_osm(streams, out):
    meta = streams.reader("meta")
    final = flag_that_is_one(meta)
    meta.done("meta")
    keys = nul_strings(streams.reader("tag_keys"), "tag keys")
    roles = nul_strings(streams.reader("roles"), "roles")
    verbatim = streams.reader("verbatim")
    sources = []
    for letter in "nwr":
        source = {name: Running(streams.reader(letter + "_" + name)) for name in ("id", "ts", "lat", "lon", "ndref", "memref")}
        for name in ("ver", "tagcnt", "tagkey", "tagval", "ndcnt", "memcnt", "memtype", "memrole"):
            source[name] = streams.reader(letter + "_" + name)
        sources.append(source)
    for number, opcode in enumerate(streams.raw("opcodes")):
        if number:
            out.add(b"\n")
        if opcode == 0:
            out.add(verbatim.lp("verbatim"))
            continue
        if opcode > 3:
            raise not_strict("opcode %d" % opcode)
        kind, source = OSM_KINDS[opcode - 1], sources[opcode - 1]
        identity, version = source["id"].next(), source["ver"].uv("version")
        out.add(b'  <%s id="%d" version="%d" timestamp="%s"' % (kind, identity, version, timestamp(source["ts"].next())))
        if opcode == 1:
            out.add(b' lat="%s"' % coordinate(source["lat"].next()))
            out.add(b' lon="%s"' % coordinate(source["lon"].next()))
        inner = 0
        if opcode == 2:
            inner = source["ndcnt"].count(source["ndref"].reader.left(), "nodes")
        elif opcode == 3:
            inner = source["memcnt"].count(source["memref"].reader.left(), "members")
        tags = source["tagcnt"].count(source["tagkey"].left(), "tags")
        if inner + tags == 0:
            out.add(b"/>")
            continue
        out.add(b">")
        for _ in range(inner):
            if opcode == 2:
                out.add(b'\n    <nd ref="%d"/>' % source["ndref"].next())
                continue
            member = pick(OSM_KINDS, source["memtype"].uv("member type"), "member type")
            reference = source["memref"].next()
            role = pick(roles, source["memrole"].uv("role"), "role")
            out.add(b'\n    <member type="%s" ref="%d" role="%s"/>' % (member, reference, role))
        for _ in range(tags):
            key = pick(keys, source["tagkey"].uv("tag key"), "tag key")
            out.add(b'\n    <tag k="%s" v="%s"/>' % (key, source["tagval"].lp("tag value")))
        out.add(b"\n  </%s>" % kind)
    if final:
        out.add(b"\n")


def decode_vcf(streams, out):
    meta = streams.reader("meta")
    lines, final = lines_meta(meta)
    samples = meta.uv("samples")
    delta = flag_of(meta)
    default = meta.lp("genotype") + b"\t"
    words = [meta.lp("genotype") for _ in range(meta.count(meta.left(), "vocabulary"))]
    meta.done("meta")
    names = ("chrom", "pos", "id", "ref", "alt", "qual", "filter", "info", "format")
    columns = [streams.cells(name) for name in names]
    positions = Running(streams.reader("pos"))
    genotypes = streams.reader("gt")

    def structured(_flag):
        for index, column in enumerate(columns):
            out.add(b"%d\t" % positions.next() if delta and index == 1 else column.next() + b"\t")
        exceptions = {}
        sample = 0
        for _ in range(genotypes.count(genotypes.left(), "exceptions")):
            sample += genotypes.uv("sample step")
            if sample >= samples:
                raise malformed("sample %d of %d" % (sample, samples))
            exceptions[sample] = pick(words, genotypes.uv("genotype"), "genotype")
        line = Out(out.limit - out.size + 1)
        at = 0
        for sample, word in exceptions.items():
            line.times(default, sample - at)
            line.add(word + b"\t")
            at = sample + 1
        line.times(default, samples - at)
        out.add(line.bytes()[:-1])

    line_codec(streams, streams.raw("flags"), lines, final, out, structured)


def lanes_sum(data, width, step):
    """Running sums of little-endian words of 1 or 2 bytes, each added to the one `step` words before it."""
    if width == 1:
        words, mask = bytearray(data), 0xFF
    else:
        words, mask = list(struct.unpack("<%dH" % (len(data) // 2), data)), 0xFFFF
    for index in range(step, len(words)):
        words[index] = (words[index] + words[index - step]) & mask
    return bytes(words) if width == 1 else struct.pack("<%dH" % len(words), *words)


def decode_dicom(streams, out):
    meta = streams.reader("meta")
    mode = meta.u8("mode")
    if mode > 1:
        raise not_strict("mode %d" % mode)
    if mode == 0:
        out.add(streams.raw("raw"))
        return
    transform, decode_class = meta.u8("transform"), meta.u8("decode class")
    rows, columns, samples, bits = [meta.uv("image") for _ in range(4)]
    pad = meta.lp("pad")
    meta.done("meta")
    if transform > 3:
        raise malformed("transform %d" % transform)
    if decode_class:
        raise Fail("container/unsupported", "pixels that need an image codec")
    width = 1 if bits == 8 else 2
    pixels = streams.raw("pix")
    if transform and rows * columns * samples * width != len(pixels):
        raise malformed("pixels of %d bytes do not fit the image" % len(pixels))
    if transform == 3 and width != 2:
        raise malformed("byte planes of single bytes")
    if pixels and transform == 1:
        row = columns * samples * width
        pixels = b"".join(lanes_sum(pixels[at:at + row], width, 1) for at in range(0, len(pixels), row))
    elif pixels and transform == 2:
        pixels = lanes_sum(pixels, width, columns * samples)
    elif pixels and transform == 3:
        half = len(pixels) // 2
        both = bytearray(len(pixels))
        both[1::2] = pixels[:half]
        both[0::2] = pixels[half:]
        pixels = bytes(both)
    out.add(streams.raw("pre"))
    out.add(pixels)
    out.add(pad)
    out.add(streams.raw("suf"))


def decode_embed(streams, out):
    meta = streams.reader("meta")
    width = meta.uv("width")
    if not 1 <= width <= 32:
        raise malformed("element width %d" % width)
    header = meta.lp("header")
    count = meta.uv("elements")
    meta.done("meta")
    data = streams.raw("data")
    if width * count != len(data):
        raise malformed("%d elements of %d bytes in %d bytes" % (count, width, len(data)))
    out.add(header)
    both = bytearray(len(data))
    for plane in range(width):
        both[plane::width] = data[plane * count:(plane + 1) * count]
    out.add(bytes(both))


CODECS = {
    0: decode_ssh, 1: decode_json, 2: decode_osm, 3: decode_log, 4: decode_columnar, 5: decode_vcf, 6: decode_jsondoc,
    7: decode_qcolumnar, 8: decode_qjson, 9: decode_dicom, 10: decode_embed, 11: decode_qjson2,
}


# ----------------------------------------------------------------------------------------------------------- bundle


def no_twice(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise malformed("bundle manifest has a key twice")
    return found


def bundle_name_problem(name):
    if not isinstance(name, str) or name == "":
        return "is empty"
    if len(name.encode("utf-8", "surrogatepass")) > 511:
        return "is too long"
    if name[0] == "/" or "\\" in name or ":" in name:
        return "is not a relative path"
    if HIDDEN.search(name):
        return "has an invisible character"
    for part in name.split("/"):
        if part in ("", ".", ".."):
            return "has an empty part or dots"
        # Windows drops these, so that two names would be one file, or one of them .git.
        if part[-1] in ". ":
            return "has a part that ends in a dot or a space"
        if part.lower() in (".git", "git~1"):
            return "has a part that git takes for its own folder"
    return None


def refuse_twins(paths, error):
    """No path twice, none a folder of another, where letter case and Unicode form are ignored."""
    seen = set()
    folders = set()
    for path in paths:
        folded = unicodedata.normalize("NFC", path.lower().upper().lower())
        if folded in seen:
            raise error("two files are called %s" % path)
        seen.add(folded)
        parts = folded.split("/")
        for end in range(1, len(parts)):
            folders.add("/".join(parts[:end]))
    for path in folders & seen:
        raise error("%s is a file and a folder" % path)


def refuse_depth(text):
    """Lists and objects at most 64 deep, in JSON without escapes."""
    depth = 0
    for token in re.findall(r'"[^"]*"|[\[{}\]]', text):
        if token in "[{":
            depth += 1
            if depth > 64:
                raise malformed("bundle manifest is nested too deep")
        elif token in "]}":
            depth -= 1


def no_constant(word):
    raise ValueError("%s is no JSON" % word)


def decode_bundle(data):
    """Names and contents of the entries, all decoded and checked before anything is handed out."""
    reader = Reader(data, 5)
    streams = Streams(reader, MAX_OUTPUT)
    reader.done("the bundle")
    if not streams.names or streams.names[-1] != "manifest":
        raise not_strict("the manifest of a bundle is not its last stream")
    text = streams.raw("manifest")
    if b"\\" in text:
        raise malformed("bundle manifest has an escape")
    try:
        plain = text.decode("utf-8")
        refuse_depth(plain)
        # Python refuses to make an integer of thousands of digits.
        entries = json.loads(plain, object_pairs_hook=no_twice, parse_constant=no_constant, parse_int=float)
    except ValueError:
        raise malformed("bundle manifest is not JSON")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise malformed("bundle manifest is not a list of entries")
    if sorted(streams.names) != sorted(["manifest"] + ["e%d" % index for index in range(len(entries))]):
        raise malformed("bundle manifest does not name the entries that are there")
    for entry in entries:
        problem = bundle_name_problem(entry.get("name"))
        if problem:
            raise malformed("a name in the bundle %s" % problem)
    if re.findall(r'"name":(?: *"([^"]*)")?', plain) != [entry["name"] for entry in entries]:
        raise not_strict("names in the bundle can be read in two ways")
    refuse_twins([entry["name"] for entry in entries], malformed)
    files = []
    room = MAX_OUTPUT
    for index, entry in enumerate(entries):
        inner = streams.raw("e%d" % index)
        if inner[:5] == b"AT1\x02\x0c":
            raise malformed("a bundle inside a bundle")
        content = decode_container(inner, room)
        room -= len(content)
        if "size" in entry and (isinstance(entry["size"], bool) or entry["size"] != len(content)):
            raise malformed("%s has %d bytes, not those that the bundle states" % (entry["name"], len(content)))
        if "sha256" in entry and entry["sha256"] != hashlib.sha256(content).hexdigest():
            raise Fail("container/digest-mismatch", "%s has another digest than the bundle states" % entry["name"])
        files.append((entry["name"], content))
    return files


# ------------------------------------------------------------------------------------------ transforms of a segment


def transform_error(message):
    return Fail("transform/malformed", message)


RANS_BLOCK = 65536
LANE_CHUNK = 1 << 16


def _rans_table(reader):
    symbols, frequencies, offsets = [], [], []
    value = 0
    while value < 256:
        frequency = reader.count(4095, "frequency")
        if frequency == 0:
            value += 1 + reader.count(255 - value, "run of unused values")
            continue
        if len(symbols) + frequency > 4096:
            raise transform_error("frequencies exceed 4096")
        symbols += [value] * frequency
        frequencies += [frequency] * frequency
        offsets += range(frequency)
        value += 1
    if len(symbols) != 4096:
        raise transform_error("frequencies sum to %d" % len(symbols))
    return bytes(symbols), frequencies, offsets


def _rans_block(reader, size, table):
    symbols, frequencies, offsets = table
    count = reader.count(reader.left() // 2, "words")
    states = list(struct.unpack("<4I", reader.take(16, "states")))
    words = struct.unpack("<%dH" % count, reader.take(2 * count, "words"))
    if min(states) < 65536:
        raise transform_error("a state is below 65536")
    out = bytearray(size)
    at = 0
    try:
        for index in range(size):
            lane = index & 3
            state = states[lane]
            place = state & 4095
            out[index] = symbols[place]
            state = frequencies[place] * (state >> 12) + offsets[place]
            if state < 65536:
                state = state << 16 | words[at]
                at += 1
                if state < 65536:
                    raise transform_error("a state is below 65536")
            states[lane] = state
    except IndexError:
        raise transform_error("code ends early")
    if at != count or states != [65536] * 4:
        raise transform_error("code does not end where it began")
    return out


def _plane(reader, size):
    coder = reader.u8("coder")
    length = reader.length("plane")
    part = Reader(reader.take(length), error=transform_error)
    if coder == 0:
        if length != size:
            raise transform_error("stored plane of %d bytes for %d" % (length, size))
        return part.take(size)
    if coder == 2:
        try:
            plane = zstd_decode(part.data, size)
        except Fail as error:
            raise transform_error("plane: %s" % error)
        if len(plane) != size:
            raise transform_error("plane of %d bytes for %d" % (len(plane), size))
        return plane
    if coder != 1:
        raise transform_error("unknown coder %d" % coder)
    out = bytearray()
    table = None
    while len(out) < size:
        block = min(RANS_BLOCK, size - len(out))
        kind = part.u8("block")
        if kind == 0:
            out += part.take(block, "block")
        elif kind == 2:
            out += bytes((part.u8("run"),)) * block
        elif kind == 1 or kind == 3:
            if kind == 1:
                table = _rans_table(part)
            if table is None:
                raise transform_error("a block uses a table that is not there")
            out += _rans_block(part, block, table)
        else:
            raise transform_error("block of kind %d" % kind)
    if part.left():
        raise transform_error("%d bytes after a plane" % part.left())
    return bytes(out)


def _lanes(width, count):
    """For `count` elements side by side in one number: 1 in each, the high bit of each."""
    ones = int.from_bytes((b"\x01" + bytes(width - 1)) * count, "little")
    return ones, ones << (8 * width - 1)


def undo_planes(data, size, transform, base):
    """The segment of a plane set (transforms.md). All elements of a chunk are worked on at once, as one long number."""
    reader = Reader(data, error=transform_error)
    if reader.u8("version") != 1:
        raise transform_error("unknown version of a plane set")
    mode, width = reader.u8("mode"), reader.u8("width")
    if mode > 3 or width not in (1, 2, 4, 8):
        raise transform_error("mode %d, width %d" % (mode, width))
    if (mode >= 2) != (transform == "delta"):
        raise transform_error("mode %d in a segment of transform %s" % (mode, transform))
    before, count, after = reader.uv(), reader.uv(), reader.uv()
    if before + width * count + after != size:
        raise transform_error("plane set of %d bytes for a segment of %d" % (before + width * count + after, size))
    head, tail = reader.take(before, "bytes before"), reader.take(after, "bytes after")
    codes = bytearray(width * count)
    for plane in range(width):
        codes[plane::width] = _plane(reader, count)
    if reader.left():
        raise transform_error("%d bytes after a plane set" % reader.left())
    if mode == 0:
        return b"".join((head, codes, tail))
    bits = 8 * width
    full = (1 << bits) - 1
    pieces = [head]
    ones = high = 0
    known = -1
    for start in range(0, len(codes), width * LANE_CHUNK):
        piece = codes[start:start + width * LANE_CHUNK]
        lanes = len(piece) // width
        if lanes != known:
            ones, high = _lanes(width, lanes)
            known = lanes
        low = (ones * full) ^ high
        number = int.from_bytes(piece, "little")
        sign = number & ones
        if mode == 1:
            number = (number >> 1) & low | sign << (bits - 1)
        else:
            number = (number >> 1) & low ^ sign * full
            other = int.from_bytes(base[before + start:before + start + len(piece)], "little")
            if mode == 3:
                other ^= high | ((other & high) >> (bits - 1)) * full
            number = ((number & low) + (other & low)) ^ ((number ^ other) & high)
            if mode == 3:
                number ^= high | (((number & high) >> (bits - 1)) ^ ones) * full
        pieces.append(number.to_bytes(len(piece), "little"))
    pieces.append(tail)
    return b"".join(pieces)


# ---------------------------------------------------------------------------------------------------------- TOML


def toml_error(line, message):
    return Fail("document/invalid", "line %d: %s" % (line, message))


class Toml:
    """The part of TOML 1.0 that machine-written documents of a registry use (registry.md, 3.2): no dates, no literals."""

    ESCAPES = {'"': '"', "\\": "\\", "t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
    NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
    BARE = re.compile(r"[A-Za-z0-9_-]+")
    PLAIN = re.compile(r'[^"\\\n\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+')

    def __init__(self, text):
        self.text = text
        self.pos = 0
        self.depth = 0

    def fail(self, message):
        return toml_error(self.text.count("\n", 0, self.pos) + 1, message)

    def parse(self):
        root = table = {}
        made = set()
        while self.pos < len(self.text):
            self.space(True)
            if self.pos >= len(self.text):
                break
            if self.text.startswith("[[", self.pos):
                self.pos += 2
                keys = self.keys()
                self.want("]]")
                parent = self.walk(root, keys[:-1])
                if keys[-1] not in parent:
                    parent[keys[-1]] = []
                    made.add((id(parent), keys[-1]))
                elif (id(parent), keys[-1]) not in made:
                    raise self.fail("'%s' is there already" % keys[-1])
                items = parent[keys[-1]]
                table = {}
                items.append(table)
            elif self.text.startswith("[", self.pos):
                self.pos += 1
                keys = self.keys()
                self.want("]")
                parent = self.walk(root, keys[:-1])
                if keys[-1] in parent:
                    raise self.fail("'%s' is there already" % keys[-1])
                table = parent[keys[-1]] = {}
            else:
                self.pair(table)
            self.space(False)
            if self.pos < len(self.text):
                self.want("\n")
        return root

    def walk(self, table, keys):
        for key in keys:
            table = table.setdefault(key, {})
            if isinstance(table, list) and table:
                table = table[-1]
            if not isinstance(table, dict):
                raise self.fail("'%s' is no table" % key)
        return table

    def space(self, lines):
        while self.pos < len(self.text):
            letter = self.text[self.pos]
            if letter == "#":
                end = self.text.find("\n", self.pos)
                self.pos = len(self.text) if end < 0 else end
            elif letter in " \t" or lines and letter == "\n":
                self.pos += 1
            else:
                return

    def want(self, token):
        if not self.text.startswith(token, self.pos):
            raise self.fail("'%s' is missing" % token.replace("\n", "end of line"))
        self.pos += len(token)

    def keys(self):
        found = [self.key()]
        while self.text.startswith(".", self.pos):
            self.pos += 1
            found.append(self.key())
        if len(found) > 16:
            raise self.fail("nested too deep")
        return found

    def key(self):
        if self.text.startswith('"', self.pos):
            return self.string()
        match = self.BARE.match(self.text, self.pos)
        if not match:
            raise self.fail("a key is missing")
        self.pos = match.end()
        return match.group()

    def pair(self, table):
        key = self.key()
        self.space(False)
        self.want("=")
        self.space(False)
        if key in table:
            raise self.fail("'%s' is there already" % key)
        table[key] = self.value()

    def value(self):
        text = self.text
        if text.startswith('"""', self.pos):
            return self.long_string()
        letter = text[self.pos:self.pos + 1]
        if letter == '"':
            return self.string()
        for word, meaning in (("true", True), ("false", False)):
            if text.startswith(word, self.pos):
                self.pos += len(word)
                return meaning
        if letter == "[" or letter == "{":
            self.depth += 1
            if self.depth > 16:
                raise self.fail("nested too deep")
            found = self.items() if letter == "[" else self.inline()
            self.depth -= 1
            return found
        match = self.NUMBER.match(text, self.pos)
        if not match or match.end() - match.start() > 400:
            raise self.fail("a value is missing")
        self.pos = match.end()
        if match.group(1) or match.group(2):
            return float(match.group())
        if len(match.group()) > 20:
            raise self.fail("a number is too large")
        return int(match.group())

    def items(self):
        self.want("[")
        found = []
        while True:
            self.space(True)
            if self.text.startswith("]", self.pos):
                self.pos += 1
                return found
            if found:
                self.want(",")
                self.space(True)
                if self.text.startswith("]", self.pos):
                    self.pos += 1
                    return found
            found.append(self.value())

    def inline(self):
        self.want("{")
        found = {}
        self.space(False)
        while not self.text.startswith("}", self.pos):
            if found:
                self.want(",")
                self.space(False)
            self.pair(found)
            self.space(False)
        self.pos += 1
        return found

    def escape(self):
        letter = self.text[self.pos:self.pos + 1]
        self.pos += 1
        if letter in ("u", "U"):
            digits = self.text[self.pos:self.pos + (4 if letter == "u" else 8)]
            self.pos += len(digits)
            if len(digits) in (4, 8) and re.fullmatch("[0-9A-Fa-f]+", digits):
                number = int(digits, 16)
                if number < 0x110000 and not 0xD800 <= number < 0xE000:
                    return chr(number)
        elif letter in self.ESCAPES and letter:
            return self.ESCAPES[letter]
        raise self.fail("unknown escape")

    def string(self):
        self.want('"')
        found = []
        while True:
            match = self.PLAIN.match(self.text, self.pos)
            if match:
                found.append(match.group())
                self.pos = match.end()
            letter = self.text[self.pos:self.pos + 1]
            self.pos += 1
            if letter == '"':
                return "".join(found)
            if letter != "\\":
                raise self.fail("a string has no end")
            found.append(self.escape())

    def long_string(self):
        self.want('"""')
        if self.text.startswith("\n", self.pos):
            self.pos += 1
        found = []
        while True:
            match = self.PLAIN.match(self.text, self.pos)
            if match:
                found.append(match.group())
                self.pos = match.end()
            letter = self.text[self.pos:self.pos + 1]
            if self.text.startswith('"""', self.pos):
                self.pos += 3
                return "".join(found)
            self.pos += 1
            if letter == "\\":
                found.append(self.escape())
            elif letter and letter in '"\n':
                found.append(letter)
            else:
                raise self.fail("a string has no end")


def read_toml(data, what, limit=MAX_DOCUMENT):
    if len(data) > limit:
        raise Fail("document/invalid", "%s is larger than %d bytes" % (what, limit))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Fail("document/invalid", "%s is not UTF-8" % what)
    try:
        return Toml(text).parse()
    except Fail as error:
        raise Fail(error.code, "%s, %s" % (what, error))


# --------------------------------------------------------------------------------------------------------- registry

HEX = re.compile(r"[0-9a-f]{64}")
PLACE = re.compile(r"(model|data|recipe)/([^@]+)/([^/@]+)\.toml")


def invalid(message):
    return Fail("document/invalid", message)


def field(table, name, kind, what):
    value = table.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise invalid("%s has no proper '%s'" % (what, name))
    return value


def number_field(table, name, most, what):
    value = field(table, name, int, what)
    if not 0 <= value <= most:
        raise invalid("%s: '%s' is %d" % (what, name, value))
    return value


def digest_field(table, name, what):
    value = field(table, name, str, what)
    if not HEX.fullmatch(value):
        raise invalid("%s: '%s' is no SHA-256" % (what, name))
    return value


class Segment:
    __slots__ = ("size", "sha256", "object", "stored", "transform", "base")

    def __init__(self, table, what):
        if not isinstance(table, dict):
            raise invalid("%s has a segment that is no table" % what)
        unknown = set(table) - {"size", "sha256", "object", "stored", "transform", "base"}
        if unknown:
            raise Fail("container/unsupported", "%s: unknown field '%s': a newer program is needed" % (what, min(unknown)))
        self.size = number_field(table, "size", MAX_SEGMENT, what)
        self.sha256 = digest_field(table, "sha256", what)
        self.object = digest_field(table, "object", what)
        self.stored = number_field(table, "stored", MAX_OBJECT, what)
        self.transform = table.get("transform")
        self.base = digest_field(table, "base", what) if "base" in table else None
        if self.transform not in (None, "planes", "delta"):
            raise Fail("container/unsupported", "%s: unknown transform: a newer program is needed" % what)
        if (self.transform == "delta") != (self.base is not None):
            raise invalid("%s: a base goes with the transform delta, and with it alone" % what)


def segments_of(table, name, what):
    found = table.get(name, [])
    if not isinstance(found, list):
        raise invalid("%s: '%s' is no list" % (what, name))
    return [Segment(item, what) for item in found]


class FileEntry:
    def __init__(self, table, what):
        self.path = field(table, "path", str, what)
        problem = path_problem(self.path)
        if problem:
            raise invalid("%s: path %s %s" % (what, ascii(self.path), problem))
        self.size = number_field(table, "size", MAX_SAFE, what)
        self.sha256 = digest_field(table, "sha256", what)
        self.executable = table.get("executable") is True
        unknown = set(table) - {"path", "size", "sha256", "blake3", "executable", "segments", "bases", "layout"}
        if unknown:
            raise Fail("container/unsupported", "%s: unknown field '%s': a newer program is needed" % (what, min(unknown)))
        self.layout = Segment(table["layout"], what) if "layout" in table else None
        self.segments = segments_of(table, "segments", what)
        self.bases = segments_of(table, "bases", what)
        if (self.layout is None) != bool(self.segments) or (self.layout and self.bases):
            raise invalid("%s: %s has not either segments or a layout" % (what, self.path))


HIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)


def path_problem(path):
    if path == "" or len(path.encode("utf-8", "surrogatepass")) > 4096:
        return "is empty or too long"
    if "\\" in path or HIDDEN.search(path) or re.match("[A-Za-z]:", path):
        return "has a character that no path may have"
    if unicodedata.normalize("NFC", path) != path:
        return "is not in Unicode form NFC"
    for part in path.split("/"):
        # Windows takes .git, .git. and .git:x for one folder.
        special = part in ("", ".", "..") or re.match(r"(?:\.git|git~1)[. ]*(?::|\Z)", part, re.IGNORECASE | re.ASCII)
        if special or len(part.encode("utf-8")) > 255:
            return "has a part that no path may have"
    return None


class Manifest:
    def __init__(self, data, place):
        table = read_toml(data, place)
        urn = re.match(rb"#:schema urn:at1:schema:manifest:([0-9]{1,9})\n", data)
        if not urn:
            raise invalid("%s is no manifest" % place)
        if int(urn.group(1)) > 1:
            raise Fail("container/unsupported", "%s is of a newer version of the format" % place)
        match = PLACE.fullmatch(place)
        named = (table.get("kind"), table.get("name"), table.get("version"))
        if not match or named != match.groups():
            raise invalid("%s says that it is another version" % place)
        self.place = place
        self.form = field(table, "form", str, place)
        self.size = number_field(table, "size", MAX_SAFE, place)
        self.content = field(table, "content", str, place)
        self.directories = table.get("directories", [])
        files = field(table, "files", list, place) if "files" in table else []
        self.files = []
        for entry in files:
            if not isinstance(entry, dict):
                raise invalid("%s has a file that is no table" % place)
            self.files.append(FileEntry(entry, place))
        self.check()

    def check(self):
        place = self.place
        folders = self.directories
        if not isinstance(folders, list) or any(not isinstance(path, str) or path_problem(path) for path in folders):
            raise invalid("%s has an improper directory" % place)
        paths = [entry.path for entry in self.files]
        refuse_twins(paths + folders, invalid)
        if self.form not in ("file", "tree") or self.form == "file" and (len(paths) != 1 or folders):
            raise invalid("%s: form %s does not fit its files" % (place, ascii(self.form)))
        if sum(entry.size for entry in self.files) != self.size:
            raise invalid("%s: the sizes do not add up" % place)
        if self.content_digest() != self.content:
            raise Fail("manifest/content-mismatch", "%s: the content digest is not that of its files" % place)

    def content_digest(self):
        if self.form == "file":
            return "sha256:" + self.files[0].sha256
        files = sorted(self.files, key=lambda entry: entry.path.encode("utf-8"))
        lines = ["%s  %s\n" % (entry.sha256, entry.path) for entry in files]
        lines += ["executable  %s\n" % entry.path for entry in files if entry.executable]
        lines += ["directory  %s\n" % path for path in sorted(self.directories, key=lambda path: path.encode("utf-8"))]
        return "sha256:" + hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()


def read_bounded(path, limit, what):
    with open(path, "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise invalid("%s is larger than %d bytes" % (what, limit))
    return data


class Registry:
    def __init__(self, folder):
        self.folder = folder
        if not os.path.isfile(os.path.join(folder, "at1.toml")):
            raise Fail("registry/not-found", "%s is no registry: it has no at1.toml" % folder)

    def places(self):
        """All manifests, by path, sorted."""
        found = []
        for kind in ("data", "model", "recipe"):
            for folder, folders, names in os.walk(os.path.join(self.folder, kind)):
                folders[:] = [name for name in folders if not name.endswith(".sig") and name != "events"]
                for name in names:
                    path = os.path.relpath(os.path.join(folder, name), self.folder).replace(os.sep, "/")
                    if PLACE.fullmatch(path):
                        found.append(path)
        return sorted(found)

    def manifest(self, wanted):
        place = wanted.replace(os.sep, "/")
        if place.startswith("./"):
            place = place[2:]
        named = re.fullmatch(r"([^@]+)@([^/@]+)", place)
        if named and not place.endswith(".toml"):
            place = "%s/%s.toml" % named.groups()
        if not PLACE.fullmatch(place) or path_problem(place):
            raise Fail("usage", "%s is no manifest of a registry: use model/NAME/VERSION.toml" % wanted)
        path = os.path.join(self.folder, *place.split("/"))
        if not os.path.isfile(path):
            raise Fail("artifact/not-found", "%s is not in this registry" % place)
        return Manifest(read_bounded(path, MAX_DOCUMENT, place), place)

    def object(self, segment):
        name = segment.object
        path = os.path.join(self.folder, "objects", name[:2], name + ".at1")
        if not os.path.isfile(path):
            raise Fail("object/missing", "object %s is not here" % name)
        with open(path, "rb") as file:
            data = file.read(segment.stored + 1)
        if len(data) != segment.stored or hashlib.sha256(data).hexdigest() != name:
            raise Fail("object/digest-mismatch", "object %s does not match its digest" % name)
        return data

    def plain(self, segment, base=None):
        """The bytes of a segment; `base` are those of the segment that its difference is to."""
        data = self.object(segment)
        if segment.transform is None:
            output = decode_container(data, segment.size, whole_only=True)
        else:
            output = decode_container(data, MAX_PLANE_SET, whole_only=True)
            output = undo_planes(output, segment.size, segment.transform, base)
        if len(output) != segment.size or hashlib.sha256(output).hexdigest() != segment.sha256:
            raise Fail("object/content-mismatch", "object %s does not hold its segment" % segment.object)
        return output

    def parts(self, entry):
        """The segments of a file one after the other, each checked."""
        segments, bases, what = entry.segments, entry.bases, entry.path
        if entry.layout is not None:
            if entry.layout.transform is not None:
                raise invalid("%s: a layout has no transform" % what)
            text = self.plain(entry.layout)
            table = read_toml(text, "layout of " + what)
            if not text.startswith(b"#:schema urn:at1:schema:layout:1\n") or table.get("size") != entry.size:
                raise invalid("layout of %s is of something else" % what)
            if set(table) - {"size", "segments", "bases"}:
                raise Fail("container/unsupported", "layout of %s needs a newer program" % what)
            segments, bases = segments_of(table, "segments", what), segments_of(table, "bases", what)
        if sum(segment.size for segment in segments) != entry.size:
            raise invalid("%s: the sizes of its segments do not add up" % what)
        known = {}
        for segment in segments + bases:
            known.setdefault(segment.sha256, segment)
        used = {segment.base for segment in segments + bases if segment.base is not None}
        for segment in bases:
            if segment.sha256 not in used:
                raise invalid("%s: a base that nothing needs" % what)
        for segment in segments + bases:
            self.check_chain(segment, known, what)
        recent = {}
        for segment in segments:
            yield self.chain(segment, known, used, recent)

    def check_chain(self, segment, known, what):
        for _ in range(MAX_CHAIN + 1):
            if segment.transform != "delta":
                return
            base = known.get(segment.base)
            if base is None or base.size != segment.size:
                raise invalid("%s: the base of a segment is not there, or of another size" % what)
            segment = base
        raise invalid("%s: more than %d differences in a chain" % (what, MAX_CHAIN))

    def chain(self, segment, known, used, recent):
        """The bytes of a segment; what is a base of anything is kept for a while, as neighbours often share one."""
        steps = [segment]
        while steps[-1].transform == "delta" and steps[-1].base not in recent:
            steps.append(known[steps[-1].base])
        data = recent.get(steps[-1].base)
        for step in reversed(steps):
            data = self.plain(step, data)
            if step.sha256 in used:
                if len(recent) >= 3:
                    del recent[next(iter(recent))]
                recent[step.sha256] = data
        return data

    def write(self, entry, file):
        """Rebuilds a file; `file` may be None for a check only."""
        whole = hashlib.sha256()
        for part in self.parts(entry):
            whole.update(part)
            if file is not None:
                file.write(part)
        if whole.hexdigest() != entry.sha256:
            raise Fail("file/digest-mismatch", "%s does not match its digest" % entry.path)


# ---------------------------------------------------------------------------------------------------------- commands


class NewFile:
    """A file that gets its name when everything in it is known to be right, and is gone otherwise."""

    def __init__(self, path):
        self.path = path
        if os.path.lexists(path):
            raise Fail("output/exists", "%s exists already" % path)
        handle, self.temp = tempfile.mkstemp(prefix=".at1-", dir=os.path.dirname(os.path.abspath(path)))
        self.file = os.fdopen(handle, "wb")

    def __enter__(self):
        return self

    def __exit__(self, kind, _value, _trace):
        self.file.close()
        if os.path.lexists(self.temp):
            os.unlink(self.temp)

    def keep(self, executable=False):
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(self.temp, (0o777 if executable else 0o666) & ~umask)
        if os.path.lexists(self.path):
            raise Fail("output/exists", "%s exists already" % self.path)
        os.rename(self.temp, self.path)


class NewFolder:
    def __init__(self, path):
        self.path = path
        if os.path.lexists(path):
            raise Fail("output/exists", "%s exists already" % path)
        self.temp = tempfile.mkdtemp(prefix=".at1-", dir=os.path.dirname(os.path.abspath(path)))

    def __enter__(self):
        return self

    def __exit__(self, kind, _value, _trace):
        if os.path.lexists(self.temp):
            import shutil
            shutil.rmtree(self.temp, ignore_errors=True)

    def inside(self, path):
        full = os.path.join(self.temp, *path.split("/"))
        os.makedirs(os.path.dirname(full), exist_ok=True)
        return full

    def keep(self):
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(self.temp, 0o777 & ~umask)
        if os.path.lexists(self.path):
            raise Fail("output/exists", "%s exists already" % self.path)
        os.rename(self.temp, self.path)


def decode_stream(source, size, sink):
    """A stream container frame by frame, so that memory holds one frame and not the file."""
    source.seek(size - TRAILER)
    trailer = cut_trailer(b"AT1\x03\xff" + source.read(TRAILER))
    source.seek(4)
    codec = source.read(1)[0]
    check_codec(codec)
    end = size - TRAILER
    at = 5

    def number(what):
        nonlocal at
        source.seek(at)
        start = Reader(source.read(min(10, end - at)))
        value = start.uv(what)
        at += start.pos
        return value

    number("hint")
    whole = hashlib.sha256()
    while at < end:
        length = frame_length(number("frame length"))
        if length > end - at:
            raise malformed("frame of %d bytes, %d are left" % (length, end - at))
        source.seek(at)
        frame = source.read(length)
        if len(frame) != length:
            raise malformed("file became shorter while it was read")
        at += length
        output = decode_frame(codec, frame, MAX_FRAME_OUTPUT, at == end)
        whole.update(output)
        sink.write(output)
    check_trailer(whole.digest(), trailer)


def decode_to(source, sink):
    source.seek(0, 2)
    size = source.tell()
    source.seek(0)
    if source.read(4) == b"AT1\x03" and size >= 5 + TRAILER:
        decode_stream(source, size, sink)
        return
    if size > MAX_PAYLOAD:
        raise over_limit("container of %d bytes exceeds %d" % (size, MAX_PAYLOAD))
    source.seek(0)
    sink.write(decode_container(source.read()))


def command_decode(arguments, output):
    if len(arguments) != 1:
        raise Fail("usage", "decode takes one file")
    with open(arguments[0], "rb") as source:
        head = source.read(5)
        if head == b"AT1\x02\x0c":
            if output is None:
                raise Fail("usage", "a bundle holds several files: -o FOLDER says where they go")
            source.seek(0, 2)
            if source.tell() > MAX_PAYLOAD:
                raise over_limit("container exceeds %d bytes" % MAX_PAYLOAD)
            source.seek(0)
            files = decode_bundle(source.read())
            with NewFolder(output) as folder:
                for name, content in files:
                    with open(folder.inside(name), "xb") as file:
                        file.write(content)
                folder.keep()
            return
        if output is None:
            with tempfile.TemporaryFile() as spool:
                decode_to(source, spool)
                copy_out(spool)
            return
        with NewFile(output) as new:
            decode_to(source, new.file)
            new.keep()


def copy_out(spool):
    spool.seek(0)
    while True:
        piece = spool.read(MIB)
        if not piece:
            break
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def command_get(arguments, output):
    if not 2 <= len(arguments) <= 3 or output is None:
        raise Fail("usage", "get takes a registry, a manifest, perhaps a path, and -o OUT")
    registry = Registry(arguments[0])
    manifest = registry.manifest(arguments[1])
    one = None
    if len(arguments) == 3:
        one = next((entry for entry in manifest.files if entry.path == arguments[2]), None)
        if one is None:
            raise Fail("artifact/not-found", "%s has no file %s" % (manifest.place, ascii(arguments[2])))
    elif manifest.form == "file":
        one = manifest.files[0]
    if one is not None:
        with NewFile(output) as new:
            registry.write(one, new.file)
            new.keep(one.executable)
    else:
        with NewFolder(output) as folder:
            for path in manifest.directories:
                os.makedirs(os.path.join(folder.temp, *path.split("/")), exist_ok=True)
            for entry in manifest.files:
                with NewFile(folder.inside(entry.path)) as new:
                    registry.write(entry, new.file)
                    new.keep(entry.executable)
            folder.keep()
    sys.stderr.write("%s: every digest is right; signatures were not looked at (VERIFY.md)\n" % manifest.place)


def command_verify(arguments, output):
    if not arguments or output is not None:
        raise Fail("usage", "verify takes a registry and perhaps manifests")
    registry = Registry(arguments[0])
    worst = 0
    for wanted in arguments[1:] or registry.places():
        try:
            manifest = registry.manifest(wanted)
            for entry in manifest.files:
                registry.write(entry, None)
            print_line("ok      %s  %s" % (manifest.content, manifest.place))
        except Fail as error:
            if error.code == "usage":
                raise
            worst = worst if worst == 20 else error.exit
            print_line("BROKEN  %s: %s: %s" % (wanted, error.code, error))
    if not arguments[1:] and worst == 0:
        sys.stderr.write("every digest is right; signatures were not looked at (VERIFY.md)\n")
    return worst


def command_list(arguments, output):
    if len(arguments) != 1 or output is not None:
        raise Fail("usage", "list takes a registry")
    registry = Registry(arguments[0])
    worst = 0
    for place in registry.places():
        try:
            manifest = registry.manifest(place)
            print_line("%s  %d bytes  %s" % (manifest.content, manifest.size, place))
        except Fail as error:
            worst = error.exit
            print_line("BROKEN  %s: %s: %s" % (place, error.code, error))
    return worst


def print_line(text):
    """Never fails on a name that the terminal cannot show."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


COMMANDS = {"decode": command_decode, "get": command_get, "verify": command_verify, "list": command_list}


def run(argv):
    if not argv or argv[0] in ("-h", "--help", "help"):
        print_line(__doc__.rstrip())
        return 0 if argv else 2
    command = COMMANDS.get(argv[0])
    if command is None:
        raise Fail("usage", "there is no command %s; --help lists them" % ascii(argv[0]))
    arguments = []
    output = None
    rest = iter(argv[1:])
    plain = False
    for argument in rest:
        if plain or not argument.startswith("-") or argument == "-":
            arguments.append(argument)
        elif argument == "--":
            plain = True
        elif argument in ("-o", "--output") and output is None:
            output = next(rest, None)
            if not output:
                raise Fail("usage", "%s needs a path" % argument)
        else:
            raise Fail("usage", "there is no option %s" % ascii(argument))
    return command(arguments, output) or 0


def complain(code, message):
    sys.stderr.write("at1.py: %s: %s\n" % (code, str(message).encode("ascii", "backslashreplace").decode("ascii")))


def main(argv):
    try:
        return run(argv)
    except Fail as error:
        complain(error.code, error)
        return error.exit
    except BrokenPipeError:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError:
            pass
        return 141
    except FileNotFoundError as error:
        complain("artifact/not-found", "%s: no such file or folder" % error.filename)
        return 12
    except OSError as error:
        complain("io/failed", "%s: %s" % (error.filename or "", error.strerror or error))
        return 15
    except KeyboardInterrupt:
        return 130
    except MemoryError:
        complain("container/limit", "not enough memory for what the input asks for")
        return 20
    except Exception as error:  # A case that no check foresaw is still a refusal and not a dump.
        complain("container/malformed", "%s: %s" % (type(error).__name__, error))
        return 20


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
