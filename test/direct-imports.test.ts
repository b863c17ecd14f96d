import assert from 'node:assert/strict';
import { placesIn, withDirectImports } from '../scripts/direct-imports.mjs';

describe('imports of the bundle', () => {
  const places = placesIn(
    `export { type A, a } from './ops/a.js';\nexport {\n  b as c,\n  d,\n} from './d.js';\nexport type { E } from './e.js';\n`,
  );
  const direct = (text: string) => withDirectImports(text, places, (file) => `../src/${file.slice(2)}`);

  it('come from the file that has the name, as it is called there, and without types', () => {
    assert.equal(
      direct(`import { type A, a, c as x } from '../src/index.js';\nimport type { E } from '../src/index.js';\n`),
      `import { a as a } from '../src/ops/a.js'; import { b as x } from '../src/d.js';\nimport type { E } from '../src/index.js';\n`,
    );
    assert.equal(direct(`export { d } from '../../src/index.js';`), `export { d as d } from '../src/d.js';`);
  });

  it('from elsewhere stay as they are', () => {
    const text = `import { a } from './index.js';\nconst b = await import('./list.js');\n`;
    assert.equal(direct(text), text);
  });

  it('of a name that nobody exports end the build', () => {
    assert.throws(() => direct(`import { f } from '../src/index.js';`), /exports no 'f'/);
  });
});
