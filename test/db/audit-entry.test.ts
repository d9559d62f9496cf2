import { assert, asyncProperty, jsonValue, string } from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendAudit, type AuditDraft, auditHead, verifyAudit } from '../../src/db/audit-entry.ts';
import { transaction } from '../../src/db/query.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

const DRAFT: AuditDraft = { at: 1_000, actor: 'U1', action: 'campaign.acknowledge', subject: 'C-1', reason: 'taken' };
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What an intruder with the owner's rights would do. */
async function tamper(statement: string): Promise<void> {
  await database.pool.query(
    `alter table audit_entry disable trigger audit_entry_append_only; ${statement}; alter table audit_entry enable trigger audit_entry_append_only`,
  );
}
const append = (draft: Partial<AuditDraft> = {}) =>
  transaction(database.pool, (tx) => appendAudit(tx, { ...DRAFT, ...draft }));

describe('audit chain', () => {
  beforeEach(async () => {
    await tamper('truncate audit_entry');
    for (const subject of ['C-1', 'C-2', 'C-3', 'C-4']) await append({ subject, detail: { of: subject, n: 1.5 } });
  });

  it('verifies, and names its head', async () => {
    const head = await auditHead(database.pool);
    expect(head.seq).toBe(4);
    expect(await verifyAudit(database.pool, [head])).toEqual({ ok: true, head });
  });

  it.each(['update audit_entry set reason = $$x$$', 'delete from audit_entry', 'truncate audit_entry'])(
    'refuses %s',
    async (statement) => {
      await expect(database.pool.query(statement)).rejects.toThrow(/append-only/);
    },
  );

  it.each([
    ['an edited reason', `update audit_entry set reason = 'x' where seq = 2`, 2, 'edited'],
    ['an edited detail', `update audit_entry set detail = '{"of": "C-9", "n": 1.5}' where seq = 3`, 3, 'edited'],
    ['a deleted entry', 'delete from audit_entry where seq = 2', 2, 'missing'],
    ['a cut end', 'delete from audit_entry where seq >= 3', 3, 'truncated'],
    [
      'two entries swapped',
      'update audit_entry set seq = 9 where seq = 2; update audit_entry set seq = 2 where seq = 3; update audit_entry set seq = 3 where seq = 9',
      2,
      'edited',
    ],
    ['a broken link', `update audit_entry set previous_hash = hash where seq = 4`, 4, 'edited'],
  ])('shows %s', async (_, statement, seq, problem) => {
    const head = await auditHead(database.pool);
    await tamper(statement);
    expect(await verifyAudit(database.pool, [head])).toEqual({ ok: false, seq, problem });
  });

  it('shows a chain that was rewritten as a whole, against a head published before', async () => {
    const head = await auditHead(database.pool);
    await tamper('truncate audit_entry');
    for (let entry = 0; entry < 5; entry += 1) await append({ reason: 'rewritten' });
    expect(await verifyAudit(database.pool)).toMatchObject({ ok: true });
    expect(await verifyAudit(database.pool, [head])).toEqual({ ok: false, seq: 4, problem: 'rewritten' });
  });

  it('numbers entries written at once without a gap', async () => {
    await Promise.all(Array.from({ length: 12 }, () => append()));
    expect(await verifyAudit(database.pool)).toMatchObject({ ok: true, head: { seq: 16 } });
  });

  it('leaves no number behind for a transaction that rolled back', async () => {
    const failed = transaction(database.pool, async (tx) => {
      await appendAudit(tx, DRAFT);
      throw new Error('after the entry');
    });
    await expect(failed).rejects.toThrow('after the entry');
    await append();
    expect(await verifyAudit(database.pool)).toMatchObject({ ok: true, head: { seq: 5 } });
  });

  it('hashes what the table keeps, whatever text it is given', async () => {
    await assert(
      asyncProperty(string({ unit: 'binary' }), jsonValue(), async (reason, value) => {
        await append({ reason: `${reason}\0\u{d800}`, detail: { value } });
        expect(await verifyAudit(database.pool)).toMatchObject({ ok: true });
      }),
      { numRuns: 25 },
    );
  });
});
