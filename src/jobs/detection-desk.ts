import type pg from 'pg';
import type { DetectionDesk } from '../campaigns/detection-desk.ts';
import { readWatermark } from '../db/watermark.ts';
import type { Detection } from '../detections/detection.ts';
import type { OwnDetections } from '../detections/own-detections.ts';
import type { Detector } from './detector.ts';

export function createDetectionDesk({
  pool,
  detections,
  own,
  detector,
}: {
  pool: pg.Pool;
  detections: readonly Detection[];
  own: OwnDetections;
  detector: Detector;
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
      // The database's processors are for the traffic first.
      if (busy) return { ok: false, reason: 'busy' };
      busy = true;
      try {
        return await detector.backtest({ id, days, now });
      } finally {
        busy = false;
      }
    },
  };
}
