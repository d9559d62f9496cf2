import { expect, it } from 'vitest';
import { type MemberRow, membersCsv } from '../../src/campaigns/members-csv.ts';
import { NOW } from '../campaign-fixture.ts';

const row = (accountId: string, change: Partial<MemberRow> = {}): MemberRow => ({
  accountId,
  standing: 'member',
  strength: 6,
  detections: ['no-night', 'shared-client'],
  joinedAt: NOW,
  accountStatus: null,
  organizationId: null,
  ...change,
});

it('is a line an account, below the names of the columns', () => {
  const of = { accountStatus: 'active', organizationId: 'org_1', strength: 3.14159, standing: 'review' };
  expect(membersCsv([row('acct_1'), row('acct_2', of)])).toBe(
    [
      'account_id,standing,strength,detections,joined_at,status,organization_id',
      'acct_1,member,6.000,no-night shared-client,2026-04-30T09:12:00.000Z,,',
      'acct_2,review,3.142,no-night shared-client,2026-04-30T09:12:00.000Z,active,org_1',
      '',
    ].join('\r\n'),
  );
});

it.each([
  ['a,b', '"a,b"'],
  ['a"b"', '"a""b"""'],
  ['a\nb', '"a\nb"'],
  ['a\rb', '"a\rb"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['a=b', 'a=b'],
])('%j cannot break out of its cell, nor be a formula: %j', (accountId, cell) => {
  const [, line] = membersCsv([row(accountId)]).split('organization_id\r\n');
  expect(line).toBe(`${cell},member,6.000,no-night shared-client,2026-04-30T09:12:00.000Z,,\r\n`);
});
