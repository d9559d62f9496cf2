import type pg from 'pg';
import type { Hit } from '../campaigns/hit.ts';
import type { Detection, Window } from '../detections/detection.ts';
import { runDetections } from '../detections/run-detection.ts';
import type { Log } from '../log.ts';

/** What all detections found in one window, and which of them could not look. */
export interface Gathered {
  hits: Hit[];
  failed: { detection: string; error: string; timedOut: boolean }[];
}

/** How one run of a detection went. */
interface DetectionRun {
  detection: string;
  ms: number;
  outcome: 'done' | 'failed' | 'timed_out';
}
export type DetectionObserver = (run: DetectionRun) => void;

/** Detections that run at once: each holds a connection, and a processor of the database. */
const AT_ONCE = 2;
/** PostgreSQL's query_canceled: here always the statement timeout. */
const CANCELLED = '57014';

/** Runs every detection over the window; one that fails or runs out of time never stops the others. */
export async function gatherHits(
  pool: pg.Pool,
  detections: readonly Detection[],
  window: Window,
  { timeoutMs, log, observe }: { timeoutMs: number; log: Log; observe?: DetectionObserver | undefined },
): Promise<Gathered> {
  const found = new Map<Detection, Hit[]>();
  const failed: Gathered['failed'] = [];
  const waiting = [...detections];
  /** As many in one go as find nothing wrong. */
  const lookFrom = async (first: Detection) => {
    let running = first;
    let started = performance.now();
    const note = (outcome: DetectionRun['outcome']) =>
      observe?.({ detection: running.id, ms: performance.now() - started, outcome });
    try {
      await runDetections(pool, { timeoutMs }, async (ask) => {
        for (let next: Detection | undefined = first; next !== undefined; next = waiting.shift()) {
          running = next;
          started = performance.now();
          const hits = await ask(next, window);
          found.set(
            next,
            hits.toSorted((a, b) => (a.trait < b.trait ? -1 : 1)),
          );
          note('done');
        }
      });
    } catch (fault) {
      log.error({ detection: running.id, window: window.end, err: fault }, 'a detection failed');
      const error = fault instanceof Error ? fault.message : String(fault);
      const timedOut = (fault as { code?: unknown }).code === CANCELLED;
      failed.push({ detection: running.id, error, timedOut });
      note(timedOut ? 'timed_out' : 'failed');
    }
  };
  const worker = async () => {
    for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) await lookFrom(first);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  // In the registry's order and by trait, whoever was done first: the same window always gives the same campaigns.
  return { hits: detections.flatMap((detection) => found.get(detection) ?? []), failed };
}
