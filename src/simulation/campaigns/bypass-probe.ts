import type { Campaign } from '../group.ts';
import { flat } from '../rhythm.ts';
import { writeTask } from '../text/tasks.ts';
import { Nouns } from '../text/words.ts';
import { makeWrappers } from './jobs.ts';
import { makePool } from './pool.ts';

/** Over 12,000 requests in five days that try every bypass on every one of a list of questions, to compare them. */
export const bypassProbe: Campaign = {
  name: 'bypass-probe',
  build(world) {
    const { random } = world;
    const bypasses = makeWrappers(random.fork('bypasses'), 16, { elicit: 1, inPrompt: 0.6 }).map((wrapper) => ({
      ...wrapper,
      refusal: random.between(0.05, 0.85),
    }));
    const voice = { random: random.fork('questions'), nouns: Nouns };
    const questions = Array.from({ length: 60 }, () =>
      writeTask(voice.random.pick(['math', 'questions'] as const), voice),
    );
    let next = 0;
    return {
      customers: makePool(world, random, {
        accounts: 60,
        queue: { wrappers: [], tasks: [['questions', 1]] },
        rhythm: () => flat(42),
        perPayment: 5,
        paymentKind: 'virtual_card',
        disposable: 0.5,
        age: 'fresh',
        clients: 3,
        habits: {
          write: () => {
            const bypass = bypasses[next % bypasses.length];
            const question = questions[Math.floor(next / bypasses.length) % questions.length] ?? '';
            next++;
            const text = bypass?.instruction.text ?? '';
            const common = {
              capability: 'questions',
              elicits: true,
              campaign: true,
              refusal: bypass?.refusal ?? 0,
            } as const;
            return bypass?.inPrompt === true
              ? { ...common, prompt: `${question}\n\n${text}` }
              : { ...common, system: text, prompt: question };
          },
        },
      }),
    };
  },
};
