/** What git records in words, letter by letter: the message of a tag is compared, the others are read by people. */
import assert from 'node:assert/strict';
import {
  githubMessage,
  initMessage,
  policyMessage,
  registerMessage,
  versionTagMessage,
} from '../../src/history/message.js';
import { rowOf } from '../helpers/fold-results.js';
import { HistoryBuilder } from '../helpers/registry-fixture.js';

const one = { reference: 'model/x@1.0.0', content: 'sha256:aa', manifest: 'sha256:bb' };
const two = { reference: 'data/y@2.0.0', content: 'sha256:cc', manifest: 'sha256:dd' };

describe('the message of a registration', () => {
  it('names one version in its subject', () => {
    assert.equal(
      registerMessage([one], undefined),
      'at1: register model/x@1.0.0\n\nContent: sha256:aa\nManifest: sha256:bb\n',
    );
  });

  it('counts several there, and names them below', () => {
    assert.equal(
      registerMessage([one, two], undefined),
      'at1: register 2 versions\n\n' +
        'Registers: model/x@1.0.0\nContent: sha256:aa\nManifest: sha256:bb\n\n' +
        'Registers: data/y@2.0.0\nContent: sha256:cc\nManifest: sha256:dd\n',
    );
  });

  it('has a note between', () => {
    assert.equal(
      registerMessage([one], '  trained again\n\n'),
      'at1: register model/x@1.0.0\n\ntrained again\n\nContent: sha256:aa\nManifest: sha256:bb\n',
    );
  });

  it('is about something', () => {
    assert.throws(() => registerMessage([], undefined), { name: 'RangeError', message: /at least one version/ });
  });
});

describe('the other messages', () => {
  it('say what happened to the policy and where a registry began', () => {
    assert.equal(policyMessage(3, 'add bo'), 'at1: policy 3: add bo\n');
    assert.equal(initMessage('01JZ'), 'at1: start registry 01JZ\n');
    assert.equal(githubMessage(['a', 'b']), 'at1: judge changes before they land\n\na\nb\n');
  });

  it('of a tag are a function of the version', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis());
    const row = rowOf(await b.fold(await b.commit([root], await b.version('model/x@1.0.0'))), 'model/x@1.0.0');
    assert.equal(
      versionTagMessage('01JZ', row),
      `model/x 1.0.0\n\nRegistry: 01JZ\nManifest: sha256:${row.manifest}\nContent: sha256:${row.content}\n`,
    );
  });
});
