/** Plane sets and the decoder in Python, which was written from the description alone: same segments, same refusals. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { ElementWidth, Engines, PlaneMode } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { readPlaneSet, writePlaneSet } from '../../src/transforms/plane-set.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';

/** Reads one case a line, writes the segment in base64 or that it refuses. */
const PROGRAM = `
import base64, json, sys
sys.path.insert(0, sys.argv[1])
import at1
for line in sys.stdin:
    case = json.loads(line)
    base = base64.b64decode(case["base"]) if "base" in case else None
    try:
        transform = "planes" if base is None else "delta"
        segment = at1.undo_planes(base64.b64decode(case["set"]), case["size"], transform, base)
        print(base64.b64encode(bytes(segment)).decode())
    except at1.Fail:
        print("refused")
`;

interface Case {
  readonly set: Uint8Array;
  readonly size: number;
  readonly base: Uint8Array | undefined;
}

function askPython(cases: readonly Case[]): string[] {
  const lines = cases.map(({ set, size, base }) => {
    const text = { set: Buffer.from(set).toString('base64'), size };
    return JSON.stringify(base === undefined ? text : { ...text, base: Buffer.from(base).toString('base64') });
  });
  const folder = join(import.meta.dirname, '../../decoders');
  const input = `${lines.join('\n')}\n`;
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const options = { input, encoding: 'utf8', maxBuffer: 1 << 27, env } as const;
  return execFileSync('python3', ['-c', PROGRAM, folder], options).trimEnd().split('\n');
}

describe('plane sets and the decoder in Python', () => {
  let engines: Engines;
  const cases: Case[] = [];
  const segments: Uint8Array[] = [];
  before(async () => {
    engines = await createNativeEngines();
    for (const mode of ['split', 'rotate', 'difference', 'ordered'] as readonly PlaneMode[]) {
      for (const width of [1, 2, 4, 8] as readonly ElementWidth[]) {
        for (const elements of [0, 3, 700, 70_001 / width] as const) {
          const shape = { mode, width, head: elements % 2 === 0 ? 0 : 3, elements: Math.floor(elements) };
          const size = shape.head + width * shape.elements + 2;
          const segment = normalFloats((size >> 2) + 1, size).slice(0, size);
          const changed = segment.map((byte, i) => (i % 37 === width ? byte ^ 16 : byte));
          const base = mode === 'split' || mode === 'rotate' ? undefined : changed;
          const set = await writePlaneSet(segment, shape, base, engines, { effort: 'balanced' });
          cases.push({ set, size, base });
          segments.push(segment);
        }
      }
    }
  });

  it('gives the segments that were written', () => {
    const answers = askPython(cases);
    for (const [i, answer] of answers.entries())
      assert.ok(Buffer.from(answer, 'base64').equals(segments[i] as Uint8Array));
  });

  it('refuses what we refuse, and reads the same from what we read', async () => {
    const damaged: Case[] = [];
    for (const [i, { set, size, base }] of cases.entries()) {
      if (size > 8000) continue;
      for (let round = 0; round < 12; round++) {
        const [a, b, c] = randomBytes(3, i * 100 + round) as unknown as [number, number, number];
        // Half of them near the front, where the fields are.
        const at = (round % 2 === 0 ? a : a * 256 + b) % set.length;
        const changed = set.slice(0, round === 11 ? at : set.length);
        if (at < changed.length) changed[at] = round % 3 === 0 ? c : (changed[at] as number) ^ (1 << (c & 7));
        damaged.push({ set: changed, size, base });
      }
    }
    const answers = askPython(damaged);
    assert.equal(answers.length, damaged.length);
    let refused = 0;
    for (const [i, { set, size, base }] of damaged.entries()) {
      let ours: string;
      try {
        ours = Buffer.from(await readPlaneSet(set, size, base, engines)).toString('base64');
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'transform/malformed');
        ours = 'refused';
        refused++;
      }
      assert.equal(answers[i], ours, `case ${i}`);
    }
    assert.ok(refused > 50 && refused < damaged.length - 50, `${refused} of ${damaged.length} refused`);
  });
});
