import { DAY, type Group, type Happening, HOUR, type Member, type StatusChange } from '../kinds.ts';
import { proxyCustomers } from '../people/proxy-pool.ts';
import type { Model } from '../people/work.ts';
import type { Random } from '../random.ts';
import type { RealPrompts } from '../real-prompts.ts';
import { newestModel, oldModels, type Setting } from '../setting.ts';
import { campaignWorks } from './content.ts';
import { deal } from './dealing.ts';
import { createPool } from './pool.ts';
import type { CampaignSpec } from './spec.ts';

/** A distillation campaign of a kind, its details the seed's. */
export function createCampaign(setting: Setting, random: Random, spec: CampaignSpec, real?: RealPrompts): Group {
  const length = setting.end - setting.start;
  const start = startOf(setting, random, spec);
  const end = Math.min(
    setting.end,
    spec.lasts === undefined ? setting.end : start + random.between(...spec.lasts) * DAY,
  );
  const count = Math.max(3, Math.round(random.int(...spec.accounts) * (spec.perDay[0] > 200 ? 1 : setting.size)));
  const perDay = random.between(...spec.perDay);
  const works = campaignWorks(random.fork('content'), spec, campaignModel(setting, random, spec), real).map(
    // Who replays signatures must carry conversations.
    ([work, weight]) => [spec.replays === undefined ? work : { ...work, inConversation: 0.96 }, weight] as const,
  );
  const banned = spec.ban === true ? start + random.between(0.35, 0.6) * (end - start) : end;

  const first = createPool(setting, random.fork('pool'), spec, count, start);
  const jobs = deal(random.fork('deal'), spec, first, start, banned, perDay);
  const changes: StatusChange[] = [];
  const members: Member[] = [...first];
  if (spec.ban === true) {
    const gone = new Map(first.map((member) => [member, banned - random.between(0, 2) * HOUR]));
    for (const [member, at] of gone) changes.push({ at, member, status: 'banned' });
    const left = jobs.filter(({ at, member }) => at < (gone.get(member) as number));
    jobs.splice(0, jobs.length, ...left);
    const again = banned + random.between(1, 8) * HOUR;
    const second = createPool(setting, random.fork('pool 2'), spec, Math.ceil(count * random.between(0.6, 1)), again);
    members.push(...second);
    jobs.push(...deal(random.fork('deal 2'), spec, second, again, end, perDay));
  }

  const replays = random.between(...(spec.replays ?? [0, 0]));
  const recent: Happening[] = [];
  const happenings = jobs.map(({ at, member }, job): Happening => {
    const conversation = `conv_${random.code(12)}`;
    const source = random.chance(replays) && recent.length > 20 ? random.pick(recent) : undefined;
    const origin = source === undefined || source.member === member ? {} : { origin: source.conversation };
    const happening = {
      at,
      member,
      work: random.weighted(works),
      conversation,
      turn: 0,
      item: job,
      campaign: spec.name,
      ...origin,
    };
    recent[job % 400] = happening;
    return happening;
  });
  const others =
    spec.mixing === undefined
      ? []
      : proxyCustomers(setting, random.fork('customers'), members, perDay * random.between(...spec.mixing) * 0.8);
  if (length <= 0) throw new Error('A world needs at least one day.');
  return { name: spec.name, kind: 'extraction', members, happenings: [...happenings, ...others], changes };
}

/** Where the campaign moves to the new model, it must have been there for some days before. */
function startOf(setting: Setting, random: Random, spec: CampaignSpec): number {
  const drawn = setting.start + random.between(...spec.starts) * (setting.end - setting.start);
  const latest = spec.pivot === true ? newestModel(setting).releasedAt - 1.5 * DAY : setting.end;
  return Math.floor(Math.min(drawn, latest) / HOUR) * HOUR + random.next() * HOUR;
}

function campaignModel(setting: Setting, random: Random, spec: CampaignSpec): Model {
  const main = random.pick(oldModels(setting).filter((name) => !name.endsWith('mini')));
  const newest = newestModel(setting);
  const moves = newest.releasedAt + random.between(2, 20) * HOUR;
  const share = random.between(0.42, 0.9);
  return (each, at) => (spec.pivot === true && at > moves && each.chance(share) ? newest.name : main);
}
