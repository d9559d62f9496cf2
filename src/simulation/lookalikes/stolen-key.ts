import { apiKeys, makeApplication, ownClients, writeFor } from '../applications.ts';
import { type LookAlike, sizeOf } from '../group.ts';
import { makePerson } from '../person.ts';
import { atHome, onServers, throughProxies } from '../places.ts';
import { flat, human, together, within } from '../rhythm.ts';

/** An honest account whose leaked key strangers use from everywhere, for work of their own: a key to rotate. */
export const stolenKey: LookAlike = {
  name: 'stolen-key',
  build(world) {
    return {
      customers: Array.from({ length: sizeOf(world, 0.00003, 1) }, (_, i) => {
        const own = world.random.fork(i);
        const leakedAt = world.startAt + own.between(0.3, 0.7) * (world.endAt - world.startAt);
        const country = own.pick(['US', 'DE', 'IN', 'BR']);
        const user = (name: string) => {
          const dice = own.fork(name);
          return { client: ownClients(world, dice, 'sdks'), write: writeFor(makeApplication(world, dice)) };
        };
        const thieves = Array.from({ length: 12 }, (_, n) => ({
          ...user(`thief ${n}`),
          place: n % 2 === 0 ? throughProxies(world, own.fork(n), 1) : onServers(world, own.fork(n), 1),
        }));
        const owner = { ...user('owner'), place: atHome(world, own, country) };
        let present = owner;
        const day = human({ perDay: 25, shape: 'office', zone: 0, weekend: 0.2, session: 6, idle: 0.1 });
        return makePerson(world, own, {
          account: { country },
          habits: {
            rhythm: together(day, within(leakedAt, world.endAt, flat(420))),
            // Whose turn it is is settled here: the text of an exchange is made before its place and client.
            write: (dice, at) => {
              present = at > leakedAt && dice.chance(0.9) ? dice.pickPopular(thieves, 1.5) : owner;
              return present.write(dice, at);
            },
            place: (at, dice) => present.place(at, dice),
            client: (dice) => present.client(dice),
            accessPath: () => 'api',
            apiKeys: apiKeys(own, 1),
            turns: 1,
          },
        });
      }),
    };
  },
};
