import { type LookAlike, sizeOf } from '../group.ts';
import { networksOf, offsetOf } from '../networks.ts';
import { makePerson } from '../person.ts';
import { atHome, behindGateway, mixedPlaces } from '../places.ts';
import { DAY, HOUR, human } from '../rhythm.ts';
import { editWords, writeInstruction } from '../text/instructions.ts';
import { writeTask } from '../text/tasks.ts';
import { Topics } from '../text/words.ts';

/** A course: accounts opened within an hour or two, nearly equal exercises, deadlines at night. */
export const course: LookAlike = {
  name: 'course',
  build(world) {
    const { random } = world;
    const campus = random.pick(networksOf(world.networks, 'campus'));
    const gateway = behindGateway(campus, random, 4);
    const nouns = random.pick(Topics);
    const sheet = Array.from(
      { length: 12 },
      (_, i) => `Exercise ${i + 1}. ${writeTask('tutoring', { random, nouns })}`,
    );
    const instruction = writeInstruction({ random, nouns }, { elicit: 1, rules: [1, 3] });
    const client = random.pick(world.clients.sdks);
    const openedAt = world.startAt + random.between(-0.5, 0.2) * DAY;
    const domain = `campus-${random.id(4)}.example`;
    const habit = { shape: 'evening', zone: offsetOf(campus.country), weekend: 0.8, session: 9, idle: 0.3 } as const;
    return {
      customers: Array.from({ length: sizeOf(world, 0.006, 28) }, (_, i) => {
        const own = random.fork(i);
        const home = atHome(world, own, campus.country);
        return makePerson(world, own, {
          account: {
            createdAt: openedAt + own.float() * 1.5 * HOUR,
            country: campus.country,
            mail: own.chance(0.8) ? { domain } : 'public',
            payment: { kind: 'none', fingerprint: null },
            plan: 'trial',
            program: own.chance(0.7) ? 'education' : 'none',
          },
          habits: {
            rhythm: human({ ...habit, perDay: own.logNormal(14, 0.5) }),
            place: mixedPlaces(gateway, home, 0.4),
            accessPath: () => 'api',
            ...(own.chance(0.7) ? { client: () => client } : {}),
            write: (dice, at) => {
              // One sheet a week: everybody is on the same few exercises.
              const week = Math.floor((at - world.startAt) / (7 * DAY));
              const exercise = sheet[(week * 4 + dice.int(0, 3)) % sheet.length] ?? '';
              return {
                system: instruction.text,
                prompt: dice.chance(0.5) ? exercise : editWords(exercise, { random: dice, nouns }, 0.06),
                capability: 'tutoring',
                elicits: true,
              };
            },
          },
        });
      }),
    };
  },
};
