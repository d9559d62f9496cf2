import { describe, expect, it } from 'vitest';
import { isBroadcast } from '../../src/campaigns/reply.ts';
import { NOW } from '../campaign-fixture.ts';
import { REPLIES } from '../slack/blocks/responder-data.ts';
import { alert, DECISIONS } from './replies.ts';

describe('what is shown in the channel again', () => {
  it('is a rise in severity and a reopening, of all alerts', () => {
    const reasons = ['grew', 'escalated', 'new_family', 'pivot', 'failover', 'reopened', 'repeat_elapsed'] as const;
    expect(reasons.filter((reason) => isBroadcast(alert(reason)))).toEqual(['escalated', 'reopened']);
  });

  it('is a call that never went out, of all that people do', () => {
    const shown = [...REPLIES, ...DECISIONS].filter(isBroadcast);
    expect(shown).toEqual([{ type: 'not_told', at: NOW, target: 'webhook', event: 'trigger', error: 'http_400' }]);
  });
});
