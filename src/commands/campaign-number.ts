import { z } from 'zod';
import { parseCampaignId } from '../campaigns/campaign-id.ts';

/** A campaign as people write it, `C-12`, `c12` or `12`, to its number. */
export const CampaignNumber = z.string().transform((text, issues) => {
  const number = parseCampaignId(text);
  if (number !== undefined) return number;
  issues.addIssue({ code: 'custom', message: `${text} is no campaign: they are written C-12` });
  return z.NEVER;
});
