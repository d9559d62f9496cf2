import { DAY, type Group } from '../kinds.ts';
import { cardNumber, companyDomain, country, iso, organizationId } from '../people/accounts.ts';
import { createPeople, groupOf } from '../people/population.ts';
import { zone } from '../people/rhythm.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';

/** An office behind one address range, under one contract. */
export function corporateNat(setting: Setting, random: Random): Group {
  const network = setting.networks.own(random, random.int(1, 3));
  const firm = {
    organization_id: organizationId(random),
    email_domain: companyDomain(random),
    country: country(random),
  };
  const contract = { payment_kind: 'invoice', payment_fingerprint: null, program: 'enterprise', verification: 'kyc' };
  const local = zone(random);
  const signed = random.between(60, 300);
  const people = createPeople(setting, random, random.int(28, 60), (_, each) => ({
    record: {
      ...firm,
      ...contract,
      created_at: iso(setting.start - (signed - each.between(0, 50)) * DAY),
      signup_address: network.address(each),
    },
    reach: {
      places: [
        [network, 12],
        [setting.networks.home(each), 1],
      ],
      accessPaths: ['api'],
    },
    zone: local,
    office: true,
  }));
  return groupOf('corporate-nat', 'lookalike', people);
}

/** People who use one VPN, and else have nothing in common. */
export function vpnUsers(setting: Setting, random: Random): Group {
  const exits = setting.networks.own(random, random.int(2, 6));
  const people = createPeople(setting, random, random.int(45, 75), (_, each) => ({
    record: { signup_address: exits.address(each) },
    reach: {
      places: [
        [exits, each.int(4, 12)],
        [setting.networks.home(each), 1],
      ],
    },
  }));
  return groupOf('vpn-users', 'lookalike', people);
}

/** One firm's people, all on the firm's card, each from where they live. */
export function companyCard(setting: Setting, random: Random): Group {
  const card = cardNumber(random);
  const firm = {
    organization_id: organizationId(random),
    email_domain: companyDomain(random),
    country: country(random),
  };
  const joined = random.between(20, 200);
  const people = createPeople(setting, random, random.int(8, 22), (_, each) => ({
    record: {
      ...firm,
      payment_fingerprint: card,
      payment_kind: 'card',
      created_at: iso(setting.start - (joined + each.between(0, 20)) * DAY),
    },
    reach: { accessPaths: ['api'] },
    office: true,
  }));
  return groupOf('company-card', 'lookalike', people);
}
