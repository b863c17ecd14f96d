/** Runs the command line from source: `npm run dev -- register --help`. */
import './main.js';
