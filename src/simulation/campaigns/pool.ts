import type { AccountLine } from '../../ingest/records.ts';
import { newOrganization, newPayment, openAccount, signupTime } from '../accounts.ts';
import { apiKeys } from '../applications.ts';
import type { Client } from '../clients.ts';
import { Customer, type Habits } from '../customer.ts';
import type { Surroundings } from '../group.ts';
import { throughProxies, type Whereabouts } from '../places.ts';
import type { Random } from '../random.ts';
import { DAY, HOUR, type Rhythm, within } from '../rhythm.ts';
import { type JobQueue, takeJob } from './jobs.ts';

/** What the accounts of one campaign have in common. */
export interface PoolTraits {
  /** Accounts at scale 1. */
  readonly accounts: number;
  readonly queue: JobQueue;
  /** Rhythm of the n-th account, before it is cut to the campaign's time. */
  readonly rhythm: (index: number) => Rhythm;
  readonly from?: number;
  readonly to?: number;
  /** Accounts that share one payment instrument; 1 for an instrument each. */
  readonly perPayment: number;
  readonly paymentKind: NonNullable<AccountLine['payment_kind']>;
  /** Share of accounts with throw-away mail. */
  readonly disposable: number;
  /** Newly opened, or also bought from strangers and therefore old. */
  readonly age: 'fresh' | 'mixed';
  /** Mean days between opening a fresh account and using it. */
  readonly freshDays?: number;
  /** The plan of all accounts; most pay by use where it is not given. */
  readonly plan?: 'personal';
  /** Share of accounts that pretend to belong to a company of their own. */
  readonly organizations?: number;
  readonly clients: number;
  readonly place?: (random: Random) => Whereabouts;
  readonly accessPaths?: readonly (readonly [string, number])[];
  readonly programs?: readonly (readonly [NonNullable<AccountLine['program']>, number])[];
  readonly bannedAt?: number;
  readonly habits?: Partial<Habits>;
}

const LEAST_ACCOUNTS = 20;

const poolSize = (world: Surroundings, accounts: number): number =>
  Math.max(LEAST_ACCOUNTS, Math.round(accounts * world.scale));

/** Clients from the middle of everybody's list: neither unheard of, nor what most people use. */
export function poolClients(world: Surroundings, random: Random, count: number): Client[] {
  const { sdks } = world.clients;
  return random.sample(sdks.slice(Math.floor(sdks.length * 0.15)), count);
}

/** The accounts of one pool, working through one queue. */
export function makePool(world: Surroundings, random: Random, traits: PoolTraits): Customer[] {
  const from = traits.from ?? world.campaignAt;
  const clients = poolClients(world, random, traits.clients);
  const count = poolSize(world, traits.accounts);
  const payments = Array.from({ length: Math.ceil(count / traits.perPayment) }, () => newPayment(random));
  return Array.from({ length: count }, (_, index) => {
    const own = random.fork(index);
    const fresh = traits.age === 'fresh' || own.chance(0.3);
    const account = openAccount(world, own, {
      createdAt: fresh
        ? from - own.float() * HOUR - own.exponential((traits.freshDays ?? 9) * DAY)
        : Math.min(from - HOUR, signupTime(world, own)),
      mail: own.chance(traits.disposable) ? 'disposable' : 'public',
      payment: { kind: traits.paymentKind, fingerprint: payments[Math.floor(index / traits.perPayment)] ?? null },
      plan:
        traits.plan ??
        own.weighted([
          ['metered', 8],
          ['personal', 1.5],
          ['team', 0.5],
        ] as const),
      ...(own.chance(traits.organizations ?? 0) ? { organization: newOrganization(own) } : {}),
      ...(traits.programs ? { program: own.weighted(traits.programs) } : {}),
      ...(traits.bannedAt === undefined ? {} : { bannedAt: traits.bannedAt + own.float() * HOUR }),
    });
    const client = own.pick(clients);
    const path = own.weighted(traits.accessPaths ?? ([['api', 1]] as const));
    const end = account.status_at ? Date.parse(account.status_at) : (traits.to ?? world.endAt);
    return new Customer(
      account,
      {
        // A worker notices a ban only by a few refusals.
        rhythm: within(from, traits.bannedAt === undefined ? end : end + 0.4 * HOUR, traits.rhythm(index)),
        place: traits.place?.(own) ?? throughProxies(world, own, own.between(0.2, 8)),
        client: () => client,
        model: () => 'corvid-3',
        accessPath: () => path,
        write: (dice) => takeJob(traits.queue, dice),
        apiKeys: apiKeys(own, 1),
        turns: 1,
        thinks: 0.3,
        verbosity: 1.3,
        ...(traits.bannedAt === undefined ? {} : { bannedAt: end }),
        ...traits.habits,
      },
      own,
    );
  });
}
