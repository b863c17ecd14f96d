/** Which files steer git, a forge or the registry, from the top of the repository and in a folder. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { steersBy } from '../../src/registry/steering-files.js';

const ANYWHERE = [
  '.github/workflows/gate.yml',
  '.github/CODEOWNERS',
  '.github',
  '.forgejo/workflows/x.yml',
  '.gitea/workflows/x.yml',
  '.gitlab/merge_request_templates/x.md',
  '.gitlab-ci.yml',
  '.gitmodules',
  '.lfsconfig',
  '.gitattributes',
  'action.yml',
  'action.yaml',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  'at1.toml',
  'model/x/at1.toml',
  'docs/AT1.toml/x',
];
const NOWHERE = [
  'README.md',
  'docs/action.yml',
  'model/x/.gitmodules',
  'notes/.lfsconfig',
  'x.gitattributes',
  '.githubx/a',
  'a/.github/x.yml',
  'at1.toml.md',
  'action.yml.md',
];

/** In any way. */
const isSteeringFile = (path: string, prefix: string) => steersBy(path, prefix) !== undefined;

describe('registry: files that steer', () => {
  it('are those that forges and git read from the top, whatever folder the registry is in', () => {
    for (const prefix of ['', 'registry', 'a/b']) {
      for (const path of ANYWHERE) assert.ok(isSteeringFile(path, prefix), `${path} with the registry in '${prefix}'`);
      for (const path of NOWHERE) assert.ok(!isSteeringFile(path, prefix), `${path} with the registry in '${prefix}'`);
    }
  });

  it('are attributes of the registry, and not those of its neighbours', () => {
    for (const path of ['.gitattributes', 'model/.gitattributes', 'objects/3f/.gitattributes']) {
      assert.ok(isSteeringFile(path, ''), path);
      assert.ok(isSteeringFile(`a/b/${path}`, 'a/b'), path);
      assert.ok(!isSteeringFile(`a/bc/${path}`, 'a/b'), path);
      // Attributes of a folder hold for all that lies below it.
      assert.equal(isSteeringFile(`a/${path}`, 'a/b'), path === '.gitattributes', path);
    }
  });

  it('are at1.toml anywhere: there another registry would be', () => {
    for (const path of ['at1.toml', 'a/at1.toml', 'a/b/c/at1.toml', 'z/AT1~1.TOM', 'at1.toml/x']) {
      assert.equal(steersBy(path, 'a/b'), 'presence', path);
    }
    for (const prefix of ['', 'a/b']) {
      const own = prefix === '' ? 'at1.toml' : `${prefix}/at1.toml`;
      assert.equal(steersBy(own, prefix), 'content');
      // What steers for another reason does so whole.
      assert.equal(steersBy('.github/at1.toml', prefix), 'content');
      assert.equal(steersBy('.github/actions/at1.toml/action.yml', prefix), 'content');
    }
  });

  it('are the same in capitals, for disks that do not tell them apart', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ANYWHERE, ...NOWHERE, 'at1.toml'), fc.func(fc.boolean()), (path, isUpper) => {
        const other = [...path].map((c, i) => (isUpper(i) ? c.toUpperCase() : c)).join('');
        assert.equal(isSteeringFile(other, ''), isSteeringFile(path, ''));
      }),
    );
  });

  it('are the same in ways that only some disks take for the same', () => {
    const meant = [
      '.git\u200cattributes',
      '.gitattributes\ufeff',
      '.gitattributes.',
      '.gitattributes . ',
      '.GitAttributes::$DATA',
    ];
    const short = [
      'gitatt~1',
      'GITAT~12',
      'GI7D2~10',
      'gi7d29~1',
      'GITHUB~1/workflows/x.yml',
      '.github\\x.yml',
      'action~1.yam',
      'lfscon~1',
    ];
    const folder = ['a/b/at1\u200b.toml'.replace('\u200b', '\u200c'), 'A/B/model/GITATT~1', 'a/b/at1~1.tom'];
    for (const path of [...meant, ...short]) assert.ok(isSteeringFile(path, ''), path);
    for (const path of folder) assert.ok(isSteeringFile(path, 'a/b'), path);
    const other = [
      'gitatt~',
      'gitatt~0',
      'gixxxx~1',
      'gitatt~1.yml',
      'gitatt~12',
      'gitat~1',
      'xgitat~1',
      'gi7d29~1.toml',
      '~1',
      'docs/github~1/x',
      'a~1~1',
    ];
    for (const path of other) assert.ok(!isSteeringFile(path, ''), path);
  });
});
