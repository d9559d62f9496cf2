import { describe, expect, it } from 'vitest';
import { countBy, liveWorld, splitByGuilt } from './small-world.ts';

const HOUR = 3_600_000;
const msOf = (exchange: { occurred_at: string }) => Date.parse(exchange.occurred_at);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Variance of an item's count over the accounts, relative to its mean: about 1 for a queue that deals blindly. */
function dispersion(counts: readonly number[]): number {
  const average = mean(counts);
  return mean(counts.map((count) => (count - average) ** 2)) / average;
}

describe('letter', () => {
  const world = liveWorld('letter', { days: 6 });
  const { campaign } = splitByGuilt(world);
  const [truth] = world.truth.campaigns.filter(({ kind }) => kind === 'extraction');
  const activeDays = (Date.parse(world.truth.end_at) - Date.parse(truth?.first_exchange_at ?? '')) / (24 * HOUR);

  it('asks 26 times a day, by night as by day', () => {
    const perAccountDay = campaign.length / (truth?.account_ids.length ?? 0) / activeDays;
    expect(perAccountDay).toBeGreaterThan(23);
    expect(perAccountDay).toBeLessThan(29);
    const night = campaign.filter((exchange) => new Date(msOf(exchange)).getUTCHours() < 6).length;
    expect(night / campaign.length).toBeGreaterThan(0.18);
  });

  it('deals its wrappers evenly over its accounts', () => {
    const texts = countBy(
      campaign.filter((one) => one.system_instructions),
      (one) => one.system_instructions ?? '',
    );
    const [popular] = [...texts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
    const uses = countBy(
      campaign.filter((one) => one.system_instructions === popular),
      (one) => one.account_id,
    );
    expect(dispersion((truth?.account_ids ?? []).map((id) => uses.get(id) ?? 0))).toBeLessThan(2.5);
  });

  it('pays with instruments that eight accounts share', () => {
    const mine = world.accounts.filter(({ account_id }) => truth?.account_ids.includes(account_id));
    const groups = countBy(
      mine.filter((one) => one.payment_fingerprint),
      (one) => one.payment_fingerprint ?? '',
    );
    expect(groups.size).toBe(3);
  });
});

it('minimax moves nearly half of its requests within a day of a release', () => {
  const world = liveWorld('minimax', { days: 6 });
  const { campaign } = splitByGuilt(world);
  const released = Math.min(...world.exchanges.filter((one) => one.model === 'corvid-4').map(msOf));
  const share = (list: typeof campaign) => list.filter((one) => one.model === 'corvid-4').length / list.length;
  const dayLater = (list: typeof campaign) =>
    list.filter((one) => Math.abs(msOf(one) - released - 24 * HOUR) < 6 * HOUR);
  expect(share(dayLater(campaign))).toBeGreaterThan(0.4);
  expect(share(dayLater(campaign))).toBeLessThan(0.55);
  expect(share(dayLater(splitByGuilt(world).others))).toBeLessThan(0.25);
});

it('alibaba fails over to a second, newly opened pool within hours of the ban', () => {
  const world = liveWorld('alibaba', { days: 4 });
  const { campaign } = splitByGuilt(world);
  const banned = new Map(world.accounts.filter((one) => one.status === 'banned').map((one) => [one.account_id, one]));
  expect(banned.size).toBe(20);
  const bannedAt = Math.max(...[...banned.values()].map((one) => Date.parse(one.status_at ?? '')));
  const second = campaign.filter((one) => !banned.has(one.account_id));
  const resumed = Math.min(...second.map(msOf));
  expect(resumed).toBeGreaterThan(bannedAt);
  expect(resumed - bannedAt).toBeLessThan(6 * HOUR);
  const late = campaign.filter((one) => msOf(one) > bannedAt && banned.has(one.account_id));
  expect(late.every((one) => one.outcome === 'error' || one.outcome === undefined)).toBe(true);
  const heads = countBy(
    campaign.filter((one) => one.prompt),
    (one) => (one.prompt ?? '').split('\n\n')[0] ?? '',
  );
  expect(heads.size).toBe(1);
  expect([...heads.keys()][0]).toContain('<');
});

it('deepseek works in batches that all accounts begin together', () => {
  const { campaign } = splitByGuilt(liveWorld('deepseek', { scale: 0.2 }));
  const times = campaign.map(msOf);
  const near = times.filter((at, i) => Math.abs((times[i + 1] ?? 0) - at) < 10_000).length;
  expect(near / times.length).toBeGreaterThan(0.85);
});

it('signature replay carries signatures from conversations of other accounts', () => {
  const { campaign } = splitByGuilt(liveWorld('signature-replay'));
  const owner = new Map(campaign.map((one) => [one.conversation_id ?? '', one.account_id]));
  const foreign = campaign.filter((one) => {
    const origin = one.reasoning_origin_conversation_id;
    return origin && owner.has(origin) && owner.get(origin) !== one.account_id;
  });
  expect(foreign.length / campaign.length).toBeGreaterThan(0.4);
});

it('bypass probe tries every way on every question', () => {
  const { campaign } = splitByGuilt(liveWorld('bypass-probe', { scale: 1 }));
  const refused = campaign.filter((one) => one.outcome === 'refused').length / campaign.length;
  expect(refused).toBeGreaterThan(0.2);
  const ways = countBy(
    campaign.filter((one) => one.system_instructions),
    (one) => one.system_instructions ?? '',
  );
  expect(ways.size).toBeGreaterThan(2);
  expect(dispersion([...ways.values()])).toBeLessThan(3);
});

it('the advisory’s accounts use as much as they can from the first day, over many clients, on a person’s plan', () => {
  const world = liveWorld('advisory', { days: 4 });
  const { campaign } = splitByGuilt(world);
  const mine = new Set(campaign.map((one) => one.account_id));
  // Fields are missing at random.
  const plans = new Set(world.accounts.flatMap((one) => (mine.has(one.account_id) ? (one.plan ?? []) : [])));
  expect([...plans]).toEqual(['personal']);
  const first = [...mine][0];
  const own = campaign.filter((one) => one.account_id === first);
  expect(new Set(own.flatMap((one) => one.user_agent ?? [])).size).toBeGreaterThan(6);
  expect(new Set(own.flatMap((one) => one.client_address ?? [])).size).toBeGreaterThan(20);
  const began = Math.min(...own.map(msOf));
  const day = (n: number) => own.filter((one) => Math.floor((msOf(one) - began) / (24 * HOUR)) === n).length;
  expect(day(0) / day(1)).toBeGreaterThan(0.8);
});

it('bare questions carry no wrapper', () => {
  const { campaign } = splitByGuilt(liveWorld('bare-questions'));
  expect(campaign.some((one) => one.system_instructions)).toBe(false);
});

it('mixed proxies carry as much unrelated work as the campaign’s own', () => {
  const { truth } = liveWorld('mixed-proxy');
  const [campaign] = truth.campaigns.filter(({ kind }) => kind === 'extraction');
  const share = (campaign?.exchange_count ?? 0) / (campaign?.account_exchange_count ?? 1);
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.6);
});

it('padded templates begin differently nearly every time', () => {
  const { campaign } = splitByGuilt(liveWorld('padded-templates'));
  const texts = campaign.flatMap((one) => one.system_instructions ?? one.prompt ?? []);
  expect(new Set(texts.map((text) => text.slice(0, 40))).size / texts.length).toBeGreaterThan(0.7);
});

it('three at once are three separate pools', () => {
  const { truth } = liveWorld('three-at-once', { days: 1 });
  expect(truth.campaigns.filter(({ kind }) => kind === 'extraction').map(({ name }) => name)).toEqual([
    'letter',
    'zhipu',
    'xiaomi',
  ]);
});
