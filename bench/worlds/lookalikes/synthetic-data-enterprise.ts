import { type Group, type Happening, type Member } from '../kinds.ts';
import { CONTRACT, companyDomain, createAccount, organizationId } from '../people/accounts.ts';
import { createMember } from '../people/member.ts';
import { happen } from '../people/population.ts';
import { steadyTimes } from '../people/rhythm.ts';
import { applicationWork } from '../people/work.ts';
import type { Random } from '../random.ts';
import { oldModels, type Setting } from '../setting.ts';
import { writeElicitation } from '../text/elicitation.ts';
import { writeRole } from '../text/roles.ts';
import { writeManner } from '../text/tasks.ts';

/** Training data made with permission: everything that a campaign does, by a customer under contract. */
export function syntheticDataEnterprise(setting: Setting, random: Random): Group {
  const firm = {
    ...CONTRACT,
    organization_id: organizationId(random),
    email_domain: companyDomain(random),
    program: 'enterprise',
  };
  const network = setting.networks.server(random);
  const client = setting.clients.library(random);
  const model = random.pick(oldModels(setting));
  const makes = `${writeRole(random)} ${writeElicitation(random, random.pick(['reasoning', 'tags', 'tools']))} ${writeManner(random)}`;
  const judges = `${writeRole(random)} ${writeElicitation(random, 'rubric')} ${writeManner(random)}`;
  const work = (system: string, grading: boolean) => {
    const inner = applicationWork(setting, random, {
      system,
      model: () => model,
      mix: grading
        ? [['grading', 1]]
        : [
            ['data', 4],
            ['coding', 4],
            ['agent', 3],
            ['math', 2],
          ],
      elicitsWith: 0,
    });
    return {
      ...inner,
      request: (each: Random, turn: number, item: number) => ({
        ...inner.request(each, turn, item),
        elicits: 'strongly' as const,
        output: each.logNormal(650, 0.7),
      }),
    };
  };
  const works = [work(makes, false), work(makes, false), work(judges, true)];
  const members: Member[] = [];
  const happenings: Happening[] = [];
  const perDay = random.between(40, 90);
  for (let at = 0; at < random.int(4, 7); at += 1) {
    const member = createMember(random, createAccount(setting, random, firm), {
      places: [[network, 1]],
      clients: [[client, 1]],
    });
    members.push(member);
    for (const time of steadyTimes(random, setting.start, setting.end, perDay)) {
      happenings.push(...happen(random, member, random.pick(works), [[time]]));
    }
  }
  return { name: 'synthetic-data-enterprise', kind: 'lookalike', members, happenings };
}
