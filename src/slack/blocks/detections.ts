import type { DetectionWords, LoadProblem } from '../../campaigns/detection-desk.ts';
import type { DetectionChange, DetectionState } from '../../campaigns/detection-state.ts';
import type { Precision } from '../../campaigns/precision.ts';
import { codeText, escapeText, personText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';
import { context, header, section } from './block.ts';
import { type Message, messageOf, noticeOf } from './message.ts';

/** What is told of one detection in the list. */
export interface DetectionLine extends DetectionWords {
  change: DetectionChange | undefined;
  precision: Precision | undefined;
  /** Traits and accounts that it found in the last day. */
  found: { hits: number; accounts: number } | undefined;
}

const STATE: Record<DetectionState, string> = {
  enabled: 'enabled',
  shadow: '*in shadow*: recorded, and counted for nothing',
  disabled: '*disabled*',
};

/** Every detection with its state, how often it was right, and what it finds. */
export function detectionList(lines: readonly DetectionLine[], problems: readonly LoadProblem[]): Message {
  // Three sections hold what a message can: the rest is counted.
  const third = Math.ceil(lines.length / 3);
  const parts =
    lines.length <= 10 ? [lines] : [lines.slice(0, third), lines.slice(third, 2 * third), lines.slice(2 * third)];
  return messageOf([
    header(formatCount(lines.length, 'detection')),
    ...parts.filter((part) => part.length > 0).map((part) => section(part.map(lineOf), 2_400)),
    ...(problems.length === 0 ? [] : [section(problemLines(problems), 1_000)]),
    context([
      'Precision: campaigns that were confirmed, of those that were confirmed or dismissed. Found: in the last day.',
    ]),
  ]);
}

/** What cannot be loaded of the operator's own, by file and field. */
export function problemLines(problems: readonly LoadProblem[]): string[] {
  return problems.map(
    ({ file, field, what, kept }) =>
      `:warning: ${codeText(file, 60)} is not loaded: ${field === undefined ? '' : `${codeText(field, 40)} `}${escapeText(what, 200)}${kept ? '; the version before goes on' : ''}`,
  );
}

function lineOf({ id, family, own, initial, change, precision, found }: DetectionLine): string {
  const state = STATE[change?.state ?? initial];
  const by =
    change === undefined
      ? ''
      : ` since ${formatTime(change.at)} by ${personText(change.by)} (${escapeText(change.reason, 80)})`;
  const right =
    precision === undefined
      ? 'not judged yet'
      : `${formatNumber(precision.confirmed)} of ${formatNumber(precision.judged)} confirmed`;
  const finds =
    found === undefined
      ? 'found nothing'
      : `found ${formatNumber(found.hits)} (${formatCount(found.accounts, 'account')})`;
  return `${codeText(id, 60)} ${family}${own ? ', your own' : ''} · ${state}${by} · ${right} · ${finds}`;
}

export function detectionSwitched(id: string, state: DetectionState): Message {
  const then = {
    enabled: 'counts from the next run on',
    shadow: 'runs and records what it finds, and counts for nothing from the next run on',
    disabled: 'does not run any more: what only it can see goes unseen',
  }[state];
  return noticeOf(`${codeText(id, 60)} ${then}.`);
}

export function alreadySwitched(id: string, state: DetectionState, since: DetectionChange | undefined): Message {
  const by =
    since === undefined ? '' : ` since ${formatTime(since.at)} by ${personText(since.by)}: ${escapeText(since.reason)}`;
  return noticeOf(`${codeText(id, 60)} is ${state === 'shadow' ? 'in shadow' : state} already${by}.`);
}

export function noSuchDetection(id: string, meant: string | undefined): Message {
  const guess =
    meant === undefined ? '`/campaign detections` lists what there is.' : `Did you mean ${codeText(meant, 60)}?`;
  return noticeOf(`There is no detection ${codeText(id, 60)}. ${guess}`);
}
