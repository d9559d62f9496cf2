import type { GapFigures, GapReason } from '../../campaigns/detection-gap.ts';
import { codeText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';

const WORDS: Record<GapReason, string> = { failed: 'failed', timed_out: 'ran out of time', late: 'ran late' };

/** One line a detection and reason: which windows it missed, and what became of them. */
export function gapLines(gaps: readonly GapFigures[]): string[] {
  return gaps.map(({ detection, reason, windows, open, givenUp, from, to }) => {
    const missed = `${codeText(detection, 60)} ${WORDS[reason]} over ${formatCount(windows, 'window')}`;
    const span = from === to ? `to ${formatTime(to)}` : `from ${formatTime(from)} to ${formatTime(to)}`;
    return `${open > 0 || givenUp > 0 ? ':warning: ' : ''}${missed}, ${span}: ${outcome(windows, open, givenUp)}`;
  });
}

function outcome(windows: number, open: number, givenUp: number): string {
  const parts = [
    ...(windows - open - givenUp > 0 ? [`${formatNumber(windows - open - givenUp)} caught up`] : []),
    ...(open > 0 ? [`${formatNumber(open)} still to catch up`] : []),
    ...(givenUp > 0 ? [`${formatNumber(givenUp)} given up`] : []),
  ];
  return parts.join(', ');
}
