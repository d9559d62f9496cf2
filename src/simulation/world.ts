import type { AccountLine, ExchangeLine, ModelReleaseLine } from '../ingest/records.ts';
import { makeClients } from './clients.ts';
import type { Customer } from './customer.ts';
import type { Group, Surroundings } from './group.ts';
import { LookAlikes } from './lookalikes/all.ts';
import { makeReleases } from './models.ts';
import { makeNetworks } from './networks.ts';
import { makePopulation } from './population.ts';
import { makePublicPrompts } from './public-prompts.ts';
import { Random } from './random.ts';
import { DAY, HOUR } from './rhythm.ts';
import { Schedule } from './schedule.ts';
import type { Scenario } from './scenarios.ts';
import { CampaignTally, type Truth } from './truth.ts';

export interface WorldOptions {
  readonly scenario: Scenario;
  /** 1 is the disclosed size of the campaign, and a population to match; by default the scenario's usual one. */
  readonly scale?: number;
  readonly seed: string | number;
  /** Midnight UTC of the first day, in epoch milliseconds; rounded down to it. */
  readonly startAt?: number;
  readonly days?: number;
}

export interface World {
  readonly startAt: number;
  readonly endAt: number;
  /** All accounts, in order of creation: some are opened during the world. */
  readonly accounts: readonly AccountLine[];
  readonly releases: readonly ModelReleaseLine[];
  /** Every exchange once, in order of time, made as it is asked for. To be read once. */
  readonly exchanges: Generator<ExchangeLine, void>;
  /** Exchanges planned and not yet read: about a day's worth at most. */
  pending(): number;
  /** The truth about what was read so far; of the whole world once `exchanges` has ended. */
  truth(): Truth;
}

export const DefaultStart = Date.parse('2026-06-01T00:00:00Z');

interface Member {
  readonly customer: Customer;
  readonly tally: CampaignTally | undefined;
  readonly resale: boolean;
}

const idsOf = (group: Group): string[] => group.customers.map((customer) => customer.account.account_id);

/** Builds a labelled world: the accounts at once, the exchanges as they are read. Equal options, equal world. */
export function generateWorld(options: WorldOptions): World {
  const { scenario } = options;
  const scale = options.scale ?? scenario.usualScale;
  const random = new Random(`world ${options.seed}`);
  const startAt = Math.floor((options.startAt ?? DefaultStart) / DAY) * DAY;
  const days = options.days ?? scenario.days;
  const endAt = startAt + days * DAY;
  const lead = Math.min(scenario.leadDays, days / 4) * DAY;
  const prompts = makePublicPrompts(random.fork('public prompts'));
  const shared: Omit<Surroundings, 'random'> = {
    startAt,
    endAt,
    campaignAt: startAt + lead + random.fork('campaign start').between(0, Math.min(10, days * 2)) * HOUR,
    scale,
    population: Math.max(Math.ceil(150 * scenario.leastFactor), Math.round(scenario.population * scale)),
    leastFactor: scenario.leastFactor,
    networks: makeNetworks(random.fork('networks')),
    clients: makeClients(random.fork('clients')),
    prompts,
    releases: makeReleases(startAt, endAt, random.fork('releases')),
  };
  const surroundings = (name: string): Surroundings => ({ ...shared, random: random.fork(name) });

  const groups: Group[] = [];
  const members: Member[] = [];
  const tallies: CampaignTally[] = [];
  const lookalikes: Truth['lookalikes'] = [];
  const admit = (group: Group, tally?: CampaignTally, resale = false): void => {
    groups.push(group);
    for (const customer of group.customers) members.push({ customer, tally, resale });
  };

  admit(makePopulation(surroundings('population')));
  for (const lookAlike of LookAlikes) {
    const group = lookAlike.build(surroundings(`look-alike ${lookAlike.name}`));
    lookalikes.push({ name: lookAlike.name, account_ids: idsOf(group) });
    const tally = lookAlike.resale
      ? new CampaignTally(lookAlike.name, 'resale', idsOf(group), startAt, endAt)
      : undefined;
    if (tally) tallies.push(tally);
    admit(group, tally, true);
  }
  for (const campaign of scenario.campaigns) {
    const group = campaign.build(surroundings(`campaign ${campaign.name}`));
    const tally = new CampaignTally(campaign.name, 'extraction', idsOf(group), startAt, endAt);
    tallies.push(tally);
    admit(group, tally);
  }

  const accounts = members.map(({ customer }) => customer.account);
  accounts.sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
  const schedule = new Schedule();
  let exchanges = 0;

  function planDay(dayStart: number): void {
    let first = 0;
    for (const group of groups) {
      const { customers, plan } = group;
      if (plan) {
        const numbers = new Map(customers.map((customer, i) => [customer, first + i]));
        plan(dayStart, (at, customer) => {
          const actor = numbers.get(customer);
          if (actor !== undefined && at >= dayStart) schedule.add(at, actor);
        });
      } else {
        for (let i = 0; i < customers.length; i++) {
          for (const at of customers[i]?.times(dayStart) ?? []) if (at >= dayStart) schedule.add(at, first + i);
        }
      }
      first += customers.length;
    }
  }

  function* live(): Generator<ExchangeLine, void> {
    for (let dayStart = startAt; dayStart < endAt; dayStart += DAY) {
      planDay(dayStart);
      for (let hour = 0; hour < 24; hour++) {
        for (const [at, actor] of schedule.drain(dayStart + hour * HOUR)) {
          const member = members[actor];
          if (!member) continue;
          const { line, campaign } = member.customer.act(at);
          exchanges++;
          member.tally?.add(at, campaign || member.resale);
          yield line;
        }
      }
    }
  }

  return {
    startAt,
    endAt,
    accounts,
    releases: shared.releases,
    exchanges: live(),
    pending: () => schedule.size,
    truth: () => ({
      scenario: scenario.name,
      description: scenario.description,
      seed: String(options.seed),
      scale,
      start_at: new Date(startAt).toISOString(),
      end_at: new Date(endAt).toISOString(),
      exchanges,
      duplicates: 0,
      malformed: 0,
      late: 0,
      accounts: accounts.length,
      campaigns: tallies.map((tally) => tally.read(exchanges)),
      lookalikes,
      must_not_alert: scenario.campaigns.length === 0,
    }),
  };
}
