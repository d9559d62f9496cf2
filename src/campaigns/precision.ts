import { z } from 'zod';

/** How often a detection was right, as people judged the campaigns that it contributed to. */
export const Precision = z.object({
  detection: z.string(),
  /** Campaigns that people confirmed, of `judged` that they confirmed or dismissed. */
  confirmed: z.number(),
  judged: z.number(),
});
export type Precision = z.output<typeof Precision>;
