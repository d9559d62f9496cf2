import { z } from 'zod';
import type { DetectionState } from '../campaigns/detection-state.ts';
import { changeDetectionState, readDetectionStates } from '../db/detection-state.ts';
import { readHitFigures } from '../db/hit-figure.ts';
import { readPrecision } from '../db/precision.ts';
import { backtestBusy, backtestMessage, backtestRefused } from '../slack/blocks/backtest.ts';
import { alreadySwitched, detectionList, detectionSwitched, noSuchDetection } from '../slack/blocks/detections.ts';
import type { Answer } from '../slack/interactions.ts';
import { nearest } from '../slack/nearest.ts';
import { DAY_MS } from '../time-units.ts';
import { type Action, defineAction, defineVerbGroup } from './define-verb-group.ts';
import { Reason } from './reason.ts';
import type { CommandContext } from './verb.ts';

const DAYS = { usual: 7, most: 90 };

const Id = z.string().toLowerCase().max(80, 'that id is too long');
const Days = z.coerce
  .number('the days must be a number')
  .int('the days must be a whole number')
  .min(1, 'one day is the least')
  .max(DAYS.most, `${DAYS.most} days are the most`)
  .default(DAYS.usual);

export const detections = defineVerbGroup({
  name: 'detections',
  usage: 'detections [list, enable, disable, shadow, run or test]',
  summary: 'What is looked for, how often that was right, and what it would find',
  actions: [
    defineAction({
      usage: 'detections list',
      summary: 'Every detection with its state, its measured precision and what it finds',
      role: 'reader',
      args: z.object({}),
      run: list,
    }),
    switching('enable', 'enabled', 'Let a detection count'),
    switching('disable', 'disabled', 'Do not run a detection any more'),
    switching('shadow', 'shadow', 'Let a detection run and record, and count for nothing'),
    defineAction({
      usage: 'detections run <id>',
      summary: 'What a detection finds now; writes nothing',
      role: 'responder',
      args: z.object({ id: Id }),
      run: ({ id }, context) => test(id, context),
      atWork: running,
    }),
    defineAction({
      usage: 'detections test <id> [days]',
      summary: `What a detection would have found in the last days (${DAYS.usual}), and whom it would have hit`,
      role: 'responder',
      args: z.object({ id: Id, days: Days }),
      run: ({ id, days }, context) => test(id, context, days),
      atWork: running,
    }),
  ],
});

/** What was typed is told again only once it is known to be a detection. */
function running() {
  return { text: 'The detection is being run.' };
}

async function list(_: object, { detections: desk, pool, now }: CommandContext): Promise<Answer> {
  const { detections: known, problems } = await desk.list();
  const changes = await readDetectionStates(pool);
  const precision = await readPrecision(pool);
  const found = await readHitFigures(pool, now - DAY_MS);
  const lines = known.map((words) => ({
    ...words,
    change: changes.get(words.id),
    precision: precision.find(({ detection }) => detection === words.id),
    found: found.find(({ detection }) => detection === words.id),
  }));
  return { message: detectionList(lines, problems) };
}

function switching(name: string, state: DetectionState, summary: string): Action {
  return defineAction({
    usage: `detections ${name} <id> <reason>`,
    summary,
    role: 'admin',
    args: z.object({ id: Id, reason: Reason }),
    rest: 'text',
    async run({ id, reason }, { detections: desk, pool, actor, now }) {
      const { detections: known } = await desk.list();
      const found = known.find((each) => each.id === id);
      if (found === undefined) return unknown(id, known);
      const outcome = await changeDetectionState(pool, id, { state, by: actor, at: now, reason }, found.initial);
      return { message: outcome.ok ? detectionSwitched(id, state) : alreadySwitched(id, state, outcome.since) };
    },
  });
}

async function test(id: string, { detections: desk, now }: CommandContext, days?: number): Promise<Answer> {
  const outcome = await desk.test(id, { now, ...(days === undefined ? {} : { days }) });
  if (outcome.ok) return { message: backtestMessage(outcome.backtest) };
  if (outcome.reason === 'refused') return { message: backtestRefused(outcome.says) };
  return outcome.reason === 'busy' ? { message: backtestBusy() } : unknown(id, (await desk.list()).detections);
}

function unknown(id: string, known: readonly { id: string }[]): Answer {
  return {
    message: noSuchDetection(
      id,
      nearest(
        id,
        known.map((each) => each.id),
      ),
    ),
  };
}
