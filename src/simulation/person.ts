import { type AccountWish, newOrganization, openAccount } from './accounts.ts';
import { apiKeys, type Application, makeApplication, ownClients, writeFor } from './applications.ts';
import { Customer, type Habits } from './customer.ts';
import type { Surroundings } from './group.ts';
import { adoptModel } from './models.ts';
import { Countries, offsetOf } from './networks.ts';
import { atHome, onServers } from './places.ts';
import type { Random } from './random.ts';
import { flat, human, type Rhythm, together } from './rhythm.ts';

export interface PersonWish {
  account?: AccountWish;
  application?: Partial<Application>;
  habits?: Partial<Habits>;
  /** Exchanges of a day of use; by default heavy-tailed. */
  perDay?: number;
}

/** Median 5 a day, mean about 17, the busiest of thousands at some thousands. */
const MEDIAN_PER_DAY = 5;
const SIGMA = 1.55;
const MOST_PER_DAY = 4_000;

function rhythmOf(random: Random, perDay: number, country: string, browser: boolean): Rhythm {
  const service = !browser && random.chance(perDay > 80 ? 0.6 : 0.12);
  const people = human({
    perDay,
    shape: service ? 'service' : random.chance(browser ? 0.35 : 0.65) ? 'office' : 'evening',
    zone: offsetOf(country) + random.normal() * 0.7,
    weekend: random.between(service ? 0.5 : 0.1, 1.1),
    session: service ? 2.5 : random.logNormal(5, 0.5),
    idle: service ? 0.02 : random.between(0.05, 0.6),
  });
  // Some products are used round the clock, or run jobs of their own at night.
  return service && random.chance(0.25) ? together(people, flat(perDay * random.between(0.2, 1.2))) : people;
}

/** An account as unrelated people have it, but for what is wished. Its stream should be forked for it alone. */
export function makePerson(world: Surroundings, random: Random, wish: PersonWish = {}): Customer {
  const country = wish.account?.country ?? random.pickPopular(Countries)[0];
  const browser = random.chance(0.28);
  const perDay = wish.perDay ?? Math.min(MOST_PER_DAY, random.logNormal(MEDIAN_PER_DAY, SIGMA));
  const company = random.chance(0.14);
  const account = openAccount(world, random, {
    country,
    ...(company ? { organization: newOrganization(random), mail: { domain: `${random.id(7)}.example` } } : {}),
    ...wish.account,
  });
  const app = makeApplication(
    world,
    random,
    browser ? { instruction: undefined, ...wish.application } : wish.application,
  );
  const cloud = random.weighted([
    ['api', 80],
    ['bedrock', 8],
    ['vertex', 7],
    ['foundry', 5],
  ] as const);
  return new Customer(
    account,
    {
      rhythm: rhythmOf(random, perDay, country, browser),
      place:
        browser || random.chance(0.55) ? atHome(world, random, country) : onServers(world, random, random.int(1, 4)),
      client: ownClients(world, random, browser ? 'browsers' : 'sdks'),
      model: adoptModel(world.releases, random),
      accessPath: () => (browser ? 'chat' : cloud),
      write: writeFor(app),
      apiKeys: apiKeys(random),
      turns: browser || random.chance(0.6) ? 1 + random.logNormal(3, 0.6) : 1,
      thinks: random.chance(0.45) ? random.float() : 0,
      verbosity: random.logNormal(0.8, 0.45),
      ...wish.habits,
    },
    random,
  );
}
