import type { Alerted } from '../../src/campaigns/campaign.ts';
import type { Reply } from '../../src/campaigns/reply.ts';
import { NOW } from '../campaign-fixture.ts';

export const ALERTED: Alerted = { severity: 'high', accountCount: 9, families: ['content'] };
/** What a thread hears of a campaign that changed. */
export const alert = (reason: Extract<Reply, { type: 'alert' }>['reason']): Reply => ({
  type: 'alert',
  reason,
  at: NOW,
  before: ALERTED,
  after: ALERTED,
  note: 'a word',
  by: 'U0MARA',
});
export const DECISIONS: Reply[] = [
  { type: 'acknowledged', at: NOW, by: 'U0MARA' },
  { type: 'confirmed', at: NOW, by: 'U0MARA', why: 'x' },
  { type: 'dismissed', at: NOW, by: 'U0MARA', why: 'x' },
];
