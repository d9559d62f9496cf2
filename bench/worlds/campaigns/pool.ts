import { type AccountRecord, DAY, type Member } from '../kinds.ts';
import { cardNumber, companyDomain, createAccount, iso, organizationId, publicMail } from '../people/accounts.ts';
import type { Client } from '../people/clients.ts';
import { createMember, type Reach } from '../people/member.ts';
import { createProxyAccounts, throwawayDomains } from '../people/proxy-pool.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';
import { CITIES } from '../text/words.ts';
import type { CampaignSpec } from './spec.ts';

/** A campaign's accounts, made some days before `start` unless they were bought old. */
export function createPool(
  setting: Setting,
  random: Random,
  spec: CampaignSpec,
  count: number,
  start: number,
): Member[] {
  if (spec.mixing !== undefined) return createProxyAccounts(setting, random, count);
  const perCard = random.int(...(spec.perCard ?? [4, 12]));
  const cards = Array.from({ length: Math.ceil(count / perCard) }, () => cardNumber(random));
  const domains = throwawayDomains(random);
  const throwaway = random.between(...(spec.throwaway ?? [0, 0.2]));
  const virtual = spec.virtual ?? random.between(0.2, 0.9);
  const spread = random.between(3, 25);
  const clients = campaignClients(setting, random, random.int(...(spec.clients ?? [2, 5])));
  const hosts = Array.from({ length: random.int(2, 4) }, () => setting.networks.hosting(random));
  const schools = Array.from(
    { length: 3 },
    () =>
      `${random.pick(CITIES).toLowerCase()}-${random.pick(['college', 'institute'])}.${random.pick(['education', 'academy'])}`,
  );
  return Array.from({ length: count }, (_, at) => {
    const disposable = random.chance(throwaway);
    const age = spec.ages === 'aged' ? random.between(60, 600) : random.between(0.1, spread);
    const record = createAccount(setting, random, {
      created_at: iso(start - age * DAY),
      organization_id: null,
      email_domain: disposable ? random.pick(domains) : publicMail(random),
      email_disposable: disposable && random.chance(0.9),
      payment_fingerprint:
        spec.payment === 'one-each' ? cardNumber(random) : (cards[Math.floor(at / perCard)] as string),
      payment_kind: random.chance(virtual) ? 'virtual_card' : 'card',
      plan: 'pay_as_you_go',
      program: 'none',
      verification: random.pick(['email', 'email', 'phone', 'none']),
      ...(spec.mixedTypes === true ? mixedType(random, schools) : {}),
    });
    const network =
      spec.network === 'mixed' ? random.pick(['residential', 'hosting']) : (spec.network ?? 'residential');
    const exits = Array.from({ length: random.int(1, 8) }, () => [setting.networks.exit(random), 1] as const);
    const places: Reach['places'] = network === 'hosting' ? hosts.map((host) => [host, 1] as const) : exits;
    const paths = spec.accessPaths ?? ['api'];
    return createMember(random, record, {
      places,
      clients: [[random.weighted(clients), 1]],
      accessPaths: paths,
      keys: random.int(1, 4),
      restless: true,
    });
  });
}

function campaignClients(setting: Setting, random: Random, count: number): (readonly [Client, number])[] {
  return Array.from({ length: count }, () => [
    random.chance(0.5) ? setting.clients.own(random) : setting.clients.library(random),
    random.between(0.5, 1.5),
  ]);
}

function mixedType(random: Random, schools: readonly string[]): Partial<AccountRecord> {
  const kind = random.weighted([
    ['plain', 5],
    ['firm', 2],
    ['school', 2],
    ['startup', 1],
  ] as const);
  const plan = random.pick(['pay_as_you_go', 'build', 'scale', 'plus']);
  if (kind === 'firm') return { plan, organization_id: organizationId(random), email_domain: companyDomain(random) };
  if (kind === 'school')
    return {
      plan,
      email_domain: random.pick(schools),
      email_disposable: false,
      program: random.pick(['education', 'research', 'none']),
    };
  return kind === 'startup' ? { plan, email_domain: companyDomain(random), program: 'startup' } : { plan };
}
