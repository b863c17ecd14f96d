/** What git records in words, letter by letter: the message of a tag is compared, the others are read by people. */
import assert from 'node:assert/strict';
import {
  approvalMessage,
  eventMessage,
  eventTagMessage,
  githubMessage,
  initMessage,
  policyMessage,
  registerMessage,
  versionTagMessage,
} from '../../src/history/message.js';
import { eventFiles, eventOf } from '../helpers/event-fixture.js';
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

  it('of the tag of an event are a function of the event and of the version', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis());
    const landed = await b.commit([root], await b.version('model/x@1.0.0'));
    const folded = await b.fold(await b.commit([landed], await eventFiles(b, landed, 'promote', 'model/x@1.0.0')));
    const event = eventOf(folded, 'model/x/events/staging/0001.toml');
    const row = rowOf(folded, 'model/x@1.0.0');
    const digests = `Event: sha256:${event.digest}\nManifest: sha256:${row.manifest}\nContent: sha256:${row.content}\n`;
    assert.equal(
      eventTagMessage('01JZ', event, row, '#staging!'),
      `model/x 1.0.0 #staging!\n\nRegistry: 01JZ\n${digests}`,
    );
    assert.equal(eventTagMessage('01JZ', event, row, '@v1.0.0'), `model/x 1.0.0 @v1.0.0\n\nRegistry: 01JZ\n${digests}`);
  });
});

describe('the message of a commit of events', () => {
  const staged = { action: 'promote' as const, lane: 'staging', reference: 'model/x@1.0.0', digest: 'sha256:aa' };
  const released = { ...staged, lane: 'production', digest: 'sha256:bb' };

  it('names what was done, and every event', () => {
    assert.equal(eventMessage([staged], null), 'at1: promote model/x@1.0.0 staging\n\nEvent: staging sha256:aa\n');
    assert.equal(
      eventMessage([staged, released], ' good\nenough \n'),
      'at1: promote model/x@1.0.0 staging, production\n\ngood\nenough\n\n' +
        'Event: staging sha256:aa\nEvent: production sha256:bb\n',
    );
  });

  it('has no lane where it is about the version as such', () => {
    const yank = { ...staged, action: 'yank' as const, lane: 'lifecycle' };
    assert.equal(eventMessage([yank], null), 'at1: yank model/x@1.0.0\n\nEvent: lifecycle sha256:aa\n');
  });

  it('is about something', () => {
    assert.throws(() => eventMessage([], null), { name: 'RangeError', message: /at least one/ });
  });

  it('says who approves what', () => {
    assert.equal(
      approvalMessage('bo', ['model/a/events/production/0001.toml', 'model/b/1.0.0.toml']),
      'at1: bo approves\n\nEvent: model/a/events/production/0001.toml\nManifest: model/b/1.0.0.toml\n',
    );
  });
});
