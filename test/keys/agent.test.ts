/** The agent client against a real ssh-agent, and against peers that misbehave. */
import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { utf8 } from '../../src/bytes/text.js';
import { agentSigner, listAgentKeys } from '../../src/keys/agent.js';
import { inspectKeyFile } from '../../src/keys/key-file.js';
import { signerFromSeed } from '../../src/keys/seed.js';
import { signMessage, verifyMessage } from '../../src/signing/sshsig.js';
import { runTool, sshKeygen, startAgent, type TestAgent } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { signingEngines as engines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';

const MESSAGE = utf8('an event');
const stranger = signerFromSeed(new Uint8Array(32).fill(4), 'not in the agent').publicKey;

describe('ssh-agent', () => {
  const dir = useTempDir('suite');
  let agent: TestAgent;

  before(async () => {
    agent = await startAgent(dir.at('agent.sock'));
    sshKeygen(['-q', '-t', 'ed25519', '-N', '', '-C', 'in the agent', '-f', dir.at('key')]);
    sshKeygen(['-q', '-t', 'ecdsa', '-N', '', '-f', dir.at('ecdsa')]);
  });
  after(() => agent.stop());

  it('without keys gives an empty list', async () => {
    assert.deepEqual(await listAgentKeys(agent), []);
  });

  it('lists its Ed25519 keys and passes over others', async () => {
    agent.add(dir.at('ecdsa'));
    agent.add(dir.at('key'));
    const { publicKey } = await inspectKeyFile(dir.at('key.pub'));
    assert.deepEqual(await listAgentKeys(agent), [publicKey]);
  });

  it('signs, and the signature is the one ssh-keygen makes from the file', async () => {
    const [key] = await listAgentKeys(agent);
    assert.ok(key);
    const armor = await signMessage(agentSigner(agent, key), 'at1-event', MESSAGE, engines);
    assert.deepEqual(verifyMessage(armor, 'at1-event', MESSAGE, engines), { kind: 'good', publicKey: key.raw });
    const args = ['-q', '-Y', 'sign', '-n', 'at1-event', '-f', dir.at('key')];
    assert.equal(armor, runTool('ssh-keygen', args, { input: MESSAGE }).stdout);
  });

  it('that does not hold a key refuses to sign with it', async () => {
    await throwsCode(() => agentSigner(agent, stranger).sign(MESSAGE), 'key/agent');
  });

  it('that is not there is key/agent', async () => {
    await throwsCode(() => listAgentKeys({ socket: dir.at('none.sock') }), 'key/agent');
  });
});

describe('an ssh-agent that misbehaves', () => {
  const dir = useTempDir();
  let server: Server | undefined;
  const open = new Set<Socket>();

  afterEach(async () => {
    for (const socket of open) socket.destroy();
    open.clear();
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
    server = undefined;
  });

  async function serve(answer: (socket: Socket) => void): Promise<string> {
    const path = dir.at('bad.sock');
    const made = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('data', () => answer(socket));
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(path, resolve));
    return path;
  }

  const answers: Record<string, number[]> = {
    'announces nothing': [0, 0, 0, 0],
    'announces gigabytes': [0xff, 0xff, 0xff, 0xff, 12],
    'answers with another message': [0, 0, 0, 1, 6],
    'says failure': [0, 0, 0, 1, 5],
    'sends half a count': [0, 0, 0, 3, 12, 0, 0],
    'promises keys it does not send': [0, 0, 0, 5, 12, 0xff, 0xff, 0xff, 0xff],
    'sends more than it lists': [0, 0, 0, 6, 12, 0, 0, 0, 0, 7],
  };
  for (const [what, bytes] of Object.entries(answers)) {
    it(`and ${what} is key/agent`, async () => {
      const socket = await serve((peer) => peer.write(Uint8Array.from(bytes)));
      await throwsCode(() => listAgentKeys({ socket }), 'key/agent');
    });
  }

  it('and hangs up half-way is key/agent', async () => {
    const socket = await serve((peer) => peer.end(Uint8Array.of(0, 0, 0, 9, 12)));
    await throwsCode(() => listAgentKeys({ socket }), 'key/agent');
  });

  it('and never answers is given up, for lists and for signatures', async () => {
    const socket = await serve(() => undefined);
    await throwsCode(() => listAgentKeys({ socket, listTimeout: 50 }), 'key/agent');
    await throwsCode(() => agentSigner({ socket, signTimeout: 50 }, stranger).sign(MESSAGE), 'key/agent');
  });

  it('and sends its answer byte by byte is understood', async () => {
    const socket = await serve((peer) => {
      for (const byte of [0, 0, 0, 5, 12, 0, 0, 0, 0]) peer.write(Uint8Array.of(byte));
    });
    assert.deepEqual(await listAgentKeys({ socket }), []);
  });
});
