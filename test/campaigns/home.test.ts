import { expect, it } from 'vitest';
import { approvableBy } from '../../src/campaigns/home.ts';
import { actionViewLike } from '../action-world.ts';

it('a person may approve what others proposed, and what they did not approve yet', () => {
  const waiting = [
    { number: 1, proposedBy: 'U0MARA' },
    { number: 2, proposedBy: 'U0JONAS' },
    { number: 3, proposedBy: 'U0JONAS', approvals: [{ by: 'U0RAVI', at: 1 }] },
    {
      number: 4,
      proposedBy: 'U0JONAS',
      approvals: [
        { by: 'U0RAVI', at: 1 },
        { by: 'U0MARA', at: 2 },
      ],
    },
  ].map((change) => actionViewLike(change).proposal);
  expect(approvableBy('U0MARA', waiting).map(({ number }) => number)).toEqual([2, 3]);
});
