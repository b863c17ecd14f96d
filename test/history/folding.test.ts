/** The findings of a fold: told once, counted where they are many, and kept as warnings when they are put right. */
import assert from 'node:assert/strict';
import type { Folding } from '../../src/history/folding.js';
import {
  acceptPolicy,
  isReported,
  newestPolicy,
  report,
  settle,
  settleAbout,
  toldFindings,
} from '../../src/history/folding.js';
import { type Finding, finding } from '../../src/registry/finding.js';
import { HistoryBuilder } from '../helpers/registry-fixture.js';

function empty(findings: Finding[] = []): Folding {
  return { findings, policies: [] } as unknown as Folding;
}

const wrong = (subject: string, message = 'wrong') => finding('error', 'document/syntax', subject, message, 'mend it');
const right = (subject: string, message = 'wrong') =>
  finding('warning', 'document/syntax', subject, `${message} (put right since)`, 'mend it');

describe('a finding of a fold', () => {
  it('is told once, as long as any part of it is the same', () => {
    const fold = empty([wrong('a')]);
    const others = [
      wrong('b'),
      wrong('a', 'other'),
      finding('error', 'document/schema', 'a', 'wrong'),
      finding('note', 'document/syntax', 'a', 'wrong'),
    ];
    for (const found of [wrong('a'), ...others, ...others]) report(fold, found);
    assert.deepEqual(fold.findings, [wrong('a'), ...others]);
  });

  it('is a warning once it is put right, and an error when it is there again', () => {
    const fold = empty();
    for (const subject of ['a', 'b']) report(fold, wrong(subject));
    settle(fold, ({ subject }) => subject === 'b');
    assert.deepEqual(fold.findings, [wrong('a'), right('b')]);
    settleAbout(fold, 'a', ({ message }) => message === 'other');
    assert.deepEqual(fold.findings, [wrong('a'), right('b')]);
    settleAbout(fold, 'c');
    settleAbout(fold, 'a');
    settleAbout(fold, 'a');
    assert.deepEqual(fold.findings, [right('a'), right('b')]);
    report(fold, wrong('a'));
    report(fold, right('a'));
    assert.deepEqual(fold.findings, [right('a'), right('b'), wrong('a')]);
    settle(fold, () => true);
    assert.deepEqual(fold.findings, [right('a'), right('b'), right('a')]);
  });

  it('that is no error stays what it is', () => {
    const notes = [finding('note', 'history/shallow', 'a', 'm'), finding('warning', 'history/shallow', 'a', 'm')];
    const fold = empty([...notes]);
    settle(fold, () => true);
    settleAbout(fold, 'a');
    assert.deepEqual(fold.findings, notes);
  });

  it('is known by its subject and its code while it is open', () => {
    const fold = empty([finding('note', 'document/schema', 'a', 'm'), wrong('a'), wrong('b')]);
    settleAbout(fold, 'b');
    const asked = ['a', 'b', 'c'].map((subject) => [
      isReported(fold, subject),
      isReported(fold, subject, 'document/syntax'),
      isReported(fold, subject, 'document/schema'),
    ]);
    assert.deepEqual(asked, [
      [true, true, false],
      [false, false, false],
      [false, false, false],
    ]);
  });

  it('of one kind is told a thousand times, and then that there are more, until all are put right', () => {
    const fold = empty();
    const names = Array.from({ length: 1200 }, (_, i) => `f${i}`);
    for (const name of names) report(fold, wrong(name));
    const rest = finding(
      'error',
      'document/syntax',
      'registry',
      'more than 1000 findings of this kind: the others are left out',
    );
    assert.deepEqual(fold.findings, [...names.slice(0, 1000).map((name) => wrong(name)), rest]);
    report(fold, finding('error', 'document/schema', 'g', 'm'));
    for (const name of names) report(fold, finding('error', 'history/manifest-changed', name, 'm'));
    assert.equal(fold.findings.length, 1000 + 1 + 1 + 1200);
    for (const name of names.slice(0, 999)) settleAbout(fold, name);
    assert.deepEqual(fold.findings[1000], rest);
    settleAbout(fold, 'f999');
    assert.deepEqual(fold.findings[1000], { ...rest, severity: 'warning' });
    assert.ok(isReported(fold, 'g', 'document/schema'));
  });
});

describe('warnings of one kind', () => {
  const warning = (subject: string) => ({ ...wrong(subject), severity: 'warning' as const });
  const rest = (severity: Finding['severity']) =>
    finding(severity, 'document/syntax', 'registry', 'more than 1000 findings of this kind: the others are left out');

  it('are left out as warnings, and leave room for as many errors', () => {
    const fold = empty();
    const names = Array.from({ length: 1200 }, (_, i) => `f${i}`);
    for (const name of names) report(fold, warning(name));
    const told = names.slice(0, 1000);
    assert.deepEqual(fold.findings, [...told.map(warning), rest('warning')]);
    for (const name of names) report(fold, wrong(name));
    const errors = names.slice(0, 1000).map((name) => wrong(name));
    assert.deepEqual(fold.findings.slice(1001), [...errors, rest('error')]);
  });

  it('are left out where errors are put right as well, which makes room for others', () => {
    const fold = empty();
    const names = Array.from({ length: 1200 }, (_, i) => `f${i}`);
    for (const message of ['once', 'twice', 'again']) {
      for (const name of names) report(fold, wrong(name, message));
      assert.ok(isReported(fold, 'f999'));
      assert.ok(isReported(fold, 'registry'));
      for (const name of names) settleAbout(fold, name);
      assert.ok(!fold.findings.some(({ severity }) => severity === 'error'));
      assert.deepEqual(toldFindings(fold), toldFindings(empty(toldFindings(fold))));
    }
    const told = names.slice(0, 1000).map((name) => right(name, 'once'));
    assert.deepEqual(toldFindings(fold), [...told, rest('warning')]);
    report(fold, wrong('f0', 'anew'));
    assert.deepEqual(toldFindings(fold).slice(1001), [wrong('f0', 'anew')]);
  });
});

describe('the policies of a fold', () => {
  it('are those that were accepted, the newest in force', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis());
    const { policy, state } = await b.fold(root);
    const fold = empty();
    assert.throws(() => newestPolicy(fold), { name: 'RangeError', message: 'a fold begins with a policy' });
    acceptPolicy(fold, policy, state.policy.blob);
    assert.deepEqual([fold.policies, newestPolicy(fold), fold.policy], [[state.policy], state.policy, policy]);
    assert.deepEqual(state.policy, {
      blob: b.fileAt(root, '.at1/policy/policy.toml'),
      digest: policy.digest,
      version: 1,
    });
  });
});
