/** Every command that writes, once: each of its steps is made to fail, and power is cut after each. A new one is a line. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { formatStreamSet, type NamedPayload } from '../../src/container/stream-set.js';
import { writeWhole } from '../../src/container/write.js';
import { git } from '../helpers/git.js';
import { makePerson } from '../helpers/sample-registry.js';
import { signingEngines } from '../helpers/test-engines.js';
import { wholeDocument } from '../mlflow/documents.js';
import { expectOk, fallBehind, type World } from './world.js';

export interface WritingCommand {
  readonly name: string;
  argv(world: World): readonly string[];
  /** What has to be there for the command to have something to do. */
  readonly prepare?: (world: World) => Promise<void> | void;
  /** Versions that exist once it was acknowledged, of which none existed before. */
  readonly adds?: readonly string[];
  /** Versions that may be gone once it began. */
  readonly removes?: readonly string[];
  /** A registry is made: before, there is nothing to read. */
  readonly creates?: true;
  /** The git program writes too, so that steps of ours are not all there is: no crash states are made of it. */
  readonly throughGit?: true;
  /** Refuses to do twice what it has done, with this exit number. */
  readonly again?: number;
}

const from = (world: World, name: string) => join(world.sources, name);
/** A second person, whose key is not in the home of the first. */
const SECOND_KEY = join('ben', 'config', 'keys', 'id_ed25519');
const WAITING = 'promote/landed-1.0.0-staging';

export const WRITING_COMMANDS: readonly WritingCommand[] = [
  {
    name: 'init',
    prepare: (world) => {
      rmSync(world.registry, { recursive: true });
      git(world.dir, ['init', '--quiet', '--initial-branch=main', 'registry']);
    },
    argv: () => ['init', '--principal', 'ana'],
    creates: true,
    again: 13,
  },
  {
    name: 'register a file',
    argv: (world) => ['register', 'model/new@1.0.0', from(world, 'model.bin')],
    adds: ['model/new@1.0.0'],
  },
  {
    name: 'register a folder',
    argv: (world) => ['register', 'recipe/new@1.0.0', from(world, 'tree')],
    adds: ['recipe/new@1.0.0'],
  },
  {
    name: 'register several',
    prepare: (world) => {
      const rows = [
        { ref: 'model/batch-a@1.0.0', paths: [from(world, 'small.bin')] },
        { ref: 'model/batch-b@1.0.0', paths: [from(world, 'tree')] },
      ];
      writeFileSync(from(world, 'batch.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    },
    argv: (world) => ['register', '--batch', from(world, 'batch.jsonl')],
    adds: ['model/batch-a@1.0.0', 'model/batch-b@1.0.0'],
  },
  {
    name: 'import mlflow',
    prepare: (world) => writeFileSync(from(world, 'document.json'), JSON.stringify(wholeDocument())),
    argv: (world) => {
      const files = ['--document', from(world, 'document.json'), '--files', from(world, 'tree')];
      return ['import', 'mlflow', 'model/new@1.0.0', ...files];
    },
    adds: ['model/new@1.0.0'],
  },
  { name: 'unregister', argv: () => ['unregister', 'data/local@0.1.0'], removes: ['data/local@0.1.0'], again: 12 },
  {
    name: 'tag',
    prepare: (world) => void git(world.registry, ['tag', '--delete', 'model/landed@v1.0.0']),
    argv: () => ['tag'],
  },
  { name: 'promote', argv: () => ['promote', 'model/landed@1.0.0', 'staging', '--reason', 'good'] },
  { name: 'promote to a branch', argv: () => ['promote', 'model/landed@1.0.0', 'staging', '--pr'], again: 13 },
  {
    name: 'approve',
    prepare: async (world) => {
      const ben = await makePerson(join(world.dir, 'ben'), 'ben').makeKey();
      writeFileSync(from(world, 'second.pub'), `${ben.public}\n`);
      await expectOk(world.at1(['policy', 'add-principal', 'ben', from(world, 'second.pub'), '--role', 'owner']));
      const rule = ['--artifacts', 'model/**', '--actions', 'promote:*', '--role', 'owner', '--threshold', '2'];
      await expectOk(world.at1(['policy', 'rule', ...rule]));
      await expectOk(world.at1(['promote', 'model/landed@1.0.0', 'staging']));
    },
    argv: (world) => ['approve', WAITING, '--no-push', '--key', join(world.dir, SECOND_KEY)],
    again: 12,
  },
  { name: 'attest', argv: () => ['attest', 'model/landed@1.0.0', '--type', 'eval', '--metric', 'auc=0.9'] },
  { name: 'push', argv: () => ['push'], throughGit: true },
  { name: 'pull', prepare: fallBehind, argv: () => ['pull'], adds: ['model/theirs@2.0.0'], throughGit: true },
  {
    name: 'reindex',
    prepare: (world) => rmSync(join(world.registry, '.at1', 'cache'), { recursive: true, force: true }),
    argv: () => ['reindex'],
  },
  {
    name: 'policy add-principal',
    argv: (world) => ['policy', 'add-principal', 'ben', from(world, 'ben.pub')],
    again: 13,
  },
  {
    name: 'policy rule',
    argv: () => ['policy', 'rule', '--artifacts', 'model/**', '--actions', 'promote:*', '--role', 'owner'],
  },
  {
    name: 'policy rule that takes two',
    prepare: async (world) => {
      await expectOk(world.at1(['policy', 'add-principal', 'ben', from(world, 'ben.pub')]));
    },
    argv: () => ['policy', 'rule', '--artifacts', '*', '--actions', 'policy', '--role', 'owner', '--threshold', '2'],
    again: 20,
  },
  {
    name: 'policy bar',
    argv: () => ['policy', 'bar', 'model/landed', '--metric', 'auc >= 0.9'],
    again: 13,
  },
  {
    name: 'policy gate',
    argv: () => ['policy', 'gate', '--objects', 'decode'],
    again: 13,
  },
  {
    name: 'policy rotate',
    argv: (world) => ['policy', 'rotate', 'ana', from(world, 'ben.pub'), '--add'],
    again: 13,
  },
  {
    name: 'policy remove-principal',
    prepare: async (world) => {
      await expectOk(world.at1(['policy', 'add-principal', 'ben', from(world, 'ben.pub')]));
    },
    argv: () => ['policy', 'remove-principal', 'ben'],
    again: 2,
  },
  {
    name: 'policy revoke',
    argv: (world) => ['policy', 'revoke', from(world, 'ben.pub'), '--since-now', '--reason', 'lost'],
    again: 13,
  },
  {
    name: 'policy sign',
    prepare: (world) => {
      const path = join(world.registry, '.at1', 'policy', 'policy.toml');
      const text = readFileSync(path);
      const previous = Buffer.from(signingEngines.sha256(text)).toString('hex');
      const lines = text
        .toString('utf8')
        .replace(/^previous = .*\n/m, '')
        .split('\n');
      const at = lines.findIndex((line) => line.startsWith('version ='));
      const version = Number(/\d+/.exec(lines[at] ?? '')?.[0]) + 1;
      lines.splice(at, 1, `version = ${version}`, `previous = "sha256:${previous}"`);
      writeFileSync(path, lines.join('\n'));
    },
    argv: () => ['policy', 'sign'],
    again: 12,
  },
  {
    name: 'doctor --fix',
    prepare: (world) => {
      const [object] = git(world.registry, ['ls-files', 'objects']).split('\n');
      rmSync(join(world.registry, object ?? ''));
    },
    argv: () => ['doctor', '--fix'],
  },
  { name: 'key generate', argv: () => ['key', 'generate', 'spare'], again: 14 },
  { name: 'get', argv: (world) => ['get', 'model/landed@1.0.0', '-o', join(world.out, 'got')], again: 13 },
  { name: 'cat', argv: (world) => ['cat', 'model/landed@1.0.0', '-o', join(world.out, 'whole')], again: 13 },
  {
    name: 'tensor',
    prepare: (world) => {
      const header = '{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}';
      const file = [Uint8Array.of(header.length, 0, 0, 0, 0, 0, 0, 0), Buffer.from(header), new Uint8Array(4)];
      writeFileSync(from(world, 'model.safetensors'), Buffer.concat(file));
    },
    argv: (world) => ['tensor', from(world, 'model.safetensors'), 'a', '-o', join(world.out, 'a')],
    again: 13,
  },
  {
    name: 'query',
    prepare: (world) => writeFileSync(from(world, 'table.csv'), 'a,b\n1,x\n2,y\n'),
    argv: (world) => ['query', from(world, 'table.csv'), '--format', 'csv', '-o', join(world.out, 'answer.csv')],
    again: 13,
  },
  { name: 'pack', argv: (world) => ['pack', from(world, 'model.bin'), '-o', join(world.out, 'model.at1')], again: 13 },
  {
    name: 'unpack',
    prepare: async (world) => {
      await expectOk(world.at1(['pack', from(world, 'model.bin'), '-o', join(world.sources, 'model.at1')]));
    },
    argv: (world) => ['unpack', from(world, 'model.at1'), '-o', join(world.out, 'model.bin')],
    again: 13,
  },
  {
    name: 'unpack a bundle',
    prepare: (world) => writeFileSync(from(world, 'models.at1'), smallBundle()),
    argv: (world) => ['unpack', from(world, 'models.at1'), '-o', join(world.out, 'models')],
    again: 13,
  },
];

/** Two files, one of them in a folder. */
function smallBundle(): Uint8Array {
  const stored = (name: string, bytes: Uint8Array): NamedPayload => ({
    name,
    payload: { backend: 'stored', bytes, size: bytes.length },
  });
  const entries = ['one', 'two'].map((text, i) => {
    const bytes = utf8(text);
    const container = writeWhole({ backend: 'stored', bytes, size: bytes.length }, signingEngines.sha256(bytes));
    return stored(`e${i}`, container);
  });
  const manifest = stored('manifest', utf8('[{"name": "deep/one"}, {"name": "two"}]'));
  return concatBytes([utf8('AT1\x02\x0c'), formatStreamSet([...entries, manifest])]);
}
