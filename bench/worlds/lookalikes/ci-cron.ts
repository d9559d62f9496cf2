import { type Group, type Happening, HOUR, type Member } from '../kinds.ts';
import { companyDomain, createAccount, organizationId } from '../people/accounts.ts';
import { createMember } from '../people/member.ts';
import { happen } from '../people/population.ts';
import { applicationWork } from '../people/work.ts';
import type { Random } from '../random.ts';
import { oldModels, type Setting } from '../setting.ts';
import { writeRole } from '../text/roles.ts';
import { writeManner } from '../text/tasks.ts';

/** Jobs on the minute, half of them a public action with the public action's prompt. */
export function ciCron(setting: Setting, random: Random): Group {
  const system = `${writeRole(random)} ${writeManner(random)} ${writeManner(random)}`;
  const model = random.pick(oldModels(setting));
  const members: Member[] = [];
  const happenings: Happening[] = [];
  for (let at = 0; at < random.int(12, 22); at += 1) {
    const record = createAccount(setting, random, {
      organization_id: organizationId(random),
      email_domain: companyDomain(random),
      plan: 'pay_as_you_go',
    });
    const member = createMember(random, record, {
      places: [
        [setting.networks.server(random), 1],
        [setting.networks.server(random), 1],
      ],
      clients: [[setting.clients.library(random), 1]],
    });
    members.push(member);
    const work = applicationWork(setting, random, {
      mix: [
        ['extraction', 8],
        ['coding', 1],
      ],
      model: () => model,
      ...(random.chance(0.55) ? { system } : {}),
    });
    const every = random.pick([HOUR / 2, HOUR, HOUR, 2 * HOUR, 6 * HOUR]);
    const minute = random.pick([0, 0, 15, 30]) * 60_000;
    const visits: number[][] = [];
    for (let due = setting.start + minute; due < setting.end; due += every)
      visits.push([due + random.exponential(2500)]);
    happenings.push(...happen(random, member, work, visits));
  }
  return { name: 'ci-cron', kind: 'lookalike', members, happenings };
}
