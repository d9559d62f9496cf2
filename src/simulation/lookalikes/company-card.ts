import { newOrganization, newPayment } from '../accounts.ts';
import { type LookAlike, sizeOf } from '../group.ts';
import { makePerson } from '../person.ts';

const ACCOUNTS_EACH = 6;

/** Companies that pay for several accounts with one card, some without having told the provider that they are one. */
export const companyCard: LookAlike = {
  name: 'company-card',
  build(world) {
    const { random } = world;
    return {
      customers: Array.from({ length: sizeOf(world, 0.008, 2 * ACCOUNTS_EACH) }, (_, i) => {
        const firm = random.fork(`firm ${Math.floor(i / ACCOUNTS_EACH)}`);
        const organization = newOrganization(firm);
        const domain = `${firm.id(8)}.example`;
        const kind = firm.chance(0.3) ? 'virtual_card' : 'card';
        const payment = { kind, fingerprint: newPayment(firm) } as const;
        const declared = firm.chance(0.65);
        return makePerson(world, random.fork(i), {
          account: { payment, mail: { domain }, ...(declared ? { organization } : {}) },
        });
      }),
    };
  },
};
