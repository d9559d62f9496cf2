import { beforeAll, describe, expect, it } from 'vitest';
import { splitByGuilt, liveWorld } from '../simulation/small-world.ts';
import { peopledWorld, dealtAccount } from '../jobs/campaign-world.ts';
import { END, hour } from '../detections/world.ts';
import { accuracy, replayOf, type Replayed } from './replay-world.ts';

/** 36 hours of people and a campaign of 24 accounts, in order of time. */
function shortRecording(seed: string) {
  const world = peopledWorld(seed);
  const guilty = world.pool(24, (index) => dealtAccount(world, index));
  const exchanges = world.exchanges
    .filter((exchange) => Date.parse(exchange.occurred_at) < hour(1, 12))
    .toSorted((a, b) => (a.occurred_at < b.occurred_at ? -1 : 1));
  return { accounts: world.accounts, exchanges, guilty };
}

describe('a simulated world', { timeout: 120_000 }, () => {
  const lived = liveWorld('demo', { days: 2, scale: 1 });
  const guilty = new Set(splitByGuilt(lived).campaign.map((exchange) => exchange.account_id));
  let replayed: Replayed;
  beforeAll(async () => {
    replayed = await replayOf(lived);
  }, 120_000);

  it('gives up its campaign, with the right accounts and no others', () => {
    const extraction = replayed.campaigns.filter((campaign) => campaign.kind === 'extraction');
    expect(extraction).toHaveLength(1);
    const { precision, recall } = accuracy(extraction, guilty);
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(extraction[0]?.families.length).toBeGreaterThanOrEqual(2);
  });

  it('is alerted in event time, on the hour, after the campaign began', () => {
    const [campaign] = replayed.campaigns;
    const [first, alerted] = [campaign?.first_exchange_at, campaign?.alerted_at].map((time) => Date.parse(time ?? ''));
    expect(alerted).toBeGreaterThan(first ?? 0);
    expect((alerted ?? 1) % 3_600_000).toBe(0);
    expect(alerted).toBeLessThanOrEqual(Date.parse(lived.truth.end_at) + 3_600_000);
  });

  it('is counted whole', () => {
    expect(replayed.counts).toMatchObject({
      exchanges: lived.exchanges.length,
      accounts: lived.accounts.length,
      quarantined: 0,
    });
    expect(replayed.counts.cycles).toBeGreaterThanOrEqual(48);
  });
});

describe('a recording', { timeout: 120_000 }, () => {
  it('gives the same report each time', async () => {
    const recording = shortRecording('twice');
    const first = await replayOf(recording);
    expect(first.campaigns.map((campaign) => campaign.account_ids)).toEqual([recording.guilty.toSorted()]);
    expect(await replayOf(recording)).toEqual(first);
  });

  it('tells of statuses in their own time', async () => {
    const { accounts, exchanges } = shortRecording('statuses');
    const [banned, later, active] = accounts.map((account) => account.account_id);
    const statuses = accounts.map((account) => {
      if (account.account_id === banned) return { ...account, status: 'banned', status_at: '2026-03-10T05:30:00Z' };
      if (account.account_id === later) return { ...account, status: 'banned', status_at: new Date(END).toISOString() };
      return account;
    });
    await replayOf({ accounts: statuses, exchanges: exchanges.slice(0, 400) }, async (pool) => {
      // So far the recording has come: the second ban lies past it.
      const { rows } = await pool.query(
        'select account_id, status, updated_at from account where account_id = any($1) order by account_id',
        [[banned, later, active]],
      );
      const last = Date.parse(exchanges[399]?.occurred_at ?? '');
      expect(last).toBeGreaterThan(hour(0, 6));
      expect(rows).toEqual([
        { account_id: banned, status: 'banned', updated_at: new Date('2026-03-10T06:00:00Z') },
        { account_id: later, status: 'active', updated_at: expect.any(Date) },
        { account_id: active, status: 'active', updated_at: expect.any(Date) },
      ]);
    });
  });

  it('loses nothing to lines that are none, and counts them', async () => {
    const { accounts, exchanges } = shortRecording('damaged');
    const lines = exchanges.slice(0, 200).map((exchange) => JSON.stringify(exchange));
    lines.splice(50, 0, 'no JSON', '{"id":"x"}', `${lines[0]?.slice(0, -1)},"input_tokens":-1}`);
    const { counts } = await replayOf({
      accounts: [...accounts, '[]', { account_id: 'a', created_at: 'yesterday' }],
      exchanges: [...lines, lines[7] ?? ''],
    });
    expect(counts).toMatchObject({ exchanges: 200, accounts: accounts.length, quarantined: 5 });
  });

  it('with late lines and with a silence of weeks goes on', async () => {
    const { accounts, exchanges } = shortRecording('silence');
    const day = exchanges.slice(0, 100);
    const weeks = day.map((exchange) => ({
      ...exchange,
      id: `later ${exchange.id}`,
      occurred_at: new Date(Date.parse(exchange.occurred_at) + 30 * 86_400_000).toISOString(),
    }));
    const late = { ...day[0], id: 'late' };
    const { counts } = await replayOf({
      accounts,
      exchanges: [...day, ...weeks.slice(0, 50), late, ...weeks.slice(50)],
    });
    expect(counts).toMatchObject({ exchanges: 201, quarantined: 0 });
    // The silence is not sat out hour by hour.
    expect(counts.cycles).toBeLessThan(7 * 24 + 60);
  });

  it('of nothing reports nothing', async () => {
    expect(await replayOf({ accounts: [], exchanges: [] })).toEqual({
      campaigns: [],
      counts: { exchanges: 0, accounts: 0, cycles: 0, quarantined: 0 },
    });
  });
});
