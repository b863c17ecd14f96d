/** The shape of the code as tests: layers, purity, sizes, forbidden words. Every failure says why the rule exists. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { COMMANDS } from '../commands/index.js';

const root = join(import.meta.dirname, '..');

const RANKS: Readonly<Record<string, number>> = {
  // Everything may fail: errors stand below even the bytes.
  'errors.ts': -1,
  bytes: 0,
  digest: 1,
  'engines.ts': 1,
  container: 2,
  transforms: 2,
  manifest: 2,
  formats: 2,
  'git-format': 2,
  artifacts: 3,
  codecs: 3,
  mlflow: 3,
  registry: 3,
  signing: 3,
  files: 3,
  packing: 4,
  query: 4,
  history: 4,
  portable: 4,
  native: 4,
  store: 4,
  git: 4,
  keys: 4,
  remotes: 4,
  vault: 4,
  checks: 5,
  catalog: 5,
  ops: 6,
  'index.ts': 7,
};

const PURE = new Set([
  'errors.ts',
  'bytes',
  'digest',
  'engines.ts',
  'container',
  'transforms',
  'artifacts',
  'codecs',
  'mlflow',
  'query',
  'manifest',
  'formats',
  'git-format',
  'packing',
  'registry',
  'signing',
  'history',
  'checks',
]);

/** Pure JavaScript without `node:` modules, so a browser runs them; each still belongs to one folder. */
const PORTABLE_PACKAGES = new Set(['smol-toml', 'ulid', 'fflate', 'fzstd', '@noble/hashes', '@noble/ed25519']);

const ENTRIES = new Set(['src/index.ts', 'testing/index.ts']);

const CLOCK = /\bDate\.now\(|\bnew Date\(\s*\)/;

// A lock has to name its process, and modes differ by platform; neither is configuration.
const HARMLESS = "\\{\\s*(?:(?:kill|pid|platform)(?:\\s+as\\s+\\w+)?,?\\s*)+\\}\\s*from\\s*'node:process'";
const AMBIENT = new RegExp(
  `\\bprocess(\\[|\\.(?!platform\\b)\\w)|\\bimport\\s+(?!${HARMLESS})[^;]*\\bfrom\\s*'node:process'`,
);

interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Without comments; strings stay. */
  readonly code: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

const source = load('src');
const commands = load('commands');
const testing = load('testing');
const program = [...load('bin'), ...load('action')];

describe('architecture: layers', () => {
  it('gives every folder of src a rank', () => {
    const unknown = [...new Set(source.map(layerOf))].filter((layer) => RANKS[layer] === undefined);
    none(unknown, 'a folder without a rank is outside the rules: name it in RANKS here and in ARCHITECTURE.md');
  });

  it('lets a file import only from a lower rank or its own folder, type imports included', () => {
    const broken = source.flatMap((file) =>
      localImports(file).flatMap((target) => {
        if (!target.startsWith('src/')) return [`${file.path} -> ${target}`];
        const from = layerOf(file);
        const to = layerOf({ path: target });
        if (from === to || (RANKS[to] ?? 99) < (RANKS[from] ?? -2)) return [];
        return [`${file.path} -> ${target}`];
      }),
    );
    none(broken, 'a rule that knows its callers cannot be tested or moved alone: pass what is needed as a parameter');
  });

  it('resolves every local import to a file', () => {
    const missing = [...source, ...commands, ...testing, ...program].flatMap((file) =>
      localImports(file)
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${file.path} -> ${target}`),
    );
    none(missing, 'an import of a file that is not there');
  });

  it('keeps pure folders free of node modules and native packages', () => {
    const broken = source
      .filter((file) => PURE.has(layerOf(file)))
      .flatMap((file) =>
        externalImports(file)
          .filter((name) => name.startsWith('node:') || !PORTABLE_PACKAGES.has(packageOf(name)))
          .map((name) => `${file.path} -> ${name}`),
      );
    none(broken, 'a browser verifies with the same code: take Engines as a parameter instead');
  });

  it('reaches the file system in one folder only', () => {
    const broken = source
      .filter((file) => layerOf(file) !== 'files')
      .flatMap((file) =>
        externalImports(file)
          .filter((name) => /^node:fs(\/|$)/.test(name))
          .map((name) => `${file.path} -> ${name}`),
      );
    none(broken, 'faults and power cuts are tried on every step that passes through src/files: import from there');
  });

  it('imports each external package in one folder only', () => {
    const folders = new Map<string, Set<string>>();
    for (const file of [...source, ...commands, ...testing, ...program]) {
      for (const name of externalImports(file)) {
        if (name.startsWith('node:')) continue;
        const folder = file.path.startsWith('src/') ? `src/${layerOf(file)}` : (file.path.split('/')[0] ?? '');
        const known = folders.get(packageOf(name)) ?? new Set();
        folders.set(packageOf(name), known.add(folder));
      }
    }
    const broken = [...folders]
      .filter(([, used]) => used.size > 1)
      .map(([name, used]) => `${name}: ${[...used].join(', ')}`);
    none(broken, 'a package that is used in one place can be replaced in one place');
  });

  it('imports only what package.json declares', () => {
    const { dependencies, devDependencies } = packageJson();
    const declared = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
    const broken = [...source, ...commands, ...testing, ...program].flatMap((file) =>
      externalImports(file)
        .filter((name) => !name.startsWith('node:') && !declared.has(packageOf(name)))
        .map((name) => `${file.path} -> ${name}`),
    );
    none(broken, 'a package that only happens to be installed is missing on the next machine');
  });

  it('has users install exactly the packages that the bundle leaves outside', () => {
    const build = readFileSync(join(root, 'scripts', 'build.mjs'), 'utf8');
    const outside = /const EXTERNAL = \[([^\]]*)\]/.exec(build)?.[1]?.match(/(?<=')[^',]+(?=')/g) ?? [];
    const used = new Set([...source, ...commands, ...testing, ...program].flatMap(externalImports).map(packageOf));
    const needed = outside.filter((name) => used.has(name)).sort();
    assert.deepEqual(Object.keys(packageJson().dependencies).sort(), needed);
  });

  it('lets commands use the library only through its entry', () => {
    const broken = [...commands, ...program].flatMap((file) =>
      localImports(file)
        .filter((target) => target.startsWith('src/') && target !== 'src/index.ts')
        .map((target) => `${file.path} -> ${target}`),
    );
    none(broken, 'what the command line can do, a program must be able to do: export it from src/index.ts');
  });

  it('lets the attacks use any part of the library, and nothing use the attacks', () => {
    const outside = testing.flatMap((file) =>
      localImports(file)
        .filter((target) => !/^(src|testing)\//.test(target))
        .map((target) => `${file.path} -> ${target}`),
    );
    none(outside, 'they are a library of their own: what runs commands belongs in the tests');
    const inside = [...source, ...commands, ...program].flatMap((file) =>
      localImports(file)
        .filter((target) => target.startsWith('testing/'))
        .map((target) => `${file.path} -> ${target}`),
    );
    none(inside, 'a program does not carry the forgeries that it refuses');
  });

  it('has no import cycle through values', () => {
    none(
      valueCycles([...source, ...commands, ...testing]),
      'modules in a cycle are initialised in an order nobody chose',
    );
  });
});

function packageJson() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
}

describe('architecture: words that are not used', () => {
  const everywhere = [...source, ...commands, ...testing, ...program];
  const pure = source.filter((file) => PURE.has(layerOf(file)));
  // The one place with defaults for programs that embed the library.
  const clockless = source.filter((file) => file.path !== 'src/ops/environment.ts');
  const rules: readonly [string, RegExp, readonly SourceFile[], string][] = [
    ['export *', /\bexport\s*\*/, everywhere, 'the public surface is a list of names that a review can see'],
    [
      'default exports',
      /\bexport\s+default\b|\bas\s+default\b/,
      everywhere,
      'one name for a thing, the same at every place',
    ],
    ['console', /\bconsole\s*\./, everywhere, 'it breaks --json, and a library does not print'],
    ['process', AMBIENT, source, 'the library reads no environment and no clock: pass it in'],
    ['Date.now and new Date()', CLOCK, clockless, 'the clock comes in through options'],
    ['Math.random', /\bMath\.random\(/, pure, 'the same input gives the same bytes, everywhere'],
    ['eval and new Function', /\beval\s*\(|\bnew\s+Function\s*\(/, everywhere, 'nothing that is read is ever run'],
    ['shell: true', /\bshell\s*:\s*(true|['"`])/, everywhere, 'a file name must not become a command'],
    [
      'exec with a string',
      /\bexec(Sync)?\b[^;]*from 'node:child_process'|import\s*\{[^}]*\bexec(Sync)?\b[^}]*\}\s*from 'node:child_process'/,
      everywhere,
      'exec runs a shell: use execFile or spawn with a list of arguments',
    ],
    [
      'enums and namespaces',
      /^\s*(export\s+)?(declare\s+)?(const\s+)?(enum|namespace)\s+\w/m,
      everywhere,
      'types must be erasable',
    ],
    ['any', /(:\s*any\b|\bas any\b|<any>)/, everywhere, 'use unknown, narrowed by a parse function'],
    ['open ends', /\b(TODO|FIXME|XXX|HACK)\b/, everywhere, 'an open end belongs in an issue'],
  ];
  for (const [name, pattern, files, reason] of rules) {
    it(`has no ${name}`, () => {
      none(
        files.filter((file) => pattern.test(name === 'open ends' ? file.text : file.code)).map((file) => file.path),
        reason,
      );
    });
  }

  it('reads process and the clock of commands in one file', () => {
    const allowed = new Set(['commands/environment.ts']);
    const broken = commands
      .filter((file) => !allowed.has(file.path) && (/\bprocess(\[|\.\w)/.test(file.code) || CLOCK.test(file.code)))
      .map((file) => file.path);
    none(broken, 'many runs share one process in the tests: take it from this.environment');
  });
});

describe('architecture: size and form', () => {
  const counted = [...source, ...commands, ...testing].filter((file) => !file.path.includes('/generated/'));

  it('keeps every file within 400 lines', () => {
    const long = counted.filter((file) => file.lines > 400).map((file) => `${file.path}: ${file.lines}`);
    none(long, 'a file is read in one sitting: split it by the nouns in it');
  });

  it('keeps the median under 120 lines and nine in ten under 300', () => {
    const lines = counted.map((file) => file.lines).sort((a, b) => a - b);
    const at = (part: number): number => lines[Math.min(lines.length - 1, Math.floor(lines.length * part))] ?? 0;
    assert.ok(at(0.5) < 120, `median is ${at(0.5)} lines: small files are found by name`);
    assert.ok(at(0.9) < 300, `nine in ten have up to ${at(0.9)} lines: small files are found by name`);
  });

  it('keeps command files under 80 lines', () => {
    const long = commandFiles().filter((file) => file.lines >= 80);
    none(
      long.map((file) => `${file.path}: ${file.lines}`),
      'a command is flags and text; steps belong in src/ops',
    );
  });

  it('begins every file with a comment of at most three lines of text', () => {
    const broken = counted.filter((file) => {
      const comment = /^(?:#![^\n]*\n)?\/\*\*([\s\S]*?)\*\//.exec(file.text)?.[1];
      if (comment === undefined) return true;
      return comment.split('\n').filter((line) => line.replace(/[\s*]/g, '') !== '').length > 3;
    });
    none(
      broken.map((file) => file.path),
      'the first lines say what a file is, what it is not and which section it implements',
    );
  });

  it('names files in kebab-case, and none after a drawer', () => {
    const drawer = /(^|\/)(utils?|helpers?|common|misc|types|shared|lib)(\.ts|\/)/;
    const broken = [...counted, ...program]
      .map((file) => file.path)
      .filter((path) => drawer.test(path) || !/^[a-z0-9-]+(\/[a-z0-9-]+)*(\.[a-z]+)*\.ts$/.test(path));
    none(broken, 'a file is one noun or verb of the domain');
  });

  it('re-exports only from the entries', () => {
    const broken = [...source, ...commands, ...testing]
      .filter((file) => !ENTRIES.has(file.path) && /\bexport\s+(type\s+)?\{[^}]*\}\s*from\s*'(?!node:)/.test(file.code))
      .map((file) => file.path);
    none(broken, 'a name has one home, where a reader finds it');
  });

  it('lists every command file in the table, and tests it by name', () => {
    const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(root, 'test', name), 'utf8'))
      .join('\n');
    const table = readFileSync(join(root, 'commands', 'index.ts'), 'utf8');
    const unlisted = commandFiles().filter(
      (file) => !table.includes(`'./${file.path.slice('commands/'.length).replace(/\.ts$/, '.js')}'`),
    );
    none(
      unlisted.map((file) => file.path),
      'a command that is not in COMMANDS does not exist',
    );
    const untested = Object.keys(COMMANDS).filter((name) => {
      const words = name.split(' ').map((word) => `'${word}'`);
      const forms = [
        `[${words.join(', ')}`,
        `\`at1 ${name}`,
        `at1('${name}`,
        ...(words.length > 1 ? [`'${name} `, `'${name}'`] : []),
      ];
      return !forms.some((form) => tests.includes(form));
    });
    none(untested, 'no command without a test that runs it');
  });
});

function none(found: readonly string[], reason: string): void {
  const places = [...new Set(found)];
  assert.ok(places.length === 0, `${reason}\n  ${places.join('\n  ')}`);
}

function load(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(root, folder, name), 'utf8');
      const code = withoutComments(text);
      const imports = [...code.matchAll(/\bfrom\s+'([^']+)'|\bimport\s*\(\s*'([^']+)'\s*\)|^\s*import\s+'([^']+)'/gm)];
      return {
        path: posix.join(folder, name.split(sep).join('/')),
        text,
        code,
        lines: text.split('\n').length - 1,
        imports: imports.map((match) => match[1] ?? match[2] ?? match[3] ?? ''),
      };
    });
}

/** Drops comments but keeps strings and templates, which may hold `//`. */
function withoutComments(text: string): string {
  const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;
  return text.replace(token, (found) => (found.startsWith('//') || found.startsWith('/*') ? '' : found));
}

function layerOf(file: { readonly path: string }): string {
  return file.path.split('/')[1] ?? '';
}

function localImports(file: SourceFile): string[] {
  return file.imports
    .filter((name) => name.startsWith('.'))
    .map((name) =>
      relative(root, join(root, dirname(file.path), name))
        .split(sep)
        .join('/')
        .replace(/\.js$/, '.ts'),
    )
    .filter((name) => name !== 'package.json');
}

function externalImports(file: SourceFile): string[] {
  return file.imports.filter((name) => !name.startsWith('.'));
}

function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}

function commandFiles(): SourceFile[] {
  return commands.filter((file) => /\bclass\s+\w+\s+extends\s+At1Command\b/.test(file.code));
}

/** Cycles among static value imports; type imports are erased and dynamic ones run later. */
function valueCycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(
    files.map((file) => {
      const statics = [...file.code.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?\bfrom\s+'(\.[^']+)'/gm)];
      const targets = statics.map((match) =>
        posix.join(posix.dirname(file.path), (match[1] ?? '').replace(/\.js$/, '.ts')),
      );
      return [file.path, targets] as const;
    }),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
