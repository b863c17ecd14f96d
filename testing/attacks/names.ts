/** Names and versions that look like others, mean something to a system, or steer a terminal, as paths in a commit. */
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import { newVersion } from '../new-version.js';
import { field } from './manifests.js';

const EVIL = 'model/evil@1.0.0';

/** A signed manifest under a name or version no registry has, at the path that would be its own. */
function placed(id: string, row: number, title: string, name: string, version = '1.0.0'): Attack {
  return defineAttack({
    id: `name/${id}`,
    row,
    title,
    attacker: 'maintainer',
    refused: [refuses(['verify'], 'manifest/wrong-place', 23)],
    forge: async (forge) => {
      const text = (canonical: string) =>
        field('version', JSON.stringify(version))(field('name', JSON.stringify(name))(canonical));
      const changes = await newVersion(forge, EVIL, { text, path: `model/${name}/${version}.toml` });
      await forge.commit(changes, { checkout: !name.includes('.git') });
    },
  });
}

/** A sound version beside one that it must not stand beside. */
function twin(id: string, title: string, ref: string, beside: string): Attack {
  return defineAttack({
    id: `name/${id}`,
    row: 27,
    title,
    attacker: 'maintainer',
    refused: [refuses(['verify'], 'manifest/name-twin', 23)],
    forge: async (forge) => {
      await forge.commit(await newVersion(forge, beside));
      await forge.commit(await newVersion(forge, ref));
    },
  });
}

/** Words of the command line, on a healthy registry. */
function argument(id: string, row: number, title: string, command: readonly string[], code: Refusal['code']): Attack {
  return defineAttack({
    id: `argument/${id}`,
    row,
    title,
    attacker: 'contributor',
    refused: [refuses(command, code, 2)],
    forge: () => {},
  });
}

export const names: readonly Attack[] = [
  placed('capital', 22, 'capitals, which are another name on one file system and the same on another', 'M'),
  placed('kelvin', 22, 'the Kelvin sign, which is k without case', '\u212a'),
  placed('dotless-i', 22, 'a dotless i', 'm\u0131ni'),
  placed('full-width', 22, 'a full-width m', '\uff4d'),
  placed('homoglyph', 21, 'a Cyrillic letter that looks Latin', 'p\u0430y'),
  placed('nfd', 22, 'a letter and its accent, where others write one character', 'me\u0301'),
  placed('percent', 23, 'a name percent-encoded', '%6d'),
  placed('con', 24, 'a device of Windows', 'con'),
  placed('nul-extension', 24, 'a device of Windows with an extension', 'nul.txt'),
  placed('com1', 24, 'a port of Windows', 'com1'),
  placed('trailing-dot', 24, 'a dot at the end, which Windows drops', 'm.'),
  placed('trailing-space', 24, 'a space at the end, which Windows drops', 'm '),
  placed('colon', 24, 'a colon, which is a stream on Windows', 'm:x'),
  placed('backslash', 24, 'a backslash', 'a\\b'),
  placed('newline', 54, 'a line feed', 'm\nname = "m"'),
  placed('escape-sequence', 86, 'a terminal sequence', 'm\u001b[2K\u001b[1A'),
  placed('bidi', 86, 'a mark that turns the direction of text', 'm\u202eledom'),
  placed('zero-width', 21, 'a space of no width', 'm\u200b'),
  placed('dash', 54, 'a dash in front, like an option', '--output=x'),
  placed('quotes', 54, 'quotes and a command', '\'"$(id)`id`'),
  placed('semicolon', 54, 'a parameter part of a URL', 'm;x'),
  placed('fragment', 54, 'a fragment of a URL', 'm#x'),
  placed('query', 54, 'a query of a URL', 'm?x'),
  placed('version-part', 27, 'a part that is a version', '1.0.0'),
  placed('stage', 22, 'the name of a stage', 'production'),
  placed('events', 22, 'the folder of events', 'events'),
  placed('lock', 22, 'an ending that git keeps for locks', 'm.lock'),
  placed('two-dots', 22, 'two dots in a row', 'm..n'),
  placed('long', 22, 'a name of 129 bytes', 'm'.repeat(129)),
  placed('git-folder', 53, 'the folder of git', '.git'),
  placed('version-zeros', 27, 'a version with a leading zero', 'm', '01.0.0'),
  placed('version-short', 27, 'a version of two numbers', 'm', '1.0'),
  placed('version-v', 27, 'a v in front of a version', 'm', 'v1.0.0'),
  placed('version-digits', 27, 'a version in other digits', 'm', '\uff11.0.0'),
  placed('version-space', 27, 'a space in front of a version', 'm', ' 1.0.0'),
  placed('version-prerelease-zeros', 27, 'a pre-release with a leading zero', 'm', '1.0.0-01'),
  placed('version-empty-build', 27, 'build metadata of nothing', 'm', '1.0.0+'),
  placed('version-lock', 27, 'a version that ends as locks of git do', 'm', '1.0.0-a.lock'),
  placed('version-long', 27, 'a version of 129 bytes', 'm', `1.0.${'9'.repeat(125)}`),
  twin(
    'twin-build',
    'a version that differs from another in its build alone',
    'model/m@1.0.0+evil',
    'model/other@1.0.0',
  ),
  twin('twin-case', 'a version that differs from another in case alone', 'model/evil@1.0.0-RC', 'model/evil@1.0.0-rc'),
  argument('capital', 22, 'to register under capitals', ['register', 'model/M@1.0.0', 'at1.toml'], 'usage/name'),
  argument(
    'percent',
    23,
    'to register under a percent-encoded name',
    ['register', 'model/%6d@1.0.0', 'at1.toml'],
    'usage/name',
  ),
  argument('parent', 54, 'to get what lies above', ['get', 'model/../m@1.0.0'], 'usage/name'),
  argument('backslash', 54, 'to get what lies above, on Windows', ['get', 'model/..\\m@1.0.0'], 'usage/name'),
  argument(
    'double-encoded',
    54,
    'to get what lies above after decoding twice',
    ['get', 'model/%252e%252e@1.0.0'],
    'usage/name',
  ),
  argument('escape-sequence', 86, 'to show a terminal sequence', ['show', 'model/\u001b[2Km@1.0.0'], 'usage/name'),
  argument('device', 24, 'to register a device of Windows', ['register', 'model/aux@1.0.0', 'at1.toml'], 'usage/name'),
  argument(
    'version-zeros',
    27,
    'to register a version with a leading zero',
    ['register', 'model/m@01.0.0', 'at1.toml'],
    'usage/reference',
  ),
  argument('option', 54, 'an option where a reference belongs', ['get', '--upload-pack=id'], 'usage/invalid'),
];
