import type { Campaign, Status } from '../campaign.ts';
import type { Effect } from '../effect.ts';

export type MergeRefusal = { reason: 'same' } | { reason: 'ended'; id: string; status: Status };

export type MergeDecision =
  | { ok: true; from: Campaign; into: Campaign; effects: { from: Effect[]; into: Effect[] } }
  | ({ ok: false } & MergeRefusal);

/** A person says that two campaigns are one: `from` ends, `into` gets its accounts, and the earlier alert's time. */
export function mergeCampaigns(
  from: Campaign,
  into: Campaign,
  { actor, now, why }: { actor: string; now: number; why: string },
): MergeDecision {
  if (from.id === into.id) return { ok: false, reason: 'same' };
  for (const { id, status } of [from, into]) {
    if (status === 'merged') return { ok: false, reason: 'ended', id, status };
  }
  // What is added to a dismissed one would fall silent with it.
  if (into.status === 'dismissed') return { ok: false, reason: 'ended', id: into.id, status: into.status };
  const alertedAt = earliest(from.alertedAt, into.alertedAt);
  const said = (other: string, direction: 'into' | 'from') =>
    ({ type: 'reply', reply: { type: 'merged', at: now, by: actor, other, direction, why } }) as const;
  return {
    ok: true,
    from: { ...from, status: 'merged', mergedInto: into.id, snooze: null, call: null },
    into: {
      ...into,
      alertedAt,
      joined: true,
      families: [...new Set([...into.families, ...from.families])],
      detections: [...new Set([...into.detections, ...from.detections])],
    },
    effects: {
      from: [
        { type: 'audit', action: 'campaign.merge', reason: why, detail: { into: into.id } },
        said(into.id, 'into'),
      ],
      into: [
        { type: 'audit', action: 'campaign.absorb', reason: why, detail: { from: from.id } },
        said(from.id, 'from'),
      ],
    },
  };
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
