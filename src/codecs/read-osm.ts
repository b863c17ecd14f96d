/** Codec osm (id 2): nodes, ways and relations of an OpenStreetMap file, one stream a field, ids and places as deltas. */
import { malformed } from '../container/format.js';
import { type Numbers, numbersOf, Sum } from './numbers.js';
import { Output } from './output.js';
import { type Streams, streamOf } from './streams.js';
import { Strings } from './strings.js';

const LF = 10;
const VERBATIM = 0;
const NODE = 1;
const WAY = 2;
const MEMBER_TYPES = ['node', 'way', 'relation'];
/** Years 0 to 9999: what four digits can say. */
const FIRST_SECOND = -62_167_219_200;
const LAST_SECOND = 253_402_300_799;
const DEGREE = 10_000_000;
/** Beyond it readers that calculate with floating point print other digits; a degree is far below. */
const MOST_DEGREES = 2 ** 50;

export function readOsm(streams: Streams, limit: number): Uint8Array {
  const finalNewline = numbersOf(streams, 'meta').u8() === 1;
  const tagKeys = Strings.readEnded(numbersOf(streams, 'tag_keys'));
  const roles = Strings.readEnded(numbersOf(streams, 'roles'));
  const verbatim = numbersOf(streams, 'verbatim');
  const node = nodeReader(streams, tagKeys);
  const way = wayReader(streams, tagKeys);
  const relation = relationReader(streams, tagKeys, roles);
  const output = new Output(limit);
  for (const [i, opcode] of streamOf(streams, 'opcodes').entries()) {
    if (i > 0) output.u8(LF);
    if (opcode === VERBATIM) output.bytes(verbatim.string());
    else if (opcode === NODE) node(output);
    else if (opcode === WAY) way(output);
    else relation(output);
  }
  if (finalNewline) output.u8(LF);
  return output.finish();
}

type Write = (output: Output) => void;

function nodeReader(streams: Streams, tagKeys: Strings): Write {
  const head = headReader(streams, 'n');
  const latitude = deltaReader(streams, 'n_lat');
  const longitude = deltaReader(streams, 'n_lon');
  const tags = tagReader(streams, 'n', tagKeys);
  return (output) => {
    output.ascii(`  <node ${head()} lat="${degrees(latitude())}" lon="${degrees(longitude())}"`);
    element(output, 'node', tags.count(), () => tags.write(output));
  };
}

function wayReader(streams: Streams, tagKeys: Strings): Write {
  const head = headReader(streams, 'w');
  const counts = numbersOf(streams, 'w_ndcnt');
  const reference = deltaReader(streams, 'w_ndref');
  const tags = tagReader(streams, 'w', tagKeys);
  return (output) => {
    output.ascii(`  <way ${head()}`);
    const count = counts.uint();
    element(output, 'way', count + tags.count(), () => {
      for (let i = 0; i < count; i++) output.ascii(`\n    <nd ref="${reference()}"/>`);
      tags.write(output);
    });
  };
}

function relationReader(streams: Streams, tagKeys: Strings, roles: Strings): Write {
  const head = headReader(streams, 'r');
  const counts = numbersOf(streams, 'r_memcnt');
  const types = numbersOf(streams, 'r_memtype');
  const reference = deltaReader(streams, 'r_memref');
  const roleIds = numbersOf(streams, 'r_memrole');
  const tags = tagReader(streams, 'r', tagKeys);
  return (output) => {
    output.ascii(`  <relation ${head()}`);
    const count = counts.uint();
    element(output, 'relation', count + tags.count(), () => {
      for (let i = 0; i < count; i++) {
        output.ascii(`\n    <member type="${memberType(types.uint())}" ref="${reference()}" role="`);
        output.bytes(roles.at(roleIds.uint()));
        output.ascii('"/>');
      }
      tags.write(output);
    });
  };
}

/** The end of an opening tag, its children, and the closing tag where there are any. */
function element(output: Output, name: string, children: number, writeChildren: () => void): void {
  if (children === 0) {
    output.ascii('/>');
    return;
  }
  output.ascii('>');
  writeChildren();
  output.ascii(`\n  </${name}>`);
}

function headReader(streams: Streams, kind: string): () => string {
  const id = deltaReader(streams, `${kind}_id`);
  const versions = numbersOf(streams, `${kind}_ver`);
  const seconds = deltaReader(streams, `${kind}_ts`);
  return () => `id="${id()}" version="${versions.uint()}" timestamp="${timestamp(seconds())}"`;
}

function deltaReader(streams: Streams, name: string): () => number | bigint {
  const deltas = numbersOf(streams, name);
  const sum = new Sum();
  return () => sum.add(deltas.signed());
}

interface TagReader {
  /** How many tags the next element has. */
  count(): number;
  /** Those that were counted last. */
  write: Write;
}

function tagReader(streams: Streams, kind: string, keys: Strings): TagReader {
  const counts = numbersOf(streams, `${kind}_tagcnt`);
  const keyIds: Numbers = numbersOf(streams, `${kind}_tagkey`);
  const values = numbersOf(streams, `${kind}_tagval`);
  let count = 0;
  return {
    count: () => {
      count = counts.uint();
      return count;
    },
    write: (output) => {
      for (let i = 0; i < count; i++) {
        output.ascii('\n    <tag k="');
        output.bytes(keys.at(keyIds.uint()));
        output.ascii('" v="');
        output.bytes(values.string());
        output.ascii('"/>');
      }
    },
  };
}

function memberType(type: number): string {
  const name = MEMBER_TYPES[type];
  if (name === undefined) throw malformed(`relation member of type ${type}`);
  return name;
}

function timestamp(seconds: number | bigint): string {
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) throw malformed(`time ${seconds} has no year of four digits`);
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z`;
}

function degrees(units: number | bigint): string {
  if (units <= -MOST_DEGREES || units >= MOST_DEGREES) throw malformed(`${units} is no coordinate`);
  const size = Math.abs(Number(units));
  const fraction = String(size % DEGREE)
    .padStart(7, '0')
    .replace(/0+$/, '');
  return `${units < 0 ? '-' : ''}${Math.floor(size / DEGREE)}${fraction === '' ? '' : `.${fraction}`}`;
}
