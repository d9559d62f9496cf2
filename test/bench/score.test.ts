import { describe, expect, it } from 'vitest';
import { reliability } from '../../bench/detection/reliability.ts';
import type { Report } from '../../bench/detection/replay-world.ts';
import { scoreReplay, shareBefore } from '../../bench/detection/score.ts';
import { reliabilityTable, scenarioTable } from '../../bench/detection/tables.ts';
import type { CampaignTruth, Truth } from '../../bench/worlds/output/truth.ts';

const START = '2026-03-02T00:00:00.000Z';
const at = (hours: number): string => new Date(Date.parse(START) + hours * 3_600_000).toISOString();
const ids = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

/** A campaign that makes ten exchanges an hour from the tenth hour to the hundred-and-tenth. */
function campaign(name: string, change: Partial<CampaignTruth> = {}): CampaignTruth {
  const counts = Array.from({ length: 110 }, (_, hour) => Math.max(0, (hour - 9) * 10));
  return {
    name,
    kind: 'extraction',
    account_ids: ids(name, 100),
    first_exchange_at: at(10),
    exchange_count: 1000,
    account_exchange_count: 1000,
    share_of_exchanges: 0.1,
    hourly_cumulative: { start_at: START, counts },
    ...change,
  };
}

const resale = campaign('shop', { kind: 'resale', account_ids: ids('shop', 40) });

const truth = (campaigns: CampaignTruth[], change: Partial<Truth> = {}): Truth => ({
  scenario: 'made by hand',
  description: '',
  seed: '0',
  start_at: START,
  end_at: at(110),
  exchanges: 10_000,
  duplicates: 0,
  malformed: 0,
  late: 0,
  accounts: 1000,
  campaigns,
  lookalikes: [{ name: 'hackathon', account_ids: ids('hacker', 30) }],
  must_not_alert: false,
  ...change,
});

const report = (account_ids: string[], change: Partial<Report> = {}): Report => ({
  id: 'C-1',
  kind: 'extraction',
  confidence: 0.95,
  alerted_at: at(12),
  account_ids,
  ...change,
});

describe('the score of a replay', () => {
  it('holds where all accounts are named in time', () => {
    const score = scoreReplay(truth([campaign('a')]), [report(ids('a', 100))]);
    expect(score).toMatchObject({ holds: true, precision: 1, recall: 1, falseCampaigns: [], accused: {} });
    expect(score.campaigns).toEqual([{ name: 'a', accounts: 100, recall: 1, hours: 2, share: 0.02 }]);
  });

  it('counts innocent accounts by the look-alike that they belong to', () => {
    const accounts = [...ids('a', 97), 'hacker1', 'hacker2', 'somebody'];
    const score = scoreReplay(truth([campaign('a')]), [report(accounts)]);
    expect(score).toMatchObject({ holds: false, precision: 0.97, recall: 0.97, reasons: ['precision 0.970'] });
    expect(score.accused).toEqual({ hackathon: 2, population: 1 });
  });

  it('does not hold where a campaign is missed, hardly found or not alerted', () => {
    expect(scoreReplay(truth([campaign('a')]), []).reasons).toEqual(['a: recall 0.000', 'a: no alert']);
    expect(scoreReplay(truth([campaign('a')]), [report(ids('a', 94))]).reasons).toEqual(['a: recall 0.940']);
    const silent = report(ids('a', 100), { alerted_at: null });
    expect(scoreReplay(truth([campaign('a')]), [silent]).reasons).toEqual(['a: no alert']);
  });

  it('takes an alert within a day or before a twentieth, and none that is later than both', () => {
    const slow = campaign('a', {
      hourly_cumulative: { start_at: START, counts: [...Array<number>(99).fill(10), 1000] },
    });
    expect(scoreReplay(truth([slow]), [report(ids('a', 100), { alerted_at: at(60) })]).holds).toBe(true);
    expect(scoreReplay(truth([campaign('a')]), [report(ids('a', 100), { alerted_at: at(33.9) })]).holds).toBe(true);
    const late = scoreReplay(truth([campaign('a')]), [report(ids('a', 100), { alerted_at: at(34.5) })]);
    expect(late.reasons).toEqual(['a: alert after 24.5 % and 24.5 h']);
  });

  it('takes several reports of one campaign together, with the first alert', () => {
    const halves = [report(ids('a', 50), { alerted_at: at(80) }), report(ids('a', 100).slice(50), { id: 'C-2' })];
    expect(scoreReplay(truth([campaign('a')]), halves)).toMatchObject({ holds: true, recall: 1 });
  });

  it('finds a false campaign, of innocents or of nobody', () => {
    const found = scoreReplay(truth([campaign('a')]), [
      report(ids('a', 100)),
      report(ids('hacker', 10), { id: 'C-2' }),
      report([], { id: 'C-3' }),
    ]);
    expect(found.falseCampaigns).toEqual(['C-2', 'C-3']);
    expect(found.reasons).toEqual(['precision 0.909', '2 false']);
    expect(found.verdicts.map(({ real }) => real)).toEqual([true, false, false]);
  });

  it('finds two campaigns in one report', () => {
    const merged = scoreReplay(truth([campaign('a'), campaign('b')]), [report([...ids('a', 100), ...ids('b', 30)])]);
    expect(merged.reasons).toContain('C-1 merges a and b');
  });

  it('finds resale that is called extraction, and takes it as resale', () => {
    const called = scoreReplay(truth([resale], { must_not_alert: true }), [report(ids('shop', 40))]);
    expect(called.reasons).toEqual(['precision 0.000', '1 false', 'shop called extraction']);
    const right = scoreReplay(truth([resale], { must_not_alert: true }), [report(ids('shop', 40), { kind: 'resale' })]);
    expect(right).toMatchObject({ holds: true, precision: undefined, recall: undefined });
  });

  it('finds false resale where nothing may be reported', () => {
    const wrong = report(ids('hacker', 20), { kind: 'resale' });
    expect(scoreReplay(truth([resale], { must_not_alert: true }), [wrong]).reasons).toEqual(['1 false resale']);
    const misnamed = scoreReplay(truth([campaign('a')]), [report(ids('a', 100), { kind: 'resale' })]);
    expect(misnamed.verdicts).toEqual([{ confidence: 0.95, real: false, either: true }]);
    const dealer = campaign('a', { account_exchange_count: 2000 });
    const mixed = scoreReplay(truth([dealer]), [report(ids('a', 100), { kind: 'resale' })]);
    expect(mixed.verdicts).toEqual([{ confidence: 0.95, real: true, either: true }]);
  });

  it('holds where there is nothing to find and nothing is reported', () => {
    expect(scoreReplay(truth([]), [])).toMatchObject({ holds: true, precision: undefined, campaigns: [] });
  });
});

describe('the share of a campaign before a moment', () => {
  it.each([
    [0, 0],
    [10, 0],
    [10.5, 0.005],
    [60, 0.5],
    [110, 1],
    [500, 1],
  ])('after %s hours is %s', (hours, share) => {
    expect(shareBefore(campaign('a'), Date.parse(at(hours)))).toBeCloseTo(share, 10);
  });
});

describe('the tables', () => {
  it('count what was real at each confidence', () => {
    const verdicts = [0.05, 0.3, 0.5, 0.59, 0.7, 0.95, 1].map((confidence) => ({
      confidence,
      either: confidence > 0.5,
      real: confidence > 0.6,
    }));
    const bins = reliability(verdicts);
    expect(bins.map(({ from, reports, either, real }) => [from, reports, either, real])).toEqual([
      [0, 1, 0, 0],
      [0.1, 0, 0, 0],
      [0.3, 1, 0, 0],
      [0.5, 2, 1, 0],
      [0.7, 1, 1, 1],
      [0.9, 2, 2, 2],
    ]);
    expect(reliabilityTable(bins)).toMatch(/\| 0\.5 – 0\.7 +\| 2 +\| 1 +\| 50\.0 +\| 0 +\| 0\.0 +\|/);
  });

  it('say what a world came out as', () => {
    const score = scoreReplay(truth([campaign('a')]), [report([...ids('a', 97), 'hacker1'])]);
    const row = { scenario: 'letter', seed: '7', exchanges: 10, accounts: 5, seconds: 1.25, score };
    const failed = { ...row, score: undefined, failure: 'The replay ended with status 1: no | disk' };
    const [, , line, broken] = scenarioTable([row, failed]).split('\n');
    expect(line?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      'letter',
      '7',
      '10',
      '5',
      '0.990',
      '0.970',
      '2.0',
      '2.0',
      '0',
      'hackathon 1',
      '1.3',
      expect.stringMatching(/^no: precision/),
      '',
    ]);
    expect(broken).toContain('no: The replay ended with status 1: no \\| disk');
  });
});
