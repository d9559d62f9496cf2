import { DAY, type Group } from '../kinds.ts';
import { iso } from '../people/accounts.ts';
import { createPeople, groupOf } from '../people/population.ts';
import { applicationWork } from '../people/work.ts';
import type { Random } from '../random.ts';
import { oldModels, type Setting } from '../setting.ts';
import { writeElicitation } from '../text/elicitation.ts';
import { writeRole } from '../text/roles.ts';
import { writeManner } from '../text/tasks.ts';

/** A starter application that young accounts, strangers to one another, cloned and hardly changed. */
export function startupBoilerplate(setting: Setting, random: Random): Group {
  const asked = random.chance(0.4) ? ` ${writeElicitation(random, 'reasoning')}` : '';
  const system = `${writeRole(random)} ${writeManner(random)} ${writeManner(random)}${asked}`;
  const model = random.pick(oldModels(setting));
  const people = createPeople(setting, random, random.int(28, 46), (_, each) => ({
    record: { created_at: iso(setting.start + each.between(-60, setting.days * 0.4) * DAY) },
    work: applicationWork(setting, each, {
      mix: [
        ['support', 6],
        ['chat', 2],
        ['answers', 2],
      ],
      system: each.chance(0.8) ? system : `${system} ${writeManner(each)}`,
      model: (one) => (one.chance(0.95) ? model : one.pick(oldModels(setting))),
      elicitsWith: 0,
    }),
    reach: { accessPaths: ['api'] },
  }));
  return groupOf('startup-boilerplate', 'lookalike', people);
}
