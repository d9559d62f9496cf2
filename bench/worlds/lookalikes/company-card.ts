import { DAY, type Group } from '../kinds.ts';
import { cardNumber, companyDomain, country, iso, organizationId } from '../people/accounts.ts';
import { createPeople, groupOf } from '../people/population.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';

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
