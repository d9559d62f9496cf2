import { describe, expect, it } from 'vitest';
import { judgeSplit, splitEffects, splitFinding } from '../../../src/campaigns/lifecycle/split.ts';
import { campaignLike, NOW } from '../../campaign-fixture.ts';

describe('judgeSplit', () => {
  it.each(['merged', 'dismissed'] as const)('refuses one that is %s', (status) => {
    expect(judgeSplit({ status }, { chosen: 1, of: 9 })).toEqual({ ok: false, reason: 'ended', status });
  });

  it('takes some, but not none and not all', () => {
    const of = (chosen: number) => judgeSplit({ status: 'contained' }, { chosen, of: 9 });
    expect(of(0)).toEqual({ ok: false, reason: 'none_named' });
    expect(of(9)).toEqual({ ok: false, reason: 'all_named' });
    expect([of(1), of(8)]).toEqual([{ ok: true }, { ok: true }]);
  });
});

it('a part begins with what was found of the whole, said as such, and without its chart', () => {
  const campaign = campaignLike();
  const { evidence } = campaign;
  const { kind, severity, confidence, families, detections } = campaign;
  const { accountCount, exchangeCount, firstExchangeAt, lastExchangeAt } = campaign;
  const finding = splitFinding(campaign);
  expect(finding).toEqual({
    kind,
    severity,
    confidence,
    families,
    detections,
    accountCount,
    exchangeCount,
    firstExchangeAt,
    lastExchangeAt,
    evidence: { ...evidence, reasons: finding.evidence.reasons, chart: { ...evidence.chart, points: [] } },
  });
  expect(finding.evidence.reasons).toEqual(
    evidence.reasons.map((reason) => ({ ...reason, text: `found of all of C-12: ${reason.text}` })),
  );
});

it('both threads and the audit are told of a split', () => {
  const by = { actor: 'U0MARA', now: NOW, why: 'another operator' };
  const said = { type: 'split', at: NOW, by: 'U0MARA', accounts: 40, why: 'another operator' };
  expect(splitEffects({ whole: 'C-12', part: 'C-13', accounts: 40 }, by)).toEqual({
    whole: [
      { type: 'audit', action: 'campaign.split', reason: 'another operator', detail: { into: 'C-13', accounts: 40 } },
      { type: 'reply', reply: { ...said, other: 'C-13', direction: 'into' } },
    ],
    part: [
      { type: 'audit', action: 'campaign.open', reason: 'split', detail: { from: 'C-12', accounts: 40 } },
      { type: 'reply', reply: { ...said, other: 'C-12', direction: 'from' } },
    ],
  });
});
