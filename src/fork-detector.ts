import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { othersEnvironment } from './config.ts';
import type { BeginWord, DetectorWord, Question } from './detector-words.ts';
import type { Detector } from './jobs/detector.ts';
import type { DetectionObserver } from './jobs/gather-hits.ts';
import type { Log } from './log.ts';

/** Beside this file, compiled or not. */
const PROGRAM = path.join(import.meta.dirname, `detector-process${path.extname(import.meta.filename)}`);
/** Of a process that was asked to end, before it is made to. */
const PATIENCE_MS = 2_000;
const ENDING = 'the program ends';

export interface ForkOptions extends BeginWord {
  log: Log;
  observe: DetectionObserver;
  /** Default: the one beside this file. */
  program?: string;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(fault: Error): void;
}

type Ask = { look: { now: number } } | { backtest: Parameters<Detector['backtest']>[0] };

/**
 * The detections in a process of their own, so that a large look neither holds up an answer in Slack nor takes the bot's
 * memory. It is started by the first question, and again after it died: whoever waited is told, and its slot is tried again.
 */
export function forkDetector({ log, observe, program = PROGRAM, ...begin }: ForkOptions): Detector {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | undefined;
  let last = 0;
  let isEnding = false;

  function launch(): ChildProcess {
    const launched = fork(program, { env: othersEnvironment() });
    launched.on('message', hear);
    launched.on('error', (fault) => lose(launched, `could not be started: ${fault.message}`));
    launched.on('exit', (code, signal) => lose(launched, `ended (${signal ?? `status ${code ?? 'unknown'}`})`));
    launched.send(begin satisfies BeginWord);
    return launched;
  }

  function hear(word: DetectorWord): void {
    if ('observed' in word) return observe(word.observed);
    const asked = waiting.get(word.id);
    waiting.delete(word.id);
    if ('error' in word) asked?.reject(new Error(word.error));
    else asked?.resolve(word.result);
    return undefined;
  }

  function lose(lost: ChildProcess, how: string): void {
    if (child !== lost) return;
    child = undefined;
    if (!isEnding) log.error({ how }, 'the process of the detections was lost; the next look starts another');
    const why = isEnding ? ENDING : `the process of the detections ${how}`;
    for (const asked of waiting.values()) asked.reject(new Error(why));
    waiting.clear();
  }

  function ask(question: Ask): Promise<unknown> {
    if (isEnding) return Promise.reject(new Error(ENDING));
    child ??= launch();
    const to = child;
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      // One that cannot be told is lost, which its end tells.
      to.send({ id, ...question } satisfies Question, () => {});
    });
  }

  return {
    look: (look) => ask({ look }) as ReturnType<Detector['look']>,
    backtest: (backtest) => ask({ backtest }) as ReturnType<Detector['backtest']>,
    async stop() {
      isEnding = true;
      const ending = child;
      if (ending === undefined) return;
      const gone = once(ending, 'exit');
      if (ending.connected) ending.disconnect();
      const impatience = setTimeout(() => ending.kill('SIGKILL'), PATIENCE_MS);
      await gone;
      clearTimeout(impatience);
    },
  };
}
