/**
 * Asks MLflow itself, in a Python of the user's: `at1_mlflow.export` reads the run and fetches the files. Nothing is installed,
 * no shell is used, and modules of the current folder are not loaded: it may be a clone of somebody else's.
 */
import { spawn } from 'node:child_process';
import { concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import { DOCUMENT_LIMIT, type MlflowAnswer, PROTOCOL, parseAnswer, tooLarge } from '../mlflow/document.js';
import { withoutPasswords } from '../mlflow/without-passwords.js';

export interface Python {
  /** The program; a name is looked for on PATH. */
  readonly path: string;
  /** Where relative places of a tracking store begin. */
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface ExportQuery {
  readonly run?: string | undefined;
  /** `NAME/VERSION`, `NAME@ALIAS` or `m-…`. */
  readonly model?: string | undefined;
  /** A model among several of a run. */
  readonly artifact?: string | undefined;
  readonly trackingUri: string;
}

// `-c` puts the current folder in front of all others, as an empty name.
const START = `
import sys
sys.path[:] = [place for place in sys.path if place]
from importlib.util import find_spec
def lacking(kind):
    sys.stdout.write('{"document": ${PROTOCOL}, "error": {"kind": "%s", "message": "", "choices": []}}' % kind)
    sys.exit(0)
if find_spec("mlflow") is None:
    lacking("no-mlflow")
if find_spec("at1_mlflow") is None:
    lacking("no-plugin")
if find_spec("at1_mlflow.export") is None:
    lacking("old-plugin")
from at1_mlflow.export import main
main()
`;
const KEPT_STDERR = 4096;

/** The files come into `folder`/model. Throws `capability/missing`, `io/failed`, `document/*`. */
export async function runExporter(python: Python, query: ExportQuery, folder: string): Promise<MlflowAnswer> {
  const { run = null, model = null, artifact = null, trackingUri } = query;
  const request = { protocol: PROTOCOL, run, model, artifact, tracking_uri: trackingUri, folder };
  const { out, err, code, signal } = await converse(python, `${JSON.stringify(request)}\n`);
  const last = () => withoutPasswords(err).trim().split('\n').slice(-3).join(' | ').slice(-1000);
  if (code !== 0) {
    const how = signal === null ? `with ${code}` : `by ${signal}`;
    throw new At1Error('io/failed', {
      message: `${python.path} ended ${how} before it had answered`,
      hint: last() === '' ? `try ${python.path} -m at1_mlflow.export` : last(),
    });
  }
  const hint = `try ${python.path} -m at1_mlflow.export`;
  if (out.trim() === '') throw new At1Error('document/syntax', { message: `${python.path} answered nothing`, hint });
  try {
    return parseAnswer(out);
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    throw new At1Error(error.code, {
      message: `${python.path}: ${error.message}`,
      hint: error.hint ?? hint,
      cause: error,
    });
  }
}

interface Spoken {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function converse({ path, cwd, variables }: Python, request: string): Promise<Spoken> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, ['-c', START], {
      cwd,
      // The answer is one encoding everywhere, and so are names of files.
      env: { ...variables, PYTHONUTF8: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const out: Uint8Array[] = [];
    let size = 0;
    let err = '';
    child.stdout.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= DOCUMENT_LIMIT) out.push(chunk);
      else {
        // What asks for no more and floods all the same is not asked twice.
        child.stdout.destroy();
        child.kill('SIGKILL');
      }
    });
    child.stderr.on('data', (chunk: Uint8Array) => {
      err = (err + new TextDecoder().decode(chunk)).slice(-KEPT_STDERR);
    });
    child.on('error', (cause) => reject(noPython(path, cause)));
    child.on('close', (code, signal) => {
      if (size > DOCUMENT_LIMIT) reject(tooLarge());
      else resolve({ out: new TextDecoder().decode(concatBytes(out)), err, code, signal });
    });
    // Kept open: its end is the end of this process, and then nobody wants the files. One that ends early says why.
    child.stdin.on('error', () => undefined);
    child.stdin.write(request);
  });
}

function noPython(path: string, cause: Error): At1Error {
  return new At1Error('capability/missing', {
    message: `cannot start Python as '${path}'`,
    hint: 'install Python 3.9 or later, or name it: export AT1_PYTHON=/path/of/python',
    cause,
  });
}
