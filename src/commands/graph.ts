import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { graphMessage } from '../slack/blocks/graph.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineVerb } from './define-verb.ts';

export const graph = defineVerb({
  name: 'graph',
  usage: 'graph <campaign>',
  summary: 'Put a picture of a campaign’s accounts and what ties them into its thread',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber }),
  run: async ({ campaign }, { graphs }) => ({
    message: graphMessage(formatCampaignId(campaign), await graphs.post(campaign)),
  }),
  atWork: ({ campaign }) => ({ text: `The picture of ${formatCampaignId(campaign)} is being drawn.` }),
});
