import { type Group, type Happening, type Member } from '../kinds.ts';
import { CONTRACT, companyDomain, createAccount, organizationId } from '../people/accounts.ts';
import { createMember } from '../people/member.ts';
import { happen } from '../people/population.ts';
import { serviceVisits } from '../people/rhythm.ts';
import { applicationWork } from '../people/work.ts';
import type { Random } from '../random.ts';
import { type Setting } from '../setting.ts';

/** Resells openly, under a contract, and says which of its users asked. */
export function aggregator(setting: Setting, random: Random): Group {
  const members: Member[] = [];
  const happenings: Happening[] = [];
  for (let at = 0; at < random.int(1, 2); at += 1) {
    const record = createAccount(setting, random, {
      ...CONTRACT,
      organization_id: organizationId(random),
      email_domain: companyDomain(random),
      program: 'reseller',
    });
    const places = Array.from({ length: random.int(2, 4) }, () => [setting.networks.server(random), 1] as const);
    const member = createMember(random, record, { places, clients: [[setting.clients.library(random), 1]], keys: 2 });
    members.push(member);
    for (let user = 0; user < random.int(60, 160); user += 1) {
      const visits = serviceVisits(random, {
        start: setting.start,
        end: setting.end,
        perDay: random.logNormal(1, 1.1),
      });
      const endUser = `u_${random.code(9)}`;
      const mine = happen(random, member, applicationWork(setting, random), visits);
      happenings.push(...mine.map((happening) => ({ ...happening, endUser })));
    }
  }
  return { name: 'aggregator', kind: 'lookalike', members, happenings };
}
