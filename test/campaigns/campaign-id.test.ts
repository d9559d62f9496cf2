import { expect, it } from 'vitest';
import { formatCampaignId, parseCampaignId } from '../../src/campaigns/campaign-id.ts';
import { formatProposalId, OPEN_STATES, parseProposalId, RETRY_WINDOW_MS } from '../../src/campaigns/proposal.ts';

it.each([
  ['C', parseCampaignId, formatCampaignId],
  ['P', parseProposalId, formatProposalId],
] as const)('ids with %s are read as people write them, and written in one way', (letter, parse, format) => {
  expect(format(12)).toBe(`${letter}-12`);
  const lower = letter.toLowerCase();
  for (const text of [`${letter}-12`, `${lower}-12`, `${lower}12`, '12', ' 12 ', '-12', '012']) {
    expect([text, parse(text)]).toEqual([text, 12]);
  }
  expect(parse('999999999')).toBe(999_999_999);
  for (const text of ['', letter, '0', `${letter}-0`, '1234567890', '12x', 'x12', '1 2', `${letter}--1`, '1.5']) {
    expect([text, parse(text)]).toEqual([text, undefined]);
  }
});

it('a proposal stands in the way of another until it is done or ended, and what failed may be asked for again for a day', () => {
  expect(OPEN_STATES).toEqual(['proposed', 'approved', 'executing']);
  expect(RETRY_WINDOW_MS).toBe(86_400_000);
});
