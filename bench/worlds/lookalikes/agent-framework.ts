import type { Group } from '../kinds.ts';
import { createPeople, groupOf } from '../people/population.ts';
import { applicationWork, type Mix } from '../people/work.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';
import { writeElicitation } from '../text/elicitation.ts';
import { writeRole } from '../text/roles.ts';
import { writeManner } from '../text/tasks.ts';

/** A popular agent framework: one long system text, in a few releases, with each user's own end. */
export function agentFramework(setting: Setting, random: Random): Group {
  const body = Array.from({ length: random.int(3, 7) }, () => writeManner(random)).join(' ');
  const releases = Array.from(
    { length: random.int(2, 4) },
    () => `${writeRole(random)} ${body} ${writeElicitation(random, 'tools')} ${writeManner(random)}`,
  );
  const mix: Mix = [
    ['agent', 6],
    ['coding', 5],
    ['answers', 1],
  ];
  const people = createPeople(setting, random, random.int(90, 140), (_, each) => {
    const own = each.chance(0.5) ? ` ${writeManner(each)}` : '';
    const system = `${each.pick(releases)}${own}`;
    const uses = each.chance(0.75);
    return uses
      ? {
          work: applicationWork(setting, each, { mix, system, elicitsWith: 0 }),
          reach: { accessPaths: [each.pick(['api', 'api', 'api', 'bedrock'])] },
        }
      : {};
  });
  return groupOf('agent-framework', 'lookalike', people);
}
