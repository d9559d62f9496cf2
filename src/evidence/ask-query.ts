import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import type { Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { DossierQuery } from '../db/dossier-queries.ts';
import type { Database } from '../db/query.ts';

/** A query that a dossier rests on, with all that it takes to ask it again, and what it answered. */
export const QueryRecord = z.object({
  id: z.string(),
  kind: z.enum(['figure', 'detection']),
  about: z.string(),
  sql: z.string(),
  /** In the order of `$1`, `$2`, …; times are RFC 3339. */
  parameters: z.array(z.unknown()),
  /** The data that it may look at. */
  from: z.string(),
  to: z.string(),
  /** Rows of a figure, findings of a detection. */
  rows: z.number().int(),
  /** SHA-256 of the canonical JSON of what came. */
  result_sha256: z.string(),
});
export type QueryRecord = z.output<typeof QueryRecord>;

export type Asked = Omit<QueryRecord, 'rows' | 'result_sha256'>;

/** Asks, and keeps a digest of the rows as they came, before anything is made of them. */
export async function askQuery<Row extends z.ZodType>(
  tx: Database,
  query: DossierQuery<Row>,
  bounds: { from: string; to: string },
): Promise<{ rows: z.output<Row>[]; record: QueryRecord }> {
  const { rows } = await tx.query(query.statement);
  const asked = { id: query.id, kind: 'figure' as const, about: query.about, ...textOf(query.statement), ...bounds };
  return { rows: rows.map((row) => query.row.parse(row)), record: recordOf(asked, rows) };
}

export const recordOf = (asked: Asked, rows: readonly unknown[]): QueryRecord => ({
  ...asked,
  rows: rows.length,
  result_sha256: digestOf(rows),
});

/** A statement's text and parameters, as they are written down. */
export function textOf(statement: Sql): { sql: string; parameters: unknown[] } {
  const sql = statement.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
  return { sql, parameters: plain(statement.values) as unknown[] };
}

/** SHA-256, hexadecimal, of a value's canonical JSON. */
export function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(plain(value)))
    .digest('hex');
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
