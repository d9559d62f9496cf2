import { expect, it } from 'vitest';
import { accountRow } from '../../src/ingest/account-row.ts';
import { Account, type AccountLine } from '../../src/ingest/records.ts';
import { createStatusChanges } from '../../src/replay/status-changes.ts';
import { fingerprinter } from '../detections/load-world.ts';

const CREATED = '2026-01-01T00:00:00Z';

function defer(lines: readonly Partial<AccountLine>[]) {
  const changes = createStatusChanges();
  const rows = lines.map((line, index) => {
    const account = Account.parse({ account_id: `acct_${index}`, created_at: CREATED, ...line });
    return changes.defer(account, accountRow(account, fingerprinter, account.created_at));
  });
  return { changes, rows };
}

it('holds a status back until its time, oldest first', () => {
  const { changes, rows } = defer([
    { status: 'banned', status_at: '2026-03-02T00:00:00Z' },
    { status: 'suspended', status_at: '2026-03-01T00:00:00Z' },
  ]);
  expect(rows.map((row) => [row.status, row.status_at])).toEqual([
    ['active', Date.parse(CREATED)],
    ['active', Date.parse(CREATED)],
  ]);
  expect(changes.due(Date.parse('2026-02-28T00:00:00Z'))).toEqual([]);
  const due = changes.due(Date.parse('2026-03-02T00:00:00Z'));
  expect(due.map((row) => [row.account_id, row.status])).toEqual([
    ['acct_1', 'suspended'],
    ['acct_0', 'banned'],
  ]);
  expect(changes.due(Date.parse('2026-04-01T00:00:00Z'))).toEqual([]);
});

it('leaves alone what has no time, or was always so', () => {
  const { changes, rows } = defer([
    { status: 'banned' },
    { status: 'active', status_at: '2026-03-02T00:00:00Z' },
    { status: undefined },
  ]);
  expect(rows.map((row) => row.status)).toEqual(['banned', 'active', 'active']);
  expect(changes.due(Number.MAX_SAFE_INTEGER)).toEqual([]);
});
