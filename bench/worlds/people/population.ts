import type { AccountRecord, Group, Happening, Member, StatusChange, Work } from '../kinds.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';
import { createAccount } from './accounts.ts';
import { createMember, type Reach } from './member.ts';
import { humanVisits, serviceVisits, type Visit } from './rhythm.ts';
import { applicationWork, personalWork } from './work.ts';

export interface PersonOptions {
  record?: Partial<AccountRecord>;
  reach?: Partial<Reach>;
  /** What they do instead of what they would. */
  work?: Work | readonly Work[];
  perDay?: number;
  zone?: number;
  office?: boolean;
  from?: number;
  to?: number;
}

export interface Person {
  member: Member;
  happenings: Happening[];
}

/** The turns of visits as happenings, each visit a conversation. */
export function happen(
  random: Random,
  member: Member,
  works: Work | readonly Work[],
  visits: readonly Visit[],
): Happening[] {
  return visits.flatMap((visit) => {
    const work = random.pick([works].flat());
    const conversation = `conv_${random.code(12)}`;
    return visit.map((at, turn) => {
      const keeps = turn > 0 && random.chance(0.06);
      return { at, member, work, conversation, turn, item: 0, ...(keeps ? { origin: conversation } : {}) };
    });
  });
}

/** One ordinary account, whatever is given excepted: a person in a chat window or a program, or a firm's application. */
function createPerson(setting: Setting, random: Random, options: PersonOptions = {}): Person {
  const record = createAccount(setting, random, options.record);
  const chats = options.reach?.accessPaths === undefined && random.chance(0.18);
  const serves = !chats && random.chance(record.organization_id === null ? 0.25 : 0.6);
  const home = setting.networks.home(random);
  const places: Reach['places'] = serves
    ? [
        [setting.networks.server(random), 8],
        [home, 1],
      ]
    : [
        [home, 6],
        [setting.networks.home(random), random.chance(0.5) ? 2 : 0],
      ];
  const clients: Reach['clients'] = chats
    ? [
        [setting.clients.browser(random), 4],
        [setting.clients.browser(random), 1],
      ]
    : [
        [random.chance(0.06) ? setting.clients.own(random) : setting.clients.library(random), 8],
        [setting.clients.library(random), random.chance(0.4) ? 1 : 0],
      ];
  const path = chats
    ? 'chat'
    : random.weighted([
        ['api', 82],
        ['bedrock', 6],
        ['vertex', 7],
        ['foundry', 5],
      ] as const);
  const member = createMember(random, record, { places, clients, accessPaths: [path], ...options.reach });
  const works = options.work ?? ownWorks(setting, random, serves, chats);
  const perDay = options.perDay ?? Math.min(280, random.logNormal(serves ? 5 : 2.6, 1.25));
  const from = Math.max(options.from ?? setting.start, Date.parse(record.created_at));
  const rhythm = { start: from, end: Math.min(options.to ?? setting.end, setting.end), perDay };
  const zone = options.zone === undefined ? {} : { zone: options.zone };
  const office = options.office === undefined ? {} : { office: options.office };
  const visits = serves
    ? serviceVisits(random, { ...rhythm, ...zone })
    : humanVisits(random, { ...rhythm, ...zone, ...office });
  return { member, happenings: happen(random, member, works, visits) };
}

/** Mostly one thing; many accounts have a second, some a third. */
function ownWorks(setting: Setting, random: Random, serves: boolean, chats: boolean): Work[] {
  const count = random.weighted([
    [1, 4],
    [2, 3],
    [3, 2],
    [5, 1],
  ] as const);
  return Array.from({ length: count }, () =>
    !chats && (serves || random.chance(0.4)) ? applicationWork(setting, random) : personalWork(setting, random),
  );
}

/** A group of ordinary people, each with what `options` says of the one at that place. */
export function createPeople(
  setting: Setting,
  random: Random,
  count: number,
  options: (at: number, random: Random) => PersonOptions,
): Person[] {
  return Array.from({ length: count }, (_, at) => {
    const each = random.fork(at);
    return createPerson(setting, each, options(at, each));
  });
}

export const groupOf = (name: string, kind: Group['kind'], people: readonly Person[]): Group => ({
  name,
  kind,
  members: people.map(({ member }) => member),
  happenings: people.flatMap(({ happenings }) => happenings),
});

/** Everybody whom the truth does not name. A few are suspended or banned for other things than copying. */
export function createPopulation(setting: Setting, random: Random, count: number): Group {
  const people = createPeople(setting, random, count, () => ({}));
  const group = groupOf('population', 'population', people);
  const changes = people
    .filter(() => random.chance(0.008))
    .map(
      ({ member }): StatusChange => ({
        at: setting.start + random.next() * (setting.end - setting.start),
        member,
        status: random.chance(0.7) ? 'suspended' : 'banned',
      }),
    );
  const end = new Map(changes.map(({ member, at }) => [member, at]));
  const happenings = group.happenings.filter(({ member, at }) => at < (end.get(member) ?? Number.POSITIVE_INFINITY));
  return { ...group, happenings, changes };
}
