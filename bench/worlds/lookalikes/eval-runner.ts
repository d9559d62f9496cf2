import { DAY, type Group, type Happening, HOUR, type Member } from '../kinds.ts';
import { companyDomain, createAccount, organizationId } from '../people/accounts.ts';
import { createMember } from '../people/member.ts';
import { startOfDay } from '../people/rhythm.ts';
import type { Random } from '../random.ts';
import { newestModel, oldModels, type Setting } from '../setting.ts';
import { createExam, examWork } from './exam.ts';

/** One organisation's evaluation: the same finite items every night, and all of them when a model comes out. */
export function evalRunner(setting: Setting, random: Random): Group {
  const exam = createExam(random, random.int(150, 500));
  const contract = {
    organization_id: organizationId(random),
    email_domain: companyDomain(random),
    payment_kind: 'invoice',
  };
  const network = setting.networks.own(random);
  const current = random.pick(oldModels(setting));
  const newest = newestModel(setting);
  const members: Member[] = [];
  const happenings: Happening[] = [];
  const hour = random.int(0, 5) * HOUR;
  const nightly = random.int(8, 40);
  for (let at = 0; at < random.int(3, 5); at += 1) {
    const record = createAccount(setting, random, {
      ...contract,
      payment_fingerprint: null,
      plan: 'scale',
      program: random.pick(['enterprise', 'none']),
      verification: 'kyc',
    });
    const member = createMember(random, record, {
      places: [[network, 1]],
      clients: [[setting.clients.library(random), 1]],
    });
    members.push(member);
    const work = examWork(exam, (_, when) => (when > newest.releasedAt ? newest.name : current));
    const ask = (when: number, item: number) =>
      happenings.push({ at: when, member, work, conversation: `conv_${random.code(12)}`, turn: 0, item });
    for (let day = startOfDay(setting.start); day < setting.end; day += DAY) {
      for (let item = 0; item < nightly; item += 1)
        ask(day + hour + random.between(0, HOUR), random.int(0, exam.size - 1));
    }
    const whole = newest.releasedAt + random.between(1, 8) * HOUR;
    for (let item = 0; item < exam.size; item += 1) ask(whole + random.between(0, 30 * HOUR), item);
  }
  const within = happenings.filter(({ at }) => at >= setting.start && at < setting.end);
  return { name: 'eval-runner', kind: 'lookalike', members, happenings: within };
}
