import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { dossierMessage } from '../slack/blocks/dossier.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineVerb } from './define-verb.ts';

export const evidence = defineVerb({
  name: 'evidence',
  usage: 'evidence <campaign>',
  summary: 'Put the evidence package of a campaign into its thread, pseudonymised',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber }),
  run: async ({ campaign }, { actor, now, dossiers }) => ({
    message: dossierMessage(formatCampaignId(campaign), await dossiers.post(campaign, { actor, now })),
  }),
  atWork: ({ campaign }) => ({ text: `The evidence package of ${formatCampaignId(campaign)} is being made.` }),
});
