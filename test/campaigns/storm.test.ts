import { expect, it } from 'vitest';
import { mayBeGrouped } from '../../src/campaigns/storm.ts';
import { campaignLike, NOW } from '../campaign-fixture.ts';

it.each([
  ['nobody has asked for or answered', {}, true],
  ['has a message of its own', { post: { channel: 'C0ALERTS', ts: '1.1' } }, false],
  ['somebody has', { status: 'acknowledged' }, false],
  ['is somebody’s', { assigned: { to: 'U0MARA', by: 'U0MARA', at: 1 } }, false],
  ['nobody was told of', { alertedAt: null }, false],
] as const)('a campaign that %s may be told in a storm’s message: %j is %s', (_what, change, may) => {
  expect(mayBeGrouped(campaignLike({ alertedAt: NOW, ...change }))).toBe(may);
});
