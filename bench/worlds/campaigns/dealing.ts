import { DAY, HOUR, type Member } from '../kinds.ts';
import { officeLevel, zone } from '../people/rhythm.ts';
import type { Random } from '../random.ts';
import type { CampaignSpec } from './spec.ts';

export interface Dealt {
  at: number;
  member: Member;
}

/** How a campaign's queue hands its jobs out: when, and to which account. */
export function deal(
  random: Random,
  spec: CampaignSpec,
  members: readonly Member[],
  start: number,
  end: number,
  perDay: number,
): Dealt[] {
  const ramp = spec.rhythm === 'ramp' ? random.between(4, 7) * DAY : 0;
  const joins = members
    .map((member) => ({
      member,
      at: start + (ramp > 0 ? random.next() * ramp * 0.8 : Math.min(DAY / 3, random.exponential(HOUR / 2))),
    }))
    .toSorted((a, b) => a.at - b.at);
  if (joins[0] !== undefined) joins[0].at = start;
  const uneven = random.pick([0, 0.1, 0.2, 0.3]);
  const weights = new Map(members.map((member) => [member, Math.max(0.3, 1 + uneven * random.normal())]));
  const most = Math.max(...weights.values());
  const way = random.weighted([
    ['even', 6],
    ['quota', 2],
    ['shifts', spec.rhythm === undefined ? 1.5 : 0],
  ] as const);
  const order = random.shuffle(members);
  const shift = random.int(0, 7);
  const dealt: Dealt[] = [];
  let joined = 0;
  let turn = 0;
  for (const at of jobTimes(random, spec, members.length * perDay, start, end, ramp)) {
    while (joined < joins.length && (joins[joined] as { at: number }).at <= at) joined += 1;
    const here = joins.slice(0, joined).map(({ member }) => member);
    if (here.length === 0) continue;
    if (way === 'quota' && joined === joins.length) {
      dealt.push({ at, member: order[turn % order.length] as Member });
      turn += 1;
      continue;
    }
    const onDuty = Math.floor((at / HOUR + shift) / 8) % 3;
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const member = random.pick(here);
      const off = way === 'shifts' && order.indexOf(member) % 3 !== onDuty;
      if (off || !random.chance((weights.get(member) as number) / most)) continue;
      dealt.push({ at, member });
      break;
    }
  }
  return dealt;
}

/** The queue's own times: `perDay` jobs a day on average. */
function jobTimes(
  random: Random,
  spec: CampaignSpec,
  perDay: number,
  start: number,
  end: number,
  ramp: number,
): number[] {
  const office = zone(random);
  const waves = spec.rhythm === 'waves' ? random.between(15, 60) * 60_000 : 0;
  const times: number[] = [];
  if (waves > 0) {
    for (let wave = start; wave < end; wave += waves * random.between(0.8, 1.2)) {
      const count = random.poisson((perDay * waves) / DAY);
      const lasts = random.between(40_000, 240_000);
      for (let job = 0; job < count; job += 1) times.push(wave + random.next() * lasts);
    }
    return times.filter((at) => at < end).toSorted((a, b) => a - b);
  }
  const peak = spec.rhythm === 'office' ? 3.4 : 1.1;
  for (let at = start; at < end; at += random.exponential(DAY / (perDay * peak))) {
    const level = spec.rhythm === 'office' ? officeLevel(at, office) : 1 / 1.1;
    const grown = ramp > 0 ? Math.min(1, 0.04 + (at - start) / ramp) : 1;
    if (random.chance(level * grown)) times.push(at);
  }
  return times;
}
