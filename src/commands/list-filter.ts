import { z } from 'zod';
import { FAMILIES, KINDS, SEVERITIES, STATUSES } from '../campaigns/campaign.ts';
import type { CampaignFilter } from '../db/campaign.ts';
import { nearest } from '../slack/nearest.ts';

const OPEN = ['suspected', 'acknowledged', 'confirmed'] as const;
const SPECIAL = ['open', 'mine', 'unassigned', 'snoozed'] as const;
const WORDS = [...STATUSES, ...KINDS, ...SEVERITIES, ...FAMILIES, ...SPECIAL] as const;
export const FilterWord = z.enum(WORDS);
type FilterWord = z.output<typeof FilterWord>;

/** A word of the filter, or the number of a page. */
export const ListWord = z
  .string()
  .toLowerCase()
  .transform((word, issues): FilterWord | number => {
    if (/^[1-9]\d{0,4}$/.test(word)) return Number(word);
    const read = FilterWord.safeParse(word);
    if (read.success) return read.data;
    const meant = nearest(word, WORDS);
    const guess =
      meant === undefined ? `; there are ${WORDS.join(', ')}, or a page’s number` : `; did you mean ${meant}?`;
    issues.addIssue({ code: 'custom', message: `${word} is no filter${guess}` });
    return z.NEVER;
  });

/** What the words ask for; words of one sort widen, of several sorts narrow. */
export function filterOf(
  words: readonly FilterWord[],
  { actor, now }: { actor: string; now: number },
): Omit<CampaignFilter, 'limit' | 'offset'> {
  const pick = <T extends FilterWord>(known: readonly T[]) => known.filter((each) => words.includes(each));
  const named = [...pick(STATUSES), ...(words.includes('open') ? OPEN : [])];
  // What is one's own to do is open.
  const isQueue = words.includes('mine') || words.includes('unassigned');
  const usual = isQueue ? OPEN : STATUSES.filter((status) => status !== 'merged');
  return {
    // What was merged into another is only shown when asked for.
    statuses: named.length > 0 ? [...new Set(named)] : usual,
    kinds: pick(KINDS),
    severities: pick(SEVERITIES),
    families: pick(FAMILIES),
    ...(words.includes('mine') ? { holder: actor } : {}),
    ...(words.includes('unassigned') ? { unheld: true } : {}),
    ...(words.includes('snoozed') ? { snoozedAt: now } : {}),
  };
}
