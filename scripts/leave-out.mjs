// For the bundle: files of packages that at1 never comes to, replaced by empty ones, since every command would load them.
import { sep } from 'node:path';

/** A plugin of esbuild; `files`: what stands in for each, by the end of its path with `/`. The build fails where one is not met. */
export function leaveOut(files) {
  const ends = Object.keys(files);
  return {
    name: 'leave-out',
    setup(build) {
      const met = new Set();
      build.onLoad({ filter: /[\\/]node_modules[\\/]/ }, ({ path }) => {
        const end = ends.find((name) => path.split(sep).join('/').endsWith(`/node_modules/${name}`));
        if (end === undefined) return undefined;
        met.add(end);
        return { contents: files[end], loader: 'js' };
      });
      build.onEnd(() => ({
        errors: ends.filter((name) => !met.has(name)).map((name) => ({ text: `nothing imports ${name} any more` })),
      }));
    },
  };
}
