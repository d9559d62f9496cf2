import { DAY, type Group, type Happening, type Member } from '../kinds.ts';
import { companyDomain, createAccount, organizationId } from '../people/accounts.ts';
import { createMember } from '../people/member.ts';
import { happen } from '../people/population.ts';
import { serviceVisits } from '../people/rhythm.ts';
import { applicationWork } from '../people/work.ts';
import type { Random } from '../random.ts';
import { type Setting } from '../setting.ts';

/** A customer whose key was taken: from then on strangers use it, from everywhere and around the clock. */
export function stolenKey(setting: Setting, random: Random): Group {
  const members: Member[] = [];
  const happenings: Happening[] = [];
  for (let at = 0; at < random.int(1, 3); at += 1) {
    const record = createAccount(setting, random, {
      organization_id: organizationId(random),
      email_domain: companyDomain(random),
      plan: 'scale',
    });
    const home = setting.networks.server(random);
    const member = createMember(random, record, {
      places: [[home, 1]],
      clients: [[setting.clients.library(random), 1]],
      keys: 1,
    });
    const places = Array.from({ length: random.int(8, 30) }, () => [setting.networks.exit(random), 1] as const);
    const clients = Array.from({ length: random.int(2, 6) }, () => [setting.clients.library(random), 1] as const);
    const abused = {
      ...createMember(random.fork('abuse'), record, { places, clients, keys: 1, restless: true }),
      blind: member.blind,
    };
    members.push(member);
    const own = serviceVisits(random, { start: setting.start, end: setting.end, perDay: random.between(10, 50) });
    happenings.push(...happen(random, member, applicationWork(setting, random), own));
    const taken = setting.start + random.between(0.3, 0.8) * (setting.end - setting.start);
    const found = Math.min(setting.end, taken + random.between(1, 4) * DAY);
    for (let thief = 0; thief < random.int(4, 14); thief += 1) {
      const visits = serviceVisits(random, { start: taken, end: found, perDay: random.logNormal(14, 0.8) });
      happenings.push(...happen(random, abused, applicationWork(setting, random), visits));
    }
  }
  return { name: 'stolen-key', kind: 'lookalike', members, happenings };
}
