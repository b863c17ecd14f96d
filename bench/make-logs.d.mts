export const LOGS: Readonly<Record<string, (lines: number) => string>>;
export function makeLog(name: string, lines: number): Uint8Array;
