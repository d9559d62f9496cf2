import type { Delivery } from '../../src/db/outbox.ts';
import type { DeliverOptions } from '../../src/jobs/deliver.ts';
import type { DeliveryPoint } from '../../src/jobs/send-delivery.ts';

/**
 * A worker that stops at the watched points of one row and goes on only when told to, or never: then it was killed
 * there. Other rows it sends in passing.
 */
export interface StepWorker {
  /** Where it stands; `idle` before its round and after it. */
  at(): DeliveryPoint | 'idle';
  /** Begins a round, or lets it go on to its next stop; resolves when it stands there. */
  step(): Promise<void>;
  /** It does nothing more, as after SIGKILL. */
  kill(): void;
  isAlive(): boolean;
}

export function createStepWorker(
  create: (onPoint: NonNullable<DeliverOptions['onPoint']>) => () => Promise<unknown>,
  isWatched: (row: Delivery, point: DeliveryPoint) => boolean,
): StepWorker {
  let at: DeliveryPoint | 'idle' = 'idle';
  let isAlive = true;
  let goOn = () => {};
  let stopped = () => {};
  const work = create(
    (point, row) =>
      new Promise((resolve) => {
        if (!isWatched(row, point)) return resolve();
        at = point;
        goOn = resolve;
        stopped();
      }),
  );
  return {
    at: () => at,
    isAlive: () => isAlive,
    kill() {
      isAlive = false;
    },
    step: () =>
      new Promise((resolve, reject) => {
        stopped = resolve;
        if (at !== 'idle') return goOn();
        const round = async () => {
          await work();
          at = 'idle';
          stopped();
        };
        round().catch(reject);
      }),
  };
}
