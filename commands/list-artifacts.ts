/** What `at1 list` and `at1 model list` share: the table of versions. */
import { type ListResult, list } from '../src/index.js';
import type { At1Command } from './base.js';
import { openRegistry } from './open.js';
import { formatBytes, plural, table } from './print.js';
import { shortDigest, signedBy, stageText, standing } from './version-text.js';

export async function listArtifacts(
  command: At1Command,
  request: { readonly what?: string | undefined; readonly at?: string | undefined },
): Promise<ListResult> {
  const result = await list(await openRegistry(command, request), request.what);
  const { paint } = command;
  const rows = result.artifacts.flatMap(({ kind, name, versions }) =>
    versions.map((version) => [
      `${kind}/${name}@${version.version}`,
      version.created.slice(0, 10),
      formatBytes(version.size),
      formatBytes(version.stored),
      stageText(version),
      signedBy(version.signers),
      shortDigest(version.content),
      paint.red(standing(version)),
    ]),
  );
  const [first] = rows;
  if (first === undefined) {
    command.log(request.what === undefined ? 'no versions yet' : `no versions of kind ${request.what} yet`);
    command.next(request.what === undefined ? 'at1 register FILE' : `at1 ${request.what} register NAME FILE`);
    return result;
  }
  const head = ['VERSION', 'CREATED', 'SIZE', 'STORED', 'STAGE', 'SIGNED BY', 'CONTENT', ''].map(paint.dim);
  command.log(table([head, ...rows], [2, 3]));
  command.log(`${plural(rows.length, 'version')} of ${plural(result.artifacts.length, 'artifact')}`);
  command.next(`at1 show ${first[0]}`);
  return result;
}
