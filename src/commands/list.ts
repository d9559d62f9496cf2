import { z } from 'zod';
import { Kind, KINDS, Severity, SEVERITIES, Status, STATUSES } from '../campaigns/campaign.ts';
import { listCampaigns } from '../db/campaign.ts';
import { campaignList } from '../slack/blocks/campaign-list.ts';
import type { Answer } from '../slack/interactions.ts';
import { defineControl, defineVerb } from './define-verb.ts';
import { nearest } from '../slack/nearest.ts';
import type { CommandContext } from './verb.ts';

const PAGE = 10;
const WORDS = [...STATUSES, ...KINDS, ...SEVERITIES];

const Filter = z
  .string()
  .toLowerCase()
  .pipe(
    z.enum(WORDS, {
      error: ({ input }) => {
        const meant = nearest(String(input), WORDS);
        return `${String(input)} is no filter${meant === undefined ? '' : `; did you mean ${meant}?`}`;
      },
    }),
  );

/** What a paging button carries: the filter, and where its page begins. */
const Page = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(z.object({ f: z.array(z.enum(WORDS)), o: z.number().int().min(0) }));

export const list = defineVerb({
  name: 'list',
  usage: 'list [status] [severity] [kind]',
  summary: `Campaigns, worst first; e.g. \`list suspected critical\``,
  role: 'reader',
  args: z.object({ filter: z.array(Filter) }),
  rest: 'words',
  run: ({ filter }, context) => page(filter, 0, context),
  controls: {
    page: defineControl({
      role: 'reader',
      value: Page,
      run: async ({ f, o }, context) => ({ ...(await page(f, o, context)), replaces: true }),
    }),
  },
});

async function page(words: readonly string[], offset: number, { pool }: Pick<CommandContext, 'pool'>): Promise<Answer> {
  const statuses = pick(Status, words);
  const filter = {
    // What was merged into another is only shown when asked for.
    statuses: statuses.length > 0 ? statuses : STATUSES.filter((status) => status !== 'merged'),
    kinds: pick(Kind, words),
    severities: pick(Severity, words),
  };
  const { campaigns, total } = await listCampaigns(pool, { ...filter, limit: PAGE, offset });
  // The last page may have emptied since its button was made.
  if (campaigns.length === 0 && offset > 0) return page(words, Math.max(0, offset - PAGE), { pool });
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

function pick<Value extends z.ZodType>(schema: Value, words: readonly string[]): z.output<Value>[] {
  return words.flatMap((word) => {
    const read = schema.safeParse(word);
    return read.success ? [read.data] : [];
  });
}
