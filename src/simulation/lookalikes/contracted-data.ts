import { newOrganization, newPayment } from '../accounts.ts';
import { type LookAlike, sizeOf } from '../group.ts';
import { makePerson } from '../person.ts';
import { onServers } from '../places.ts';
import { flat } from '../rhythm.ts';
import { writeInstruction } from '../text/instructions.ts';
import { writeTask } from '../text/tasks.ts';
import { Nouns } from '../text/words.ts';

/** A company that makes synthetic data with written-out reasoning, round the clock — and whose contract permits it. */
export const contractedData: LookAlike = {
  name: 'contracted-data',
  build(world) {
    const { random } = world;
    const organization = newOrganization(random);
    const payment = { kind: 'invoice', fingerprint: newPayment(random) } as const;
    const account = { organization, payment, mail: { domain: `${random.id(8)}.example` } };
    const templates = Array.from({ length: 5 }, () =>
      writeInstruction({ random, nouns: Nouns }, { elicit: 0.9, rules: [2, 5] }),
    );
    const perDay = Math.max(40, Math.min(900, world.population / 20));
    return {
      customers: Array.from({ length: sizeOf(world, 0.0004, 4) }, (_, i) => {
        const own = random.fork(i);
        return makePerson(world, own, {
          account: { ...account, plan: 'enterprise', program: 'enterprise', verification: 'kyc' },
          habits: {
            rhythm: flat(perDay),
            place: onServers(world, own, 3),
            accessPath: () => 'api',
            write: (dice) => {
              const template = dice.pick(templates);
              const capability = dice.chance(0.7) ? 'generation' : 'software';
              const prompt = writeTask(capability, { random: dice, nouns: Nouns });
              return { system: template.text, prompt, capability, elicits: template.elicits };
            },
            turns: 1,
            thinks: 0.4,
            verbosity: 1.4,
          },
        });
      }),
    };
  },
};
