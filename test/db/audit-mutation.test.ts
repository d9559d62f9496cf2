import { assert, asyncProperty, constantFrom, integer, nat, oneof, record } from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AuditAnchor, readAnchors } from '../../src/campaigns/audit-verdict.ts';
import { appendAudit, exportAudit, verifyAudit } from '../../src/db/audit-entry.ts';
import { transaction } from '../../src/db/query.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

const ENTRIES = 9;
const EDITS = {
  at: `at = at + interval '1 millisecond'`,
  actor: `actor = actor || ' '`,
  action: `action = 'campaign.dismiss'`,
  subject: `subject = 'C-1' || subject`,
  reason: `reason = ''`,
  detail: `detail = detail || '{"n": 2}'`,
  detailKind: `detail = '[]'`,
  hash: `hash = sha256(hash)`,
  previousHash: `previous_hash = sha256(previous_hash)`,
  shortHash: `hash = '\\x00'`,
};

let database: TestDatabase;
let anchors: AuditAnchor[];
beforeAll(async () => {
  database = await createTestDatabase();
  for (let entry = 1; entry <= ENTRIES; entry += 1) await append(database.pool, `kept ${entry}`);
  const lines: string[] = [];
  for await (const line of exportAudit(database.pool)) lines.push(line);
  anchors = readAnchors(lines.join('\n')) ?? [];
});
afterAll(() => database.drop());

function append(db: pg.Pool | pg.PoolClient, reason: string) {
  const draft = { at: 1_000, actor: 'U1', action: 'action.approve', subject: 'C-1', reason, detail: { n: 1 } };
  return 'totalCount' in db ? transaction(db, (tx) => appendAudit(tx, draft)) : appendAudit(db, draft);
}

/** What the owner of the database could do, to the entries from `seq` on; nothing of it stays. */
async function tampered<T>(
  tamper: (client: pg.PoolClient) => Promise<unknown>,
  look: (client: pg.PoolClient) => Promise<T>,
) {
  const client = await database.pool.connect();
  try {
    await client.query('begin; alter table audit_entry disable trigger audit_entry_append_only');
    await tamper(client);
    return await look(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const seq = integer({ min: 1, max: ENTRIES });
const mutation = oneof(
  record({
    kind: constantFrom('edit' as const),
    seq,
    column: constantFrom(...(Object.keys(EDITS) as (keyof typeof EDITS)[])),
  }),
  record({ kind: constantFrom('delete' as const, 'truncate' as const, 'rewrite' as const), seq }),
  record({ kind: constantFrom('swap' as const), seq, by: integer({ min: 1, max: ENTRIES - 1 }) }),
  record({ kind: constantFrom('prepend' as const), seq: nat(3) }),
);

it('finds every change of the chain, and names the first bad entry', async () => {
  await assert(
    asyncProperty(mutation, async (change) => {
      let first = change.seq;
      const verdict = await tampered(
        async (client) => {
          if (change.kind === 'edit')
            await client.query(`update audit_entry set ${EDITS[change.column]} where seq = $1`, [change.seq]);
          if (change.kind === 'delete') await client.query('delete from audit_entry where seq = $1', [change.seq]);
          if (change.kind === 'truncate' || change.kind === 'rewrite')
            await client.query('delete from audit_entry where seq >= $1', [change.seq]);
          // As long as before, and whole in itself.
          if (change.kind === 'rewrite')
            for (let entry = change.seq; entry <= ENTRIES; entry += 1) await append(client, 'another story');
          if (change.kind === 'prepend') {
            first = 0 - change.seq;
            await client.query(
              `insert into audit_entry select $1, at, actor, action, subject, reason, detail, previous_hash, hash from audit_entry where seq = 1`,
              [first],
            );
          }
          if (change.kind === 'swap') {
            const other = ((change.seq - 1 + change.by) % ENTRIES) + 1;
            first = Math.min(change.seq, other);
            await client.query('update audit_entry set seq = 99 where seq = $1', [change.seq]);
            await client.query('update audit_entry set seq = $1 where seq = $2', [change.seq, other]);
            await client.query('update audit_entry set seq = $1 where seq = 99', [other]);
          }
        },
        (client) => verifyAudit(client, anchors),
      );
      expect(verdict).toMatchObject({ ok: false, seq: first });
    }),
    { numRuns: 150 },
  );
  expect(await verifyAudit(database.pool, anchors)).toMatchObject({ ok: true, head: { seq: ENTRIES } });
});

it('knows a cut or rewritten chain by one head alone, with or without its number', async () => {
  const head = anchors.at(-1)?.hash ?? '';
  for (const anchor of [head, `${ENTRIES}:${head}`, JSON.stringify({ data: { entries: ENTRIES, hash: head } })]) {
    const read = readAnchors(anchor);
    expect(await verifyAudit(database.pool, read)).toMatchObject({ ok: true });
    const cut = await tampered(
      (client) => client.query('delete from audit_entry where seq > 5'),
      (client) => verifyAudit(client, read),
    );
    expect(cut).toEqual({ ok: false, seq: 6, problem: 'truncated' });
  }
  expect(readAnchors('')).toBeUndefined();
  expect(readAnchors('no hash\n')).toBeUndefined();
});

it.each([
  'update audit_entry set reason = reason',
  'delete from audit_entry',
  'truncate audit_entry',
  'merge into audit_entry using (select 1) s on true when matched then delete',
])('the database refuses %s, also to a session that poses as a replica', async (statement) => {
  await expect(database.pool.query(statement)).rejects.toThrow(/append-only/);
  const client = await database.pool.connect();
  try {
    await client.query(`begin; set local session_replication_role = replica`);
    await expect(client.query(statement)).rejects.toThrow(/append-only/);
  } finally {
    await client.query('rollback');
    client.release();
  }
});
