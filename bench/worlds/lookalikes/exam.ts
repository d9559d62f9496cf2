import type { Work } from '../kinds.ts';
import type { Model } from '../people/work.ts';
import { size } from '../people/work.ts';
import type { Random } from '../random.ts';
import { writeElicitation } from '../text/elicitation.ts';
import { sentence } from '../text/prose.ts';
import { writeTask } from '../text/tasks.ts';

/** A fixed set of questions behind a fixed few-shot text. */
export interface Exam {
  shots: string;
  suffix: string;
  items: readonly string[];
  size: number;
  elicits: boolean;
}

/** `items` are somebody's real questions, where they are given. */
export function createExam(random: Random, count: number, items?: readonly string[]): Exam {
  const [ask, answer] = random.pick([
    ['Q:', 'A:'],
    ['Question:', 'Answer:'],
    ['Problem:', 'Solution:'],
  ] as const);
  const elicits = random.chance(0.6);
  const hint = elicits ? ' Let us think step by step.' : '';
  const shots = Array.from(
    { length: random.int(0, 5) },
    () => `${ask} ${writeTask(random, 'math')}\n${answer}${hint} ${sentence(random)} #### ${random.int(1, 900)}\n\n`,
  ).join('');
  const suffix = elicits && random.chance(0.5) ? ` ${writeElicitation(random, 'reasoning')}` : hint;
  const own = items ?? Array.from({ length: count }, () => writeTask(random, random.pick(['math', 'logic'])));
  return { shots: `${shots}${ask} `, suffix: `\n${answer}${suffix}`, items: own, size: own.length, elicits };
}

export function examWork(exam: Exam, model: Model): Work {
  return {
    model,
    inConversation: 0.4,
    request(random, _, item) {
      const prompt = `${exam.shots}${exam.items[item % exam.size]}${exam.suffix}`;
      return {
        prompt,
        topics: ['math'],
        elicits: exam.elicits ? 'strongly' : 'weakly',
        input: size(prompt),
        output: random.logNormal(650, 0.6),
        reasoning: random.chance(0.7),
      };
    },
  };
}
