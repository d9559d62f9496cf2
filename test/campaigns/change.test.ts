import { expect, it } from 'vitest';
import { type Change, CHANGES, peopleOf } from '../../src/campaigns/change.ts';

const common = { at: 1, actor: 'U0MARA', reason: 'because' };
const exception = { kind: 'account', subject: 'acct_1', until: '2026-05-01T00:00:00.000Z' } as const;
const added = (owner: string): Change => ({
  ...common,
  action: 'exception.add',
  subject: 'E-1',
  detail: { ...exception, owner },
});

it('every change is one that the audit knows by name', () => {
  expect(CHANGES).toEqual([
    'exception.add',
    'exception.end',
    'enforcement.freeze',
    'enforcement.unfreeze',
    'detection.enable',
    'detection.shadow',
    'detection.disable',
  ]);
});

it.each<[string[], Change]>([
  [['U0MARA', 'U0RAVI'], added('U0RAVI')],
  [['U0MARA'], added('legal')],
  [['U0MARA'], { ...common, action: 'enforcement.freeze', subject: 'enforcement' }],
  [
    ['U0MARA', 'U0JONAS'],
    {
      ...common,
      action: 'enforcement.unfreeze',
      subject: 'enforcement',
      detail: { frozenBy: 'U0JONAS', frozenAt: '2026-05-01T00:00:00.000Z' },
    },
  ],
  [['U0MARA'], { ...common, action: 'detection.disable', subject: 'no-night', detail: { from: 'enabled' } }],
])('names %j', (people, change) => {
  expect(peopleOf(change)).toEqual(people);
});
