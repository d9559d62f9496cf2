import { describe, expect, it } from 'vitest';
import { SelfAlert } from '../../src/campaigns/ailment.ts';
import { Alerted, Assigned, Call, Evidence, Snooze } from '../../src/campaigns/campaign.ts';
import { GapFigures } from '../../src/campaigns/detection-gap.ts';
import {
  EscalationFacts,
  escalationFacts,
  EscalationRecord,
  EscalationSeen,
  escalationSeen,
} from '../../src/campaigns/escalation.ts';
import { Notice } from '../../src/campaigns/notice.ts';
import { Precision } from '../../src/campaigns/precision.ts';
import { ProposalPayload } from '../../src/campaigns/proposal.ts';
import { Reply } from '../../src/campaigns/reply.ts';
import { campaignLike, EVIDENCE, NOW } from '../campaign-fixture.ts';
import { LEGAL, REPLIES, SNOOZE } from '../slack/blocks/responder-data.ts';
import { alert, ALERTED, DECISIONS } from './replies.ts';

describe('what is stored comes back whole', () => {
  const words = { reason: 'x', by: 'U0MARA', at: NOW, link: null };
  const evidence: Evidence = {
    ...EVIDENCE,
    pivots: [{ model: 'halcyon-5', share: 0.5, others: 0.1 }],
    related: [{ campaign: 'C-3', marks: 2, failover: true }],
  };
  const called = {
    type: 'called',
    group: 'S0ONCALL',
    campaigns: [{ id: 'C-2', severity: 'critical', accountCount: 9, since: NOW }],
    at: NOW,
  } as const;
  it.each([
    ['evidence', Evidence, evidence],
    ['the last alert', Alerted, ALERTED],
    ['a snooze', Snooze, SNOOZE],
    ['who has it', Assigned, { to: 'U0MARA', by: 'U0JONAS', at: NOW }],
    ['a call', Call, { since: NOW, level: 1, calledAt: null }],
    ['what was seen', EscalationSeen, escalationSeen(campaignLike())],
    ['what is told elsewhere', EscalationFacts, escalationFacts(campaignLike(), words)],
    ...[alert('grew'), ...DECISIONS, ...REPLIES].map((reply) => [`a reply: ${reply.type}`, Reply, reply] as const),
    ['a proposal to tell of', ProposalPayload, { proposal: 3 }],
    ['a precision', Precision, { detection: 'no-night', confirmed: 1, judged: 2 }],
    [
      'a gap',
      GapFigures,
      { detection: 'no-night', reason: 'late', windows: 3, open: 1, givenUp: 1, from: NOW - 1, to: NOW },
    ],
    ['an ailment', SelfAlert, { ailment: 'stale_data', over: true, since: NOW - 1, at: NOW, detections: ['no-night'] }],
    ...(['under_way', 'there', 'failed', 'over'] as const).map(
      (state) =>
        [
          `an escalation that is ${state}`,
          EscalationRecord,
          {
            campaign: 12,
            target: 'legal',
            by: 'U0MARA',
            at: NOW,
            reason: 'x',
            state,
            acknowledgedAt: null,
            endedAt: NOW,
          },
        ] as const,
    ),
    ['a notice: called', Notice, called],
    [
      'a notice: risen',
      Notice,
      { type: 'risen', campaign: 'C-2', from: 'high', to: 'critical', standsIn: 'C0ALERTS', target: 'x', at: NOW },
    ],
    ['a notice: legal', Notice, LEGAL],
    [
      'a notice: legal_news',
      Notice,
      { type: 'legal_news', campaign: 'C-2', status: 'dismissed', by: 'U0MARA', target: 'x', at: NOW },
    ],
  ] as const)('%s', (_what, schema, value) => {
    expect(schema.parse(JSON.parse(JSON.stringify(value)))).toEqual(value);
  });
});
