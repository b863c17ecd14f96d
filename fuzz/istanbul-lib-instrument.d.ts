/** The part of the package in use; it ships no types. */
declare module 'istanbul-lib-instrument' {
  export interface Instrumenter {
    instrumentSync(code: string, filename: string): string;
  }
  export function createInstrumenter(options: {
    readonly esModules: boolean;
    readonly compact: boolean;
    readonly produceSourceMap: boolean;
    readonly coverageVariable: string;
  }): Instrumenter;
}
