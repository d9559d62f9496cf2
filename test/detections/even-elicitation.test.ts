import { evenElicitation } from '../../src/detections/even-elicitation.ts';
import type { ExchangeLine } from '../../src/ingest/records.ts';
import { cron, DAY, human, quota, type Rhythm, together } from '../../src/simulation/rhythm.ts';
import { describeDetection } from './describe-detection.ts';
import { type Life, START } from './world.ts';

type Asking = (index: number) => Partial<ExchangeLine>;
/** Five days before the world's start: whole days lie between the first and the last. */
const asks = (exchange: Asking, rhythm: Rhythm = quota(20), from = START - 5 * DAY): Life => ({
  from,
  exchange,
  rhythm,
});
const labelled =
  (label: string, period = 1): Asking =>
  (index) =>
    index % period === 0 ? { labels: [label] } : {};
const students = human({ perDay: 20, shape: 'evening', zone: 1, weekend: 0.8, session: 9, idle: 0.3 });
const WRAPPERS = ['Think step by step.', 'Show your reasoning in full.', 'Explain your reasoning, then answer.'];

describeDetection(evenElicitation, {
  fires: {
    'a wrapper of each account’s own': (world) =>
      world.pool(6, (number) => asks(() => ({ prompt: `${world.words(9)} ${WRAPPERS[number % 3]}` }))),
    'grades by a rubric': (world) =>
      world.pool(
        3,
        asks(() => ({ system_instructions: 'Score the response by this rubric.' })),
      ),
    'the gateway’s own labels, without any text': (world) =>
      world.pool(
        3,
        asks(() => ({ prompt: undefined, labels: ['cot_elicitation'] })),
      ),
    'a third of the exchanges, the others being somebody else’s work': (world) =>
      world.pool(3, asks(labelled('rubric_grading', 3), quota(30))),
    // It supports what other families say, and accuses nobody.
    'a report made every hour': (world) => [world.add(asks(labelled('cot_elicitation'), cron(60, 0, 1)))],
  },
  staysQuiet: {
    'a course, whose tutor explains each step': (world) =>
      world.pool(
        20,
        asks(() => ({ system_instructions: `Teach. ${WRAPPERS[0]}` }), students),
      ),
    'even work that elicits nothing': (world) => world.pool(6, asks(labelled('agentic_coding'))),
    'even work that elicits now and then': (world) => world.pool(6, asks(labelled('cot_elicitation', 6), quota(60))),
    'a public evaluation, run in bursts': (world) =>
      world.pool(
        6,
        asks(labelled('rubric_grading'), (day) =>
          Array.from({ length: day === START ? 120 : 8 }, (_, index) => day + index * 1000),
        ),
      ),
    'even days of which few exchanges elicit, on one of them all': (world) =>
      world.pool(3, {
        ...asks(() => ({}), together(quota(30))),
        exchange: (index) => (index >= 120 && index < 150 ? { labels: ['cot_elicitation'] } : {}),
      }),
    'a campaign on its third day': (world) => world.pool(6, asks(labelled('cot_elicitation'), quota(20), START)),
  },
});
