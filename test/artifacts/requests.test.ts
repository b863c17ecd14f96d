import assert from 'node:assert/strict';
import fc from 'fast-check';
import { idOf, LINE_LIMIT, parseRequest } from '../../src/artifacts/requests.js';
import { At1Error } from '../../src/errors.js';
import { throwsCode } from '../helpers/throws-code.js';
import { SCALE } from '../scale.js';

const PLACE = { root: '/data', path: 'a' };

describe('requests about artifacts', () => {
  it('are read with their numbers', () => {
    assert.deepEqual(parseRequest('{"id":0,"op":"hello"}'), { id: 0, request: { op: 'hello' } });
    for (const op of ['list', 'stat', 'delete', 'integrity'] as const) {
      assert.deepEqual(parseRequest(JSON.stringify({ id: 7, op, ...PLACE })), { id: 7, request: { op, ...PLACE } });
    }
    const get = { op: 'get', ...PLACE, local: '/out' };
    assert.deepEqual(parseRequest(JSON.stringify({ id: 1, ...get })), { id: 1, request: get });
    for (const op of ['put', 'put-tree'] as const) {
      const { request } = parseRequest(JSON.stringify({ id: 1, op, ...PLACE, local: '/in' }));
      assert.deepEqual(request, { op, ...PLACE, local: '/in', level: 'quick' });
      const max = parseRequest(JSON.stringify({ id: 1, op, ...PLACE, local: '/in', level: 'max' })).request;
      assert.deepEqual(max, { op, ...PLACE, local: '/in', level: 'max' });
    }
  });

  it('are refused with the number, where there is one', async () => {
    const bad = [
      ['', null],
      ['[]', null],
      ['{}', null],
      ['{"id":-1,"op":"hello"}', null],
      ['{"id":"1","op":"hello"}', null],
      ['{"id":1.5,"op":"hello"}', null],
      ['{"id":1,"op":"hello","more":1}', 1],
      ['{"id":1,"op":"fly"}', 1],
      ['{"id":1}', 1],
      ['{"id":1,"op":"get","root":"/a","path":"b"}', 1],
      ['{"id":1,"op":"list","root":"/a","path":7}', 1],
      ['{"id":1,"op":"list","root":"/a\\u0000","path":""}', 1],
      ['{"id":1,"op":"put","root":"/a","path":"b","local":"/c","level":"huge"}', 1],
      [`{"id":1,"op":"hello"}${' '.repeat(LINE_LIMIT)}`, 1],
    ] as const;
    for (const [line, id] of bad) {
      await throwsCode(() => parseRequest(line), 'usage/invalid');
      assert.equal(idOf(line), id, line.slice(0, 80));
    }
  });

  it('are never a crash, whatever the line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        const id = idOf(line);
        assert.ok(id === null || Number.isSafeInteger(id));
        try {
          parseRequest(line);
        } catch (error) {
          assert.ok(error instanceof At1Error && error.code === 'usage/invalid');
        }
      }),
      { numRuns: SCALE.properties },
    );
  });
});
