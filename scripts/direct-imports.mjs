// For the bundle: the program imports from src/index.ts alone, and a bundler that meets such a list of names takes along all that is
// behind it, so that each command would load the whole library. Here each name is imported from the file that has it.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** A plugin of esbuild; `root`: the folder of package.json. */
export function directImports(root) {
  const source = join(root, 'src');
  const places = placesIn(readFileSync(join(source, 'index.ts'), 'utf8'));
  return {
    name: 'direct-imports',
    setup(build) {
      build.onLoad({ filter: /[\\/](?:bin|commands)[\\/].*\.ts$/ }, ({ path }) => ({
        contents: withDirectImports(readFileSync(path, 'utf8'), places, (file) => {
          const from = relative(dirname(path), join(source, file)).split(sep).join('/');
          return from.startsWith('.') ? from : `./${from}`;
        }),
        loader: 'ts',
      }));
    },
  };
}

/** Where each exported name is, by its name: its file below src, and what it is called there. */
export function placesIn(index) {
  const places = new Map();
  for (const [, names, file] of index.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)';$/gm)) {
    for (const { local, name } of namesIn(names)) places.set(name, { file, local });
  }
  return places;
}

/** `pathTo` makes of a file below src what the importing file calls it. Throws for a name that is in no place. */
export function withDirectImports(text, places, pathTo) {
  return text.replace(/^(import|export) \{([^}]*)\} from '(?:\.\.\/)+src\/index\.js';$/gm, (_, verb, names) => {
    const lines = namesIn(names).filter(({ isType }) => !isType);
    return lines
      .map(({ local: wanted, name }) => {
        const place = places.get(wanted);
        if (place === undefined) throw new Error(`src/index.ts exports no '${wanted}'`);
        return `${verb} { ${place.local} as ${name} } from '${pathTo(place.file)}';`;
      })
      .join(' ');
  });
}

/** Of `a, type B, c as d`. */
function namesIn(list) {
  const names = list.split(',').map((text) => text.trim());
  return names
    .filter((text) => text !== '')
    .map((text) => {
      const [, type, local, name = local] = /^(type )?(\w+)(?: as (\w+))?$/.exec(text) ?? [];
      if (local === undefined) throw new Error(`not a name: '${text}'`);
      return { isType: type !== undefined, local, name };
    });
}
