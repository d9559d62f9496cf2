import type { Readable } from 'node:stream';
import type pg from 'pg';
import { to } from 'pg-copy-streams';

const SIGNATURE_BYTES = 19;

/** What a COPY to standard output sends. */
export function copyOut(client: pg.PoolClient, statement: string): Readable {
  // pg stops waiting for an answer when this is called, which the library does of a COPY from standard input alone: the
  // process would not end for two minutes.
  const query = Object.assign(to(statement), { callback() {} });
  return client.query(query).once('close', () => query.callback());
}

/**
 * The rows of a question without parameters, in COPY's binary format and some thousand at a time: `read` takes what it can of
 * them and returns where the first one begins that is not whole. Between two of its calls others get their turn.
 */
export async function copyOutRows(
  client: pg.PoolClient,
  question: string,
  read: (rows: DataView) => number,
): Promise<void> {
  const copy = copyOut(client, `copy (${question}) to stdout (format binary)`);
  // Errors are thrown below. One that comes when nobody reads any more would end the process.
  copy.on('error', () => {});
  let rest: Uint8Array = new Uint8Array(0);
  let skip = SIGNATURE_BYTES;
  try {
    for await (const chunk of copy.iterator({ destroyOnReturn: false })) {
      const bytes: Uint8Array = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const rows = bytes.subarray(skip);
      rest = rows.subarray(read(new DataView(rows.buffer, rows.byteOffset, rows.byteLength)));
      skip = 0;
    }
  } finally {
    // Whoever stops early leaves the rest on the connection, which nobody else could use then.
    copy.resume();
  }
}
