/** `query`, loaded when it is asked: no other command starts with a query language. */
import type { QueryRequest, QueryResult } from './run-query.js';

/** Throws `usage/query`, `usage/invalid`, `artifact/*`, `signature/*`, `history/*`, `object/*`, `container/*`, `output/exists`, `io/*`. */
export async function query(request: QueryRequest): Promise<QueryResult> {
  const { runQuery } = await import('./run-query.js');
  return runQuery(request);
}
