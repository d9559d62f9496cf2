import { LEAST_MS } from './campaigns/retention.ts';
import { Duration, UNITS } from './config-values.ts';

/** The variables of `Environment` that say when traffic is complete, and when it goes. */
export const DATA_ENVIRONMENT = {
  RETORT_ALLOWED_LATENESS: Duration.default(UNITS.m * 10).describe(
    'how late an exchange may arrive and still be in its detection window; a number with s, m, h or d',
  ),
  RETORT_RETENTION: Duration.refine(
    (ms) => ms >= LEAST_MS.raw,
    `must be at least ${LEAST_MS.raw / UNITS.d}d: campaigns’ charts are drawn from exchanges as old as that`,
  )
    .default(14 * UNITS.d)
    .describe(
      'how long each exchange is kept as a row, in whole UTC days; a legal hold keeps it longer; counts stay: [retention](docs/decisions/0017-retention.md)',
    ),
  RETORT_TRAIT_RETENTION: Duration.refine(
    (ms) => ms >= LEAST_MS.traits,
    `must be at least ${LEAST_MS.traits / UNITS.d}d: detections look at a week of traits, and at days that came late`,
  )
    .default(30 * UNITS.d)
    .describe(
      'how long it is kept which account showed which shared trait on which day; for so long a campaign that comes back is known by its templates',
    ),
};
