import { type Group, HOUR } from '../kinds.ts';
import { createPeople, groupOf } from '../people/population.ts';
import { steadyTimes } from '../people/rhythm.ts';
import type { Random } from '../random.ts';
import { modelTaste, type Setting } from '../setting.ts';
import { createExam, examWork } from './exam.ts';

/** Strangers who each run the same public harness now and then, beside their ordinary work. */
export function evalHarnessPublic(setting: Setting, random: Random, questions?: readonly string[]): Group {
  const exams = Array.from({ length: random.int(2, 5) }, (_, at) =>
    createExam(random, random.int(150, 700), at === 0 ? questions : undefined),
  );
  const people = createPeople(setting, random, random.int(16, 32), () => ({ reach: { accessPaths: ['api'] } }));
  for (const [at, { member, happenings }] of people.entries()) {
    const each = random.fork(`run ${at}`);
    for (let run = 0; run < each.int(1, 5); run += 1) {
      const exam = each.pick(exams);
      const work = examWork(exam, modelTaste(setting, each));
      const start = setting.start + each.next() * (setting.end - setting.start - 6 * HOUR);
      const items = each.shuffle([...exam.items.keys()]).slice(0, Math.min(exam.size, each.int(40, 260)));
      const times = steadyTimes(each, start, Math.min(setting.end, start + 5 * HOUR), each.between(400, 3000));
      for (const [place, time] of times.slice(0, items.length).entries()) {
        const conversation = `conv_${each.code(12)}`;
        happenings.push({ at: time, member, work, conversation, turn: 0, item: items[place] as number });
      }
    }
  }
  return groupOf('eval-harness-public', 'lookalike', people);
}
