/** `at1 artifacts`: artifact directories, for programs that ask by JSON lines. */
import * as Flags from '@oclif/core/flags';
import { type ServeResult, serveArtifacts } from '../src/index.js';
import { At1Command } from './base.js';
import { libraryEnvironment } from './open.js';
import { VERSION } from './version.js';

export class ArtifactsCommand extends At1Command {
  static override summary = 'Serve artifact directories to another program; the MLflow plugin runs it.';
  static override description =
    'Reads requests from standard input and answers on standard output, one JSON object a line, until the input ends: ' +
    'put, list, get and delete artifacts of a directory, each one verified container with a place in a ledger. ' +
    'The protocol is in docs/format/artifacts-protocol.md. Needs no registry. Entries of the ledger are signed with ' +
    'AT1_SIGNING_KEY, or with the first key of at1 that opens without a passphrase.';
  static override examples = [
    'at1 artifacts --stdio',
    `echo '{"id":1,"op":"integrity","root":"/data/run","path":"model.bin"}' | at1 artifacts --stdio`,
  ];
  static override flags = {
    stdio: Flags.boolean({ summary: 'Requests on standard input, answers on standard output.', required: true }),
  };

  async run(): Promise<ServeResult> {
    await this.parse(ArtifactsCommand);
    const { stdin, stdout, signal } = this.environment;
    // What was asked is answered; nothing new is begun.
    signal.addEventListener('abort', () => stdin.destroy(), { once: true });
    return serveArtifacts({
      environment: libraryEnvironment(this.environment),
      version: VERSION,
      input: stdin,
      answer: (line) => stdout.write(`${line}\n`),
    });
  }
}
