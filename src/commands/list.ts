import { z } from 'zod';
import { listCampaigns } from '../db/campaign.ts';
import { campaignList } from '../slack/blocks/campaign-list.ts';
import type { Answer } from '../slack/interactions.ts';
import { defineControl, defineVerb } from './define-verb.ts';
import { FilterWord, filterOf, ListWord } from './list-filter.ts';
import type { CommandContext } from './verb.ts';

const PAGE = 10;

/** What a paging button carries: the filter, and where its page begins. */
const Page = z
  .string()
  .transform((text, issues): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      issues.addIssue({ code: 'custom', message: 'that is no page' });
      return z.NEVER;
    }
  })
  .pipe(z.object({ f: z.array(FilterWord), o: z.number().int().min(0).max(1_000_000) }));

export const list = defineVerb({
  name: 'list',
  usage: 'list [filters] [page]',
  summary: 'Campaigns, worst first; e.g. `list open critical`, `list mine`, `list snoozed payment 2`',
  role: 'reader',
  args: z.object({ filter: z.array(ListWord) }),
  rest: 'words',
  run({ filter }, context) {
    const words = filter.filter((word) => typeof word === 'string');
    const number = filter.find((word) => typeof word === 'number') ?? 1;
    return page(words, (number - 1) * PAGE, context);
  },
  controls: {
    page: defineControl({
      role: 'reader',
      value: Page,
      run: async ({ f, o }, context) => ({ ...(await page(f, o, context)), replaces: true }),
    }),
  },
});

async function page(
  words: readonly z.output<typeof FilterWord>[],
  offset: number,
  context: CommandContext,
): Promise<Answer & { message: unknown }> {
  const { campaigns, total } = await listCampaigns(context.pool, { ...filterOf(words, context), limit: PAGE, offset });
  // Past the end: the last page may have emptied since its button was made.
  if (campaigns.length === 0 && offset > 0) {
    return page(words, Math.max(0, Math.ceil(total / PAGE) - 1) * PAGE, context);
  }
  const at = (o: number) => JSON.stringify({ f: words, o });
  return {
    message: campaignList({
      campaigns,
      total,
      offset,
      filter: words.join(', '),
      previous: offset > 0 ? at(Math.max(0, offset - PAGE)) : null,
      next: offset + campaigns.length < total ? at(offset + PAGE) : null,
    }),
  };
}
