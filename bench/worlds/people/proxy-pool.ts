import { DAY, type Happening, type Member, type Work } from '../kinds.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';
import { cardNumber, createAccount, iso } from './accounts.ts';
import { createMember } from './member.ts';
import { happen } from './population.ts';
import { humanVisits, serviceVisits } from './rhythm.ts';
import { applicationWork, personalWork } from './work.ts';

const THROWAWAY = ['mailnull.example', 'tempbox.example', 'tenminutes.example'];

/** Throw-away mail: a public throw-away service, or one of the pool's own worthless domains. */
export function throwawayDomains(random: Random): string[] {
  const own = Array.from(
    { length: random.int(4, 16) },
    () => `${random.code(6)}.${random.pick(['site', 'online', 'top', 'xyz'])}`,
  );
  return [...own, ...THROWAWAY];
}

/** Accounts bought in bulk behind a gateway: throw-away mail, virtual cards, hosting networks, one program. */
export function createProxyAccounts(setting: Setting, random: Random, count: number): Member[] {
  const places = Array.from(
    { length: random.int(2, 5) },
    () => [setting.networks.hosting(random), random.between(1, 3)] as const,
  );
  const clients = Array.from(
    { length: random.int(1, 2) },
    () => [setting.clients.own(random), random.between(1, 4)] as const,
  );
  const domains = throwawayDomains(random);
  const perCard = random.int(2, 6);
  const few = random.int(1, 8);
  const cards = Array.from({ length: Math.ceil(count / perCard) }, () => cardNumber(random));
  return Array.from({ length: count }, (_, at) => {
    const disposable = random.chance(0.8);
    const record = createAccount(setting, random, {
      created_at: iso(setting.start - Math.min(200, random.logNormal(20, 1.2)) * DAY),
      organization_id: null,
      ...(disposable ? { email_domain: random.pick(domains) } : {}),
      email_disposable: disposable,
      payment_fingerprint: cards[Math.floor(at / perCard)] as string,
      payment_kind: random.pick(['virtual_card', 'virtual_card', 'prepaid']),
      plan: 'pay_as_you_go',
      program: 'none',
      verification: random.pick(['email', 'phone', 'none']),
      signup_address: (places[0] as (typeof places)[number])[0].address(random),
    });
    const mine = places.map(([{ asn, address }, weight]) => {
      const addresses = Array.from({ length: few }, () => address(random));
      return [{ asn, address: (each: Random) => each.pick(addresses) }, weight] as const;
    });
    return createMember(random, record, {
      places: few > 6 ? places : mine,
      clients,
      keys: random.int(1, 3),
      restless: true,
    });
  });
}

/** The pool's customers: unrelated people and applications, each visit through whichever account is next. */
export function proxyCustomers(
  setting: Setting,
  random: Random,
  members: readonly Member[],
  perDay: number,
): Happening[] {
  const happenings: Happening[] = [];
  const total = perDay * members.length;
  const most = random.pick([0.03, 0.05, 0.12]);
  for (let left = total; left > 0; ) {
    const rate = Math.min(left + 0.5, total * most, random.logNormal(total / 320, 1.1));
    left -= rate;
    const serves = random.chance(0.4);
    const work: Work = serves || random.chance(0.3) ? applicationWork(setting, random) : personalWork(setting, random);
    const rhythm = { start: setting.start, end: setting.end, perDay: rate };
    const visits = serves ? serviceVisits(random, rhythm) : humanVisits(random, rhythm);
    const faithful = random.chance(0.3) ? random.pick(members) : undefined;
    for (const visit of visits) happenings.push(...happen(random, faithful ?? random.pick(members), work, [visit]));
  }
  return happenings;
}
