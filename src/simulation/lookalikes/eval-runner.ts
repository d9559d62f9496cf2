import { newOrganization, newPayment } from '../accounts.ts';
import { poolClients } from '../campaigns/pool.ts';
import { type LookAlike, sizeOf } from '../group.ts';
import { makePerson } from '../person.ts';
import { onServers } from '../places.ts';
import { burst, DAY, together } from '../rhythm.ts';
import { writeInstruction } from '../text/instructions.ts';
import { writeTask } from '../text/tasks.ts';
import { Nouns } from '../text/words.ts';

/** One company that tests models with a template and a finite list of items, which return in every run. */
export const evalRunner: LookAlike = {
  name: 'eval-runner',
  build(world) {
    const { random } = world;
    const instruction = writeInstruction({ random, nouns: Nouns }, { elicit: 1, rules: [2, 4] });
    const items = Array.from({ length: 300 }, () => writeTask('math', { random, nouns: Nouns }));
    const organization = newOrganization(random);
    const payment = { kind: 'card', fingerprint: newPayment(random) } as const;
    const domain = `${random.id(8)}.example`;
    const [client] = poolClients(world, random, 1);
    return {
      customers: Array.from({ length: sizeOf(world, 0.0002, 3) }, (_, i) => {
        const own = random.fork(i);
        const runs: number[] = [];
        for (let at = world.startAt + own.float() * DAY; at < world.endAt; at += own.between(0.6, 2.4) * DAY)
          runs.push(at);
        return makePerson(world, own, {
          account: { organization, payment, mail: { domain }, plan: 'team', verification: 'kyc' },
          habits: {
            rhythm: together(...runs.map((at) => burst(at, 300, 0.7))),
            place: onServers(world, own),
            ...(client ? { client: () => client } : {}),
            write: (dice) => ({
              prompt: `${instruction.text}\n\n${dice.pick(items)}`,
              capability: 'math',
              elicits: true,
            }),
            accessPath: () => 'api',
            turns: 1,
            thinks: 0.6,
          },
        });
      }),
    };
  },
};
