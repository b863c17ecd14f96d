/** The library entry: every public name, listed one by one. */
export { At1Error, type ErrorCode, type ErrorDetails, type Facts } from './errors.js';
