import { disposableDomain, newPayment } from '../accounts.ts';
import { makeApplication, writeFor } from '../applications.ts';
import { poolClients } from '../campaigns/pool.ts';
import { type LookAlike, sizeOf } from '../group.ts';
import { makePerson } from '../person.ts';
import { throughProxies } from '../places.ts';
import { DAY, flat, HOUR, human, together } from '../rhythm.ts';

const PER_PAYMENT = 5;

/**
 * A grey-market network: accounts opened in batches with virtual cards and throw-away mail, whose traffic is that of
 * ordinary developers, dealt over the accounts. Some developers' own applications run through many of them.
 */
export const proxyResale: LookAlike = {
  name: 'proxy-resale',
  resale: true,
  build(world) {
    const { random } = world;
    const count = sizeOf(world, 0.008, 30);
    const clients = poolClients(world, random, 3);
    const domains = [disposableDomain(random), disposableDomain(random)];
    const payments = Array.from({ length: Math.ceil(count / PER_PAYMENT) }, () => newPayment(random));
    const developers = Array.from({ length: count * 3 }, (_, i) =>
      writeFor(makeApplication(world, random.fork(`developer ${i}`))),
    );
    return {
      customers: Array.from({ length: count }, (_, i) => {
        const own = random.fork(i);
        const client = own.pick(clients);
        const pace = { shape: 'service', zone: own.int(-6, 9), weekend: 0.7, session: 5, idle: 0.05 } as const;
        // A developer stays with an account for some hours before the gateway deals anew.
        let present = own.pickPopular(developers, 1.7);
        let until = 0;
        return makePerson(world, own, {
          account: {
            createdAt: world.startAt - own.exponential(20 * DAY),
            mail: own.chance(0.7) ? { domain: own.pick(domains) } : 'public',
            payment: { kind: 'virtual_card', fingerprint: payments[Math.floor(i / PER_PAYMENT)] ?? null },
            plan: 'metered',
            verification: 'email',
          },
          habits: {
            rhythm: together(flat(6), human({ ...pace, perDay: own.logNormal(16, 0.8) })),
            place: throughProxies(world, own, own.between(0.5, 8)),
            client: () => client,
            accessPath: () => 'api',
            write: (dice, at) => {
              if (at >= until) {
                present = dice.pickPopular(developers, 1.7);
                until = at + dice.exponential(3) * HOUR;
              }
              return present(dice, at);
            },
          },
        });
      }),
    };
  },
};
