import type { DetectionWords, LoadProblem } from '../../campaigns/detection-desk.ts';
import type { DetectionChange, DetectionState } from '../../campaigns/detection-state.ts';
import type { Precision } from '../../campaigns/precision.ts';
import { codeText, escapeText, personText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';
import { context, header, section } from './block.ts';
import { type Message, messageOf, noticeOf } from './message.ts';
import { type Cell, codeCell, type Column, personCell, plainCell, tableOf, timeCell } from './table.ts';

/** What is told of one detection in the list. */
export interface DetectionLine extends DetectionWords {
  change: DetectionChange | undefined;
  precision: Precision | undefined;
  /** Traits and accounts that it found in the last day. */
  found: { hits: number; accounts: number } | undefined;
}

const STATE: Record<DetectionState, string> = {
  enabled: 'enabled',
  shadow: 'in shadow',
  disabled: 'disabled',
};

const nothing = plainCell('');
const ofChange = (cell: (change: DetectionChange) => Cell) => (line: DetectionLine) =>
  line.change === undefined ? nothing : cell(line.change);

const COLUMNS: readonly Column<DetectionLine>[] = [
  { title: 'Detection', cell: ({ id }) => codeCell(id, 60) },
  { title: 'Family', cell: ({ family, own }) => plainCell(`${family}${own ? ', your own' : ''}`) },
  { title: 'State', cell: ({ change, initial }) => plainCell(STATE[change?.state ?? initial]) },
  { title: 'Confirmed', align: 'right', cell: ({ precision }) => plainCell(confirmedText(precision)) },
  { title: 'Found', align: 'right', cell: ({ found }) => plainCell(formatNumber(found?.hits ?? 0)) },
  { title: 'Accounts', align: 'right', cell: ({ found }) => plainCell(formatNumber(found?.accounts ?? 0)) },
  { title: 'Switched', cell: ofChange(({ at }) => timeCell(at)) },
  { title: 'By', cell: ofChange(({ by }) => personCell(by)) },
  { title: 'Because', isWrapped: true, cell: ofChange(({ reason }) => plainCell(reason, 80)) },
];

function confirmedText(precision: Precision | undefined): string {
  if (precision === undefined) return 'not judged yet';
  return `${formatNumber(precision.confirmed)} of ${formatNumber(precision.judged)}`;
}

/** Every detection with its state, how often it was right, and what it finds. */
export function detectionList(lines: readonly DetectionLine[], problems: readonly LoadProblem[]): Message {
  return messageOf([
    header(formatCount(lines.length, 'detection')),
    ...tableOf(COLUMNS, lines),
    ...(problems.length === 0 ? [] : [section(problemLines(problems), 1_000)]),
    context([
      'Confirmed: campaigns, of those that were confirmed or dismissed. Found: traits in the last day, and the accounts that share them. In shadow: recorded, and counted for nothing.',
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
