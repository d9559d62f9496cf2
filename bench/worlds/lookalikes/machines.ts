import { DAY, type Group, type Happening, HOUR, type Member } from '../kinds.ts';
import { companyDomain, createAccount, organizationId } from '../people/accounts.ts';
import { createMember } from '../people/member.ts';
import { happen } from '../people/population.ts';
import { serviceVisits, steadyTimes } from '../people/rhythm.ts';
import { applicationWork } from '../people/work.ts';
import type { Random } from '../random.ts';
import { oldModels, type Setting } from '../setting.ts';
import { writeElicitation } from '../text/elicitation.ts';
import { writeRole } from '../text/roles.ts';
import { writeManner } from '../text/tasks.ts';

const contract = { payment_kind: 'invoice', payment_fingerprint: null, plan: 'scale', verification: 'kyc' };

/** Resells openly, under a contract, and says which of its users asked. */
export function aggregator(setting: Setting, random: Random): Group {
  const members: Member[] = [];
  const happenings: Happening[] = [];
  for (let at = 0; at < random.int(1, 2); at += 1) {
    const record = createAccount(setting, random, {
      ...contract,
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

/** Training data made with permission: everything that a campaign does, by a customer under contract. */
export function syntheticDataEnterprise(setting: Setting, random: Random): Group {
  const firm = {
    ...contract,
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
