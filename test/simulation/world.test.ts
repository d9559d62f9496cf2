import { describe, expect, it } from 'vitest';
import { Account, Exchange, ModelRelease } from '../../src/ingest/records.ts';
import { LookAlikes } from '../../src/simulation/lookalikes/all.ts';
import { Scenarios } from '../../src/simulation/scenarios.ts';
import { generateWorld } from '../../src/simulation/world.ts';
import { countBy, liveWorld, scenarioNamed, splitByGuilt } from './small-world.ts';

const shape = (id: string) => id.replace(/[0-9a-z]+$/, '') + id.length;

describe('generateWorld', () => {
  it('gives the same world for the same seed and another for another', () => {
    const options = { scale: 1, days: 1 };
    const first = liveWorld('demo', options);
    const again = liveWorld('demo', options);
    expect(again.accounts).toEqual(first.accounts);
    expect(again.exchanges).toEqual(first.exchanges);
    expect(again.truth).toEqual(first.truth);
    expect(liveWorld('demo', { ...options, seed: 8 }).exchanges.slice(0, 5)).not.toEqual(first.exchanges.slice(0, 5));
  });

  it('leaves everybody else as they were when a campaign is added', () => {
    const scenario = scenarioNamed('demo');
    const quiet = liveWorld('demo', { scale: 1, scenario: { ...scenario, campaigns: [] } });
    const { others } = splitByGuilt(liveWorld('demo', { scale: 1 }));
    expect(others).toEqual(quiet.exchanges);
  });

  it('yields exchanges in order of time, inside the world and after the account was opened', () => {
    const { exchanges, accounts, truth } = liveWorld('demo', { scale: 1 });
    const created = new Map(accounts.map((account) => [account.account_id, account.created_at]));
    let last = truth.start_at;
    for (const { occurred_at, account_id } of exchanges) {
      expect(occurred_at >= last && occurred_at < truth.end_at && occurred_at > (created.get(account_id) ?? '9')).toBe(
        true,
      );
      last = occurred_at;
    }
  });

  it('makes records that the contract accepts', () => {
    const world = generateWorld({ scenario: scenarioNamed('demo'), seed: 3, days: 1 });
    for (const account of world.accounts) Account.parse(account);
    for (const release of world.releases) ModelRelease.parse(release);
    for (const exchange of world.exchanges) Exchange.parse(exchange);
    expect(world.truth().exchanges).toBeGreaterThan(1_000);
  });

  it('plans about a day ahead, never more', () => {
    const { exchanges, mostPending } = liveWorld('demo', { scale: 1, days: 4 });
    const perDay = countBy(exchanges, ({ occurred_at }) => occurred_at.slice(0, 10));
    expect(perDay.size).toBe(4);
    expect(mostPending).toBeLessThan(1.15 * Math.max(...perDay.values()));
    expect(mostPending).toBeLessThan(0.6 * exchanges.length);
  });

  it('leaves out four or five per cent of optional fields', () => {
    const { exchanges } = liveWorld('demo', { scale: 1 });
    const missing = (key: 'client_address' | 'input_tokens' | 'prompt') =>
      exchanges.filter((exchange) => exchange[key] === undefined).length / exchanges.length;
    for (const key of ['client_address', 'input_tokens', 'prompt'] as const) {
      expect(missing(key)).toBeGreaterThan(0.035);
      expect(missing(key)).toBeLessThan(0.055);
    }
  });
});

describe.each(Scenarios.map(({ name }) => name))('scenario %s', (name) => {
  const world = liveWorld(name, { days: name === 'demo' ? 2 : 1 });
  const { truth, exchanges, accounts } = world;

  it('names only accounts that exist, each in one group at most', () => {
    const known = new Set(accounts.map(({ account_id }) => account_id));
    expect(known.size).toBe(truth.accounts);
    const extraction = truth.campaigns.filter(({ kind }) => kind === 'extraction');
    const named = [...extraction, ...truth.lookalikes].flatMap((group) => group.account_ids);
    expect(named.every((id) => known.has(id))).toBe(true);
    expect(new Set(named).size).toBe(named.length);
  });

  it('holds every look-alike, and they act', () => {
    expect(truth.lookalikes.map((one) => one.name)).toEqual(LookAlikes.map((one) => one.name));
    const acting = new Set(exchanges.map(({ account_id }) => account_id));
    const idle = truth.lookalikes.filter(({ account_ids }) => !account_ids.some((id) => acting.has(id)));
    expect(idle).toEqual([]);
  });

  it('counts what happened', () => {
    expect(truth.exchanges).toBe(exchanges.length);
    expect(truth.must_not_alert).toBe(name === 'benign');
    const perAccount = countBy(exchanges, ({ account_id }) => account_id);
    for (const campaign of truth.campaigns) {
      const sum = campaign.account_ids.reduce((total, id) => total + (perAccount.get(id) ?? 0), 0);
      expect(campaign.account_exchange_count).toBe(sum);
      const { counts } = campaign.hourly_cumulative;
      expect(counts.at(-1)).toBe(campaign.exchange_count);
      expect(counts.every((count, i) => count >= (counts[i - 1] ?? 0))).toBe(true);
      expect(campaign.exchange_count).toBeGreaterThan(0);
      expect(campaign.first_exchange_at).not.toBeNull();
    }
  });

  it('hides the campaign behind no marker of its own', () => {
    const { campaign, others } = splitByGuilt(world);
    const markers: string[] = [];
    for (const key of ['model', 'user_agent', 'tls_ja4', 'access_path', 'outcome', 'client_asn'] as const) {
      const usual = new Set(others.map((exchange) => exchange[key]));
      const strange = campaign.filter((exchange) => !usual.has(exchange[key]));
      // A tiny world has few others: a rare home network or client may be the campaign's alone by chance.
      if (strange.length > 0.6 * campaign.length) markers.push(key);
    }
    expect(markers).toEqual([]);
    const shapes = (list: typeof others) =>
      new Set(list.map((exchange) => shape(exchange.id) + shape(exchange.account_id)));
    expect(shapes([...campaign, ...others]).size).toBe(1);
    const tokens = new Set(campaign.map((exchange) => exchange.output_tokens));
    expect(tokens.size).toBeGreaterThanOrEqual(Math.min(30, campaign.length / 4));
  });
});
