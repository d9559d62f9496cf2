import { type LookAlike, sizeOf } from '../group.ts';
import { makePerson } from '../person.ts';

/** A popular agent framework's system prompt, in the accounts of everybody who uses it. */
export const agentFramework: LookAlike = {
  name: 'agent-framework',
  build(world) {
    const { random } = world;
    const client = random.pick(world.clients.sdks.slice(0, 12));
    return {
      customers: Array.from({ length: sizeOf(world, 0.035, 45) }, (_, i) => {
        const own = random.fork(i);
        const bundled = own.chance(0.7);
        return makePerson(world, own, {
          application: {
            instruction: own.pickPopular(world.prompts.frameworks, 2),
            tasks: [
              ['agentic', 7],
              ['software', 3],
            ],
            footer: own.chance(0.3) ? (_, at) => `\nDate: ${new Date(at).toISOString().slice(0, 10)}` : undefined,
            attaches: own.logNormal(2_500, 0.8),
          },
          perDay: Math.min(1_500, own.logNormal(14, 1.2)),
          habits: {
            ...(bundled ? { client: () => client } : {}),
            accessPath: () => 'api',
            turns: 1 + own.logNormal(8, 0.5),
            thinks: own.float(),
          },
        });
      }),
    };
  },
};
