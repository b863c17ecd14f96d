/** Addresses without what lets one in. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holdsPassword } from '../../src/manifest/lineage.js';
import { publicAddress, withoutPasswords } from '../../src/mlflow/without-passwords.js';
import { SCALE } from '../scale.js';
import { awkwardText } from './documents.js';

describe('passwords in what a run says', () => {
  it('are taken out of addresses, which stay', () => {
    for (const [text, expected] of [
      ['https://ana:pw@git.example.org/x.git', 'https://***@git.example.org/x.git'],
      ['see https://ghp_token@git.example.org, and http://a:b@c', 'see https://***@git.example.org, and http://***@c'],
      ['postgresql://ana:p@ss@db/x?y=1', 'postgresql://***@db/x?y=1'],
      ['ssh://git@git.example.org/x', 'ssh://git@git.example.org/x'],
      ['git@git.example.org:x.git', 'git@git.example.org:x.git'],
      ['https://example.org/a@b', 'https://example.org/a@b'],
      ['"http://a:b@c/","http://d/"', '"http://***@c/","http://d/"'],
      ['nothing: here@all', 'nothing: here@all'],
      ['postgresql://u:pw2/sec@ret@h/d', 'postgresql://***@h/d'],
      ['mysql+pymysql://u:p#w5secret@h/d', 'mysql+pymysql://***@h/d'],
      ['git+ssh://tok6secret@h/x', 'git+ssh://***@h/x'],
      ['https:/u:pw@h/x', 'https:/***@h/x'],
      ['http://h:8080/a@b', 'http://h:8080/a@b'],
      ['http://[::1]:80/a@b', 'http://[::1]:80/a@b'],
      ['Max retries with url: /x?token=abc/api', 'Max retries with url: /x?token=***'],
      ['get https://blob/x?a=1&sig=SECRET&b=2 now', 'get https://blob/x?a=1&sig=***&b=2 now'],
    ] as const) {
      assert.equal(withoutPasswords(text), expected);
    }
  });

  it('leave no address behind that a manifest would refuse, and are taken out once', () => {
    fc.assert(
      fc.property(awkwardText, awkwardText, (user, rest) => {
        const shown = withoutPasswords(`https://${user}:secret@h/${rest}`);
        assert.equal(withoutPasswords(shown), shown);
        const address = publicAddress(`https://u${user.replace(/[/?#]/g, '')}:secret@h/${rest}`);
        assert.ok(!holdsPassword(address) && !address.split('/')[2]?.includes('secret'));
      }),
      { numRuns: SCALE.properties },
    );
  });

  it('are not in a query either, where it signs the address', () => {
    for (const [uri, expected] of [
      ['https://h/t.csv?X-Amz-Credential=a&X-Amz-Signature=b#c', 'https://h/t.csv'],
      ['https://h/t.csv?a=1&sig=b', 'https://h/t.csv'],
      ['https://h/t.csv?access_token=b', 'https://h/t.csv'],
      ['https://h/t.csv?id=5&design=b', 'https://h/t.csv?id=5&design=b'],
      ['s3://key:secret@bucket/t', 's3://bucket/t'],
    ] as const) {
      assert.equal(publicAddress(uri), expected);
    }
  });
});
