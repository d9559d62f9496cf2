import { LEAST_MS } from './campaigns/retention.ts';
import { Bytes, Duration, UNITS } from './config-values.ts';

/** As much as the log of the embedded server grows by between two checkpoints. */
const LEAST_DISK_BYTES = 2e9;

/** The variables of `Environment` that say when traffic is complete, when it goes, and how much room is left beside it. */
export const DATA_ENVIRONMENT = {
  RETORT_LEAST_DISK: Bytes.default(LEAST_DISK_BYTES).describe(
    'what is to stay free on the disk of the embedded server: below it ingest waits, alerts go on, and Slack is told; `0` for no such bound; with `DATABASE_URL` it says nothing',
  ),
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
