/** Answers requests about artifact directories, one JSON object a line, several at once: docs/format/artifacts-protocol.md. */
import { type ArtifactRequest, idOf, LINE_LIMIT, PROTOCOL, parseRequest } from '../artifacts/requests.js';
import { At1Error } from '../errors.js';
import { type ArtifactContext, openArtifacts } from './artifact-directory.js';
import { deleteArtifacts } from './delete-artifacts.js';
import type { Environment } from './environment.js';
import { listArtifacts, statArtifact } from './list-artifacts.js';
import { putArtifact, putArtifacts } from './put-artifacts.js';
import { artifactIntegrity, getArtifact } from './read-artifact.js';

export interface ServeOptions {
  readonly environment: Environment;
  /** Of this program. */
  readonly version: string;
  readonly input: AsyncIterable<Uint8Array | string>;
  /** Takes one line, without its end. */
  readonly answer: (line: string) => void;
}

export interface ServeResult {
  /** Requests that were answered. */
  readonly answered: number;
}

/** Until the input ends and all that was asked by then is answered. */
export async function serveArtifacts({ environment, version, input, answer }: ServeOptions): Promise<ServeResult> {
  const context = await openArtifacts(environment);
  const running = new Set<Promise<void>>();
  let answered = 0;
  for await (const line of linesOf(input)) {
    if (line.trim() === '') continue;
    const job: Promise<void> = answerTo(line, context, version).then((text) => {
      answered++;
      answer(text);
    });
    running.add(job);
    job.finally(() => running.delete(job)).catch(() => undefined);
  }
  await Promise.all(running);
  return { answered };
}

async function answerTo(line: string, context: ArtifactContext, version: string): Promise<string> {
  try {
    const { id, request } = parseRequest(line);
    return JSON.stringify({ id, ok: true, result: await carryOut(request, context, version) });
  } catch (error) {
    return JSON.stringify({ id: idOf(line), ok: false, error: describe(error) });
  }
}

async function carryOut(request: ArtifactRequest, context: ArtifactContext, version: string): Promise<object> {
  switch (request.op) {
    case 'hello':
      return { program: 'at1', version, protocol: PROTOCOL };
    case 'put':
      return putArtifact(context, request);
    case 'put-tree':
      return putArtifacts(context, request);
    case 'get':
      return getArtifact(context, request);
    case 'list':
      return { artifacts: await listArtifacts(context, request) };
    case 'stat':
      return statArtifact(context, request);
    case 'delete':
      return deleteArtifacts(context, request);
    default:
      return artifactIntegrity(context, request);
  }
}

function describe(error: unknown): object {
  if (error instanceof At1Error) {
    return { code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
  return { code: 'internal/unexpected', message: error instanceof Error ? error.message : String(error) };
}

/** A line that is too long is cut, and refused as what it is. */
async function* linesOf(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of input) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      yield rest.slice(0, end);
      rest = rest.slice(end + 1);
    }
    if (rest.length > LINE_LIMIT) rest = rest.slice(0, LINE_LIMIT + 1);
  }
  if (rest !== '') yield rest;
}
