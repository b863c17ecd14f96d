/** A client of ssh-agent: lists Ed25519 identities and asks for signatures (draft-miller-ssh-agent). */
import { connect } from 'node:net';
import { Cursor } from '../bytes/cursor.js';
import { fromLatin1, fromUtf8, toBase64 } from '../bytes/text.js';
import { ByteWriter, concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import { decodePublicBlob, encodePublicBlob, makePublicKey, type PublicKey } from '../signing/public-key.js';
import { decodeSignatureBlob, type Signer } from '../signing/sshsig.js';
import { ED25519, readString, strings } from '../signing/wire.js';

export interface AgentOptions {
  /** Path of the unix socket (a pipe name on Windows). */
  readonly socket: string;
  /** For listing identities, which needs nobody's consent; 5 seconds by default. */
  readonly listTimeout?: number | undefined;
  /** For signing, which may wait for a person to confirm; 60 seconds by default. */
  readonly signTimeout?: number | undefined;
}

const LIST_TIMEOUT = 5_000;
const SIGN_TIMEOUT = 60_000;
/** OpenSSH's own limit for a message. */
const FRAME_LIMIT = 256 * 1024;
const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const SIGN_REQUEST = 13;
const SIGN_RESPONSE = 14;
const FAILURE = 5;

/** The agent's Ed25519 keys in its order; others are passed over. Throws `key/agent`. */
export async function listAgentKeys(options: AgentOptions): Promise<PublicKey[]> {
  const answer = await exchange(options.socket, Uint8Array.of(REQUEST_IDENTITIES), options.listTimeout ?? LIST_TIMEOUT);
  const cursor = new Cursor(answer, 'key/agent');
  expectType(cursor, IDENTITIES_ANSWER, 'list its keys');
  const count = cursor.u32be('number of keys');
  const keys: PublicKey[] = [];
  for (let i = 0; i < count; i++) {
    const blob = readString(cursor, 'key');
    const comment = readString(cursor, 'comment');
    if (isEd25519(blob)) keys.push(makePublicKey(decodePublicBlob(blob), commentText(comment)));
  }
  cursor.expectEnd('agent answer');
  return keys;
}

/** A signer whose private key stays in the agent. */
export function agentSigner(options: AgentOptions, publicKey: PublicKey): Signer {
  return {
    publicKey,
    sign: async (signedData) => {
      const body = strings(encodePublicBlob(publicKey.raw), signedData);
      const request = new ByteWriter().u8(SIGN_REQUEST).bytes(body).u32be(0).finish();
      const answer = await exchange(options.socket, request, options.signTimeout ?? SIGN_TIMEOUT);
      const cursor = new Cursor(answer, 'key/agent');
      expectType(cursor, SIGN_RESPONSE, 'sign');
      const signature = decodeSignatureBlob(readString(cursor, 'signature'), 'key/agent');
      cursor.expectEnd('agent answer');
      return signature.slice();
    },
  };
}

/** One request, one answer, one connection. */
function exchange(socketPath: string, request: Uint8Array, timeout: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    const chunks: Uint8Array[] = [];
    const timer = setTimeout(() => fail(`ssh-agent did not answer within ${timeout} ms`), timeout);
    const fail = (message: string, cause?: unknown) => {
      clearTimeout(timer);
      socket.destroy();
      const hint = 'check that the agent runs: `ssh-add -l`';
      reject(new At1Error('key/agent', { message, hint, facts: { socket: socketPath }, cause }));
    };
    socket.on('connect', () => socket.write(new ByteWriter().u32be(request.length).bytes(request).finish()));
    socket.on('error', (cause) => fail('ssh-agent cannot be reached', cause));
    socket.on('close', () => fail('ssh-agent closed the connection'));
    socket.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk);
      const received = concatBytes(chunks);
      if (received.length < 4) return;
      const length = new Cursor(received, 'key/agent').u32be();
      if (length === 0 || length > FRAME_LIMIT) return fail(`ssh-agent announced an answer of ${length} bytes`);
      if (received.length < 4 + length) return;
      clearTimeout(timer);
      socket.destroy();
      resolve(received.slice(4, 4 + length));
    });
  });
}

function expectType(cursor: Cursor, expected: number, action: string): void {
  const type = cursor.u8('message type');
  if (type === expected) return;
  throw new At1Error('key/agent', {
    message: type === FAILURE ? `ssh-agent refused to ${action}` : `ssh-agent answered with message ${type}`,
    hint: 'unlock the agent, confirm its question, or load the key with `ssh-add`',
  });
}

function isEd25519(blob: Uint8Array): boolean {
  const prefix = strings(ED25519);
  return blob.length > prefix.length && toBase64(blob.subarray(0, prefix.length)) === toBase64(prefix);
}

/** The agent passes on whatever bytes the key file had as its comment. */
function commentText(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    // not UTF-8: shown byte by byte rather than losing the key over a label
    return fromLatin1(bytes);
  }
}
