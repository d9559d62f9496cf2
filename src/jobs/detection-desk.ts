import type pg from 'pg';
import type { DetectionDesk } from '../campaigns/detection-desk.ts';
import { readWatermark } from '../db/watermark.ts';
import type { Detection } from '../detections/detection.ts';
import type { OwnDetections } from '../detections/own-detections.ts';
import { DAY_MS, MINUTE_MS } from '../time-units.ts';
import { backtest } from './backtest.ts';

/** A person waits for it, and Slack takes an answer for half an hour. */
const BUDGET_MS = 5 * MINUTE_MS;

export function createDetectionDesk({
  pool,
  detections,
  own,
}: {
  pool: pg.Pool;
  detections: readonly Detection[];
  own: OwnDetections;
}): DetectionDesk {
  let busy = false;

  async function all() {
    const { detections: owned, problems } = await own.refresh();
    return { detections: [...detections, ...owned], owned, problems };
  }

  return {
    async list() {
      const known = await all();
      return {
        detections: known.detections.map((detection) => {
          const { id, family, title, state = 'enabled' } = detection;
          return { id, family, title, initial: state, own: known.owned.includes(detection) };
        }),
        problems: known.problems,
      };
    },

    async explain(ids, now) {
      const windowEnd = (await readWatermark(pool, 'events')) ?? now;
      const known = (await all()).detections.filter(({ id }) => ids.includes(id));
      return known.map((detection) => {
        const { id, title, looksFor, benignCauses, knownGaps, runbook } = detection;
        const { text, values } = detection.build({}, { end: windowEnd });
        const params = detection.params.parse({});
        return { id, title, looksFor, benignCauses, knownGaps, runbook, sql: text, values, params, windowEnd };
      });
    },

    async test(id, { days, now }) {
      const detection = (await all()).detections.find((each) => each.id === id);
      if (detection === undefined) return { ok: false, reason: 'unknown' };
      // The database's processors are for the traffic first.
      if (busy) return { ok: false, reason: 'busy' };
      busy = true;
      try {
        const end = (await readWatermark(pool, 'traits')) ?? now;
        const from = days === undefined ? end : end - days * DAY_MS;
        const outcome = await backtest({ pool, detection, from, now, budgetMs: BUDGET_MS });
        return outcome.ok ? outcome : { ok: false, reason: 'refused', says: outcome.says };
      } finally {
        busy = false;
      }
    },
  };
}
