import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '../../src/db/audit-entry.ts';
import { transaction } from '../../src/db/query.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { runRetort } from './run-retort.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const reason of ['one', 'two', 'three']) {
    const entry = { at: 1_000, actor: 'U1', action: 'action.approve', subject: 'C-1', reason };
    await transaction(database.pool, (tx) => appendAudit(tx, entry));
  }
});
afterAll(() => database.drop());

describe('retort audit', { timeout: 180_000 }, () => {
  it('exports the chain, and finds by the export that it was cut', async () => {
    const audit = (...words: string[]) =>
      runRetort(['audit', ...words], { DATABASE_URL: database.url, RETORT_FINGERPRINT_KEY: 'x'.repeat(32) });
    const exported = await audit('export');
    expect(exported).toMatchObject({ status: 0 });
    const lines = exported.out.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { reason: string }).reason)).toEqual(['one', 'two', 'three']);
    const file = path.join(await temporaryDirectory(), 'audit.ndjson');
    await writeFile(file, exported.out);
    expect(await audit('verify', '--anchor', file)).toMatchObject({
      status: 0,
      out: expect.stringContaining('3 entries, whole'),
    });
    expect(await audit('verify', '--anchor', 'nonsense')).toMatchObject({ status: 2 });

    await database.pool.query(
      'alter table audit_entry disable trigger audit_entry_append_only; delete from audit_entry where seq = 3',
    );
    expect(await audit('verify')).toMatchObject({ status: 0 });
    const { hash } = JSON.parse(lines[2] ?? '') as { hash: string };
    for (const anchor of [file, hash, `3:${hash}`]) {
      expect(await audit('verify', '--json', '--anchor', anchor)).toMatchObject({
        status: 1,
        out: '{"ok":false,"seq":3,"problem":"truncated"}\n',
      });
    }
  });
});
