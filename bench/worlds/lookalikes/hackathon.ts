import { DAY, type Group, HOUR } from '../kinds.ts';
import { country, iso } from '../people/accounts.ts';
import { createPeople, groupOf } from '../people/population.ts';
import { startOfDay } from '../people/rhythm.ts';
import { applicationWork, personalWork } from '../people/work.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';

/** A weekend at one venue: new accounts by the dozen, work through the night, a sponsor's credits; then hardly anything. */
export function hackathon(setting: Setting, random: Random): Group {
  const venue = setting.networks.own(random, random.int(2, 5));
  const opens = saturday(setting, random) + random.between(-14, 2) * HOUR;
  const closes = opens + random.between(36, 52) * HOUR;
  const local = country(random);
  const people = createPeople(setting, random, random.int(36, 70), (_, each) => {
    const joined = opens + each.exponential(3) * HOUR;
    const free = each.chance(0.7);
    return {
      record: {
        created_at: iso(joined),
        organization_id: null,
        country: local,
        signup_address: venue.address(each),
        program: 'none',
        ...(free ? { payment_fingerprint: null, payment_kind: 'none' } : {}),
      },
      reach: {
        places: [
          [venue, 8],
          [setting.networks.home(each), 1],
        ],
        accessPaths: ['api'],
      },
      work: each.chance(0.6)
        ? applicationWork(setting, each, {
            mix: [
              ['coding', 4],
              ['agent', 4],
              ['chat', 2],
              ['support', 1],
            ],
          })
        : personalWork(setting, each),
      perDay: each.logNormal(26, 0.9),
      office: false,
      from: joined,
      to: closes + (each.chance(0.2) ? each.between(1, 6) * DAY : 0),
    };
  });
  return groupOf('hackathon', 'lookalike', people);
}

/** One that leaves two days of the world after it; any day where there is none. */
function saturday(setting: Setting, random: Random): number {
  const days = Array.from(
    { length: Math.max(1, setting.days - 3) },
    (_, at) => startOfDay(setting.start) + (at + 1) * DAY,
  );
  const saturdays = days.filter((day) => new Date(day).getUTCDay() === 6);
  return random.pick(saturdays.length > 0 ? saturdays : days);
}
