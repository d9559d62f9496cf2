import type { BeginWord, DetectorWord, Question } from './detector-words.ts';
import { createPool } from './db/pool.ts';
import { createOwnDetections } from './detections/own-detections.ts';
import { DETECTIONS } from './detections/registry.ts';
import { createDetector, type Detector } from './jobs/detector.ts';
import { liveWithParent } from './live-with-parent.ts';
import { createLog } from './log.ts';

// The detections in a process of their own: started, asked and ended by fork-detector.ts.

/** Two run at once, and what is read between them. */
const CONNECTIONS = 4;

/** What nobody hears any more needs no saying: its parent is gone, and so will this process be. */
const say = (word: DetectorWord) => void process.send?.(word, undefined, undefined, () => {});

function begin({ databaseUrl, detectionsDir, logLevel }: BeginWord): Detector {
  const log = createLog(logLevel);
  const pool = createPool(databaseUrl, { log, applicationName: 'retort detections', maxConnections: CONNECTIONS });
  const own = createOwnDetections(detectionsDir, log);
  return createDetector({ pool, detections: DETECTIONS, own, log, observe: (observed) => say({ observed }) });
}

async function answer(detector: Detector, { id, ...question }: Question): Promise<void> {
  try {
    say({
      id,
      result: await ('look' in question ? detector.look(question.look) : detector.backtest(question.backtest)),
    });
  } catch (fault) {
    say({ id, error: fault instanceof Error ? fault.message : String(fault) });
  }
}

// Whatever is under way when it ends is rolled back by the database, and the slot's lease brings it back.
liveWithParent();

process.once('message', (word: BeginWord) => {
  const detector = begin(word);
  process.on('message', (question: Question) => void answer(detector, question));
});
