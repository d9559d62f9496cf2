import { replayedReasoning } from '../../src/detections/replayed-reasoning.ts';
import type { ExchangeLine } from '../../src/ingest/records.ts';
import { describeDetection } from './describe-detection.ts';
import { type Life, queue } from './world.ts';

const replays = (origin: (index: number) => string, more: Partial<ExchangeLine> = {}): Life => ({
  rhythm: queue(12),
  exchange: (index) => ({ conversation_id: `own ${index}`, reasoning_origin_conversation_id: origin(index), ...more }),
});

describeDetection(replayedReasoning, {
  fires: {
    'six accounts that replay from one stock': (world) =>
      world.pool(
        6,
        replays((index) => `stock ${index % 8}`),
      ),
    'as few accounts and conversations as the threshold': (world) =>
      world.pool(
        3,
        replays((index) => `stock ${index % 3}`),
      ),
    'a chain, in which neighbours share': (world) =>
      world.pool(6, (number) => replays((index) => `stock ${number * 3 + (index % 6)}`)),
    'two stocks, among honest replays': (world) => {
      world.pool(10, (number) => replays((index) => `of ${number}, ${index % 4}`));
      return [
        ...world.pool(
          4,
          replays((index) => `stock ${index % 5}`),
        ),
        ...world.pool(
          4,
          replays((index) => `other stock ${index % 5}`),
        ),
      ];
    },
  },
  staysQuiet: {
    'clients that go back to earlier conversations of their own': (world) =>
      world.pool(20, (number) => replays((index) => `of ${number}, ${index % 4}`)),
    'a published transcript that many replay': (world) =>
      world.pool(
        20,
        replays((index) => `public ${index % 2}`),
      ),
    'one organisation that moves conversations between its accounts': (world) =>
      world.pool(8, { ...replays((index) => `stock ${index % 8}`), account: { organization_id: 'org_1' } }),
    'a person with two accounts': (world) =>
      world.pool(
        2,
        replays((index) => `stock ${index % 8}`),
      ),
    'signatures in the conversation that made them': (world) =>
      world.pool(
        6,
        replays((index) => `own ${index}`),
      ),
  },
});
