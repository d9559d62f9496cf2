import type { Readable } from 'node:stream';
import type pg from 'pg';
import { to } from 'pg-copy-streams';

/** What a COPY to standard output sends. */
export function copyOut(client: pg.PoolClient, statement: string): Readable {
  // pg stops waiting for an answer when this is called, which the library does of a COPY from standard input alone: the
  // process would not end for two minutes.
  const query = Object.assign(to(statement), { callback() {} });
  return client.query(query).once('close', () => query.callback());
}
