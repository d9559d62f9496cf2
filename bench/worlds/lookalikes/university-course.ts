import { DAY, type Group, HOUR, type Work } from '../kinds.ts';
import { iso } from '../people/accounts.ts';
import { createPeople, groupOf } from '../people/population.ts';
import { zone } from '../people/rhythm.ts';
import { personalWork, size } from '../people/work.ts';
import type { Random } from '../random.ts';
import { oldModels, type Setting } from '../setting.ts';
import { typed } from '../text/prose.ts';
import { writeTask } from '../text/tasks.ts';
import { CITIES } from '../text/words.ts';

/** A course: everyone signs up within the hour, and asks about the same exercises in nearly the same words. */
export function universityCourse(setting: Setting, random: Random): Group {
  const campus = setting.networks.own(random, random.int(2, 4));
  const began =
    setting.start + random.int(1, Math.max(1, Math.floor(setting.days / 3))) * DAY + random.between(7, 15) * HOUR;
  const domain = `${random.pick(CITIES).toLowerCase()}-uni.edu`;
  const local = zone(random);
  const model = random.pick(oldModels(setting));
  const exercises = Array.from(
    { length: random.int(8, 30) },
    (_, at) =>
      `Exercise ${1 + (at >> 2)}.${1 + (at % 4)}: ${writeTask(random, random.pick(['coding', 'math', 'logic', 'agent']))}`,
  );
  const asks = ['', ' Show me how to start.', ' Explain step by step.', ' Is my answer right?', ' Why?'];
  const people = createPeople(setting, random, random.int(30, 70), (_, each) => {
    const record = {
      created_at: iso(began + each.between(0, 50) * 60_000),
      email_domain: domain,
      organization_id: null,
      payment_fingerprint: null,
      payment_kind: 'none',
      program: each.chance(0.8) ? 'education' : 'none',
      verification: 'email',
      signup_address: campus.address(each),
    };
    const own = personalWork(setting, each, () => model);
    const work: Work = {
      ...own,
      request(one, turn, item) {
        if (turn > 0 || one.chance(0.35)) return own.request(one, turn, item);
        const ask = one.pick(asks);
        const prompt = typed(one, `${one.pick(exercises)}${ask}`, 0.25);
        const steps = ask.includes('step');
        return {
          prompt,
          topics: ['tutoring', 'coding'],
          elicits: steps ? 'strongly' : 'no',
          input: size(prompt) + 300 * turn,
          output: one.logNormal(400, 0.7),
          reasoning: one.chance(0.4),
        };
      },
    };
    const client = each.chance(0.8) ? setting.clients.browser(each) : setting.clients.library(each);
    return {
      record,
      work,
      perDay: each.logNormal(4, 0.9),
      zone: local,
      reach: {
        places: [
          [campus, 5],
          [setting.networks.home(each), 2],
        ],
        clients: [[client, 1]],
        accessPaths: [each.chance(0.78) ? 'chat' : 'api'],
      },
    };
  });
  return groupOf('university-course', 'lookalike', people);
}
