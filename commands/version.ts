/** The version of this program, from package.json (the bundle carries it inside). */
import packageJson from '../package.json' with { type: 'json' };

export const VERSION: string = packageJson.version;
