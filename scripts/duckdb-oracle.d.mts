/** Types of `duckdb-oracle.mjs`. */
export interface OracleAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Each a JSON array. Integers and decimals have all their digits; what is no number JSON has is a string. */
  readonly rows: readonly string[];
}

export interface Oracle {
  readonly missing?: undefined;
  /** `sql` is on a table `data`; `reading` are arguments of DuckDB's read_csv. */
  query(path: string, sql: string, options?: { readonly reading?: string }): Promise<OracleAnswer>;
  close(): void;
}

/** `missing` says why there is none here; a test skips itself with it, so that it is seen. */
export function openOracle(options?: { readonly cache?: string }): Promise<Oracle | { readonly missing: string }>;
