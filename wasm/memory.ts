/** Where things are in the kernel's memory, which has a fixed size. */

/** Most bytes of a piece. */
export const PIECE: u32 = 0x20000;

// Where things are. Loops read and write up to 128 bytes behind a piece, the encoder two before it.
export const INPUT: u32 = 0x10000;
export const BASE: u32 = 0x40000;
export const OUTPUT: u32 = 0x70000;
/** 256 frequencies, u16. */
export const FREQUENCIES: u32 = 0xa0000;
/** Four states, u32. */
export const STATES: u32 = 0xa0200;
/** 256 counts, u32. */
export const COUNTS: u32 = 0xa1000;
/** 256 words of the rolling hash, u32. */
export const GEAR: u32 = 0xa3000;
/** 4,096 entries: frequency u16, distance from the value's start u16; behind them 4,096 values, u8. */
export const SLOTS: u32 = 0xa4000;
export const SLOT_VALUES: u32 = 0xa8000;
/** 256 entries of 32 bytes: reciprocal u64, first state that is too large u32, start u32, 4096 - frequency u32. */
export const SYMBOLS: u32 = 0xaa000;
/** Behind the words that `encode` writes, from the end towards the beginning. */
export const WORDS_END: u32 = 0x90000;

/** 256 codes of Huffman, u32; 2,048 entries to decode them by, u16. */
export const CODES: u32 = 0xac000;
export const DECODING: u32 = 0xad000;
/** Number and bytes of repeats, u32; where each of 4,096 hashes was seen last, u32: no base is used meanwhile. */
export const REPEATS: u32 = 0xaf000;
export const HASHES: u32 = BASE;

export const LOWEST: u32 = 0x10000;
