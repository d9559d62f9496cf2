import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LOOK_ALIKES } from '../../bench/worlds/lookalikes/all.ts';
import type { Truth } from '../../bench/worlds/output/truth.ts';
import { type Written, writeWorld } from '../../bench/worlds/output/write-world.ts';
import { readRealPrompts } from '../../bench/worlds/real-prompts.ts';
import { SCENARIOS, scenario } from '../../bench/worlds/scenarios.ts';
import { createWorld, type World, type WorldOptions } from '../../bench/worlds/world.ts';
import { parseRecord } from '../../src/ingest/parse-record.ts';
import { Account, Exchange, ModelRelease } from '../../src/ingest/records.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

// Whole worlds are made here, which takes a busy machine long.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const SMALL = { days: 5, size: 0.05 };
const hash = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

function worldOf(name: string, options: Partial<WorldOptions> = {}): World {
  const chosen = scenario(name);
  if (chosen === undefined) throw new Error(`There is no scenario "${name}".`);
  const world = createWorld({ scenario: chosen, seed: '1', ...SMALL, ...options });
  if (world === undefined) throw new Error(`"${name}" needs real prompts.`);
  return world;
}

async function written(name: string, options: Partial<WorldOptions> = {}, folder?: string): Promise<Written> {
  return writeWorld(worldOf(name, options), path.join(folder ?? (await temporaryDirectory()), 'world'), false);
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').trimEnd().split('\n');

/** The exchanges that a reader accepts, each once, and what it makes of the other lines. */
function readExchanges(file: string) {
  const seen = new Map<string, Exchange>();
  const reasons: string[] = [];
  let duplicates = 0;
  for (const line of linesOf(file)) {
    const parsed = parseRecord(line, Exchange);
    if (!parsed.ok) {
      reasons.push(parsed.reason);
      continue;
    }
    const key = `${parsed.record.account_id}/${parsed.record.id}`;
    if (seen.has(key)) duplicates += 1;
    else seen.set(key, parsed.record);
  }
  return { exchanges: [...seen.values()], reasons, duplicates };
}

function readAccounts(file: string): Map<string, Account[]> {
  const accounts = new Map<string, Account[]>();
  for (const line of linesOf(file)) {
    const parsed = parseRecord(line, Account);
    if (!parsed.ok) throw new Error(`An account's line is refused: ${parsed.reason}.`);
    accounts.set(parsed.record.account_id, [...(accounts.get(parsed.record.account_id) ?? []), parsed.record]);
  }
  return accounts;
}

const campaignOf = (truth: Truth) => {
  const found = truth.campaigns.find(({ kind }) => kind === 'extraction');
  if (found === undefined) throw new Error('The truth names no campaign.');
  return found;
};

describe('a world of the benchmark', () => {
  let folder = '';
  let letter: Written;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'retort-test-'));
    letter = await written('letter', {}, folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is the same for the same seed, and another for another', async () => {
    const [one, again, other] = [letter, await written('letter'), await written('letter', { seed: '2' })];
    for (const file of ['accounts', 'exchanges', 'releases'] as const) {
      expect(hash(again[file])).toBe(hash(one[file]));
      expect(hash(other[file])).not.toBe(hash(one[file]));
    }
    expect(again.truth).toEqual(one.truth);
  });

  it('is in the contract’s format but for the lines that it spoils on purpose', async () => {
    const { accounts, exchanges: file, releases, truth } = letter;
    const { exchanges, reasons, duplicates } = readExchanges(file);
    expect(reasons).toHaveLength(truth.malformed);
    expect(exchanges).toHaveLength(truth.exchanges);
    expect(duplicates).toBe(truth.duplicates);
    expect(truth.malformed).toBeGreaterThan(0);
    expect(truth.duplicates).toBeGreaterThan(0);
    expect(readAccounts(accounts).size).toBe(truth.accounts);
    for (const line of linesOf(releases)) expect(parseRecord(line, ModelRelease).ok).toBe(true);
    const start = Date.parse(truth.start_at);
    const end = Date.parse(truth.end_at);
    expect(exchanges.filter(({ occurred_at: at }) => at < start || at >= end)).toEqual([]);
  });

  it('tells the truth about its campaigns', () => {
    const { exchanges: file, truth } = letter;
    const { exchanges } = readExchanges(file);
    for (const campaign of truth.campaigns) {
      const accounts = new Set(campaign.account_ids);
      const times = exchanges
        .filter(({ account_id }) => accounts.has(account_id))
        .map(({ occurred_at }) => occurred_at);
      expect(times).toHaveLength(campaign.account_exchange_count);
      expect(campaign.exchange_count).toBe(campaign.account_exchange_count);
      expect(Math.min(...times)).toBe(Date.parse(campaign.first_exchange_at));
      const { start_at, counts } = campaign.hourly_cumulative;
      const untilNoon = Date.parse(start_at) + (counts.length / 2) * 3_600_000;
      expect(counts[counts.length / 2 - 1]).toBe(times.filter((at) => at < untilNoon).length);
      expect(counts.at(-1)).toBe(times.length);
    }
  });

  it('lets every look-alike act, and names each', () => {
    const groups = worldOf('resale-only', { days: 10 }).groups;
    const named = groups.filter(({ kind }) => kind === 'lookalike' || kind === 'resale');
    expect(named.map(({ name }) => name)).toEqual(Object.keys(LOOK_ALIKES));
    expect(letter.truth.must_not_alert).toBe(false);
    expect(letter.truth.lookalikes.map(({ name }) => name)).toEqual(Object.keys(LOOK_ALIKES));
    const idle = named.filter(({ members, happenings }) => {
      const acting = new Set(happenings.map(({ member }) => member.record.account_id));
      return members.filter(({ record }) => acting.has(record.account_id)).length <= members.length * 0.5;
    });
    expect(idle.map(({ name }) => name)).toEqual([]);
  });

  it('silences banned accounts, and lets a second pool take over with fresh ones', async () => {
    const { accounts: file, exchanges: from, truth } = await written('alibaba');
    const { exchanges } = readExchanges(from);
    const last = new Map<string, number>();
    const first = new Map<string, number>();
    for (const { account_id, occurred_at } of exchanges) {
      last.set(account_id, Math.max(last.get(account_id) ?? 0, occurred_at));
      first.set(account_id, Math.min(first.get(account_id) ?? Number.POSITIVE_INFINITY, occurred_at));
    }
    const ids = campaignOf(truth).account_ids;
    const accounts = readAccounts(file);
    const banned = ids.flatMap((id) => {
      const change = accounts.get(id)?.find(({ status }) => status === 'banned');
      return change?.status_at === undefined ? [] : [{ id, at: change.status_at }];
    });
    expect(banned.length).toBeGreaterThan(2);
    for (const { id, at } of banned) expect(last.get(id)).toBeLessThanOrEqual(at);
    const gone = Math.max(...banned.map(({ at }) => at));
    const pool2 = ids.filter((id) => !banned.some((one) => one.id === id));
    expect(pool2.length).toBeGreaterThan(2);
    for (const id of pool2) expect(first.get(id)).toBeGreaterThan(gone);
  });

  it.each([
    ['no-ja4', 'tls_ja4'],
    ['no-text', 'prompt'],
    ['letter-no-labels', 'labels'],
  ] as const)('%s gives nobody a %s', async (name, field) => {
    const { exchanges } = readExchanges((await written(name, { days: 3 })).exchanges);
    expect(exchanges.filter((exchange) => exchange[field] !== undefined)).toEqual([]);
  });

  it('gives no payment data where there is none', async () => {
    const accounts = readAccounts((await written('no-payment', { days: 3 })).accounts);
    expect([...accounts.values()].flat().filter((account) => account.payment_fingerprint !== undefined)).toEqual([]);
  });

  it.skipIf(readRealPrompts() === undefined)('uses real prompts where they lie beside the checkout', async () => {
    const { exchanges: file, truth } = await written('bare-questions');
    const mine = new Set(campaignOf(truth).account_ids);
    const real = readRealPrompts();
    const known = new Set([...(real?.gsm8k ?? []), ...(real?.selfinstruct ?? [])]);
    const asked = readExchanges(file).exchanges.filter(({ account_id }) => mine.has(account_id));
    expect(asked.filter(({ prompt }) => prompt !== undefined && !known.has(prompt))).toEqual([]);
  });

  it('can be made of every scenario', () => {
    for (const each of SCENARIOS) {
      const world = createWorld({ scenario: each, seed: '3', ...SMALL });
      if (each.real === true && world === undefined) continue;
      const campaigns = world?.groups.filter(({ kind }) => kind === 'extraction') ?? [];
      expect(campaigns.map(({ name }) => name)).toEqual(each.campaigns.map(({ name }) => name));
      expect(campaigns.filter(({ happenings }) => happenings.length < 50)).toEqual([]);
    }
  });
});
