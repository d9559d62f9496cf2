import { DAY, type Group } from '../kinds.ts';
import { companyDomain, country, iso, organizationId } from '../people/accounts.ts';
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
