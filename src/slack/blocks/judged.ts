import type { Precision } from '../../campaigns/precision.ts';
import { codeText } from '../escape-text.ts';
import { formatNumber } from '../format.ts';
import { type Message, noticeOf } from './message.ts';

/** What is said of the detections of one campaign: the least precise first, and so many. */
const MOST = 6;

/** What a judgement did: the campaign's state, and where its detections stand now. */
export function judgedMessage(
  id: string,
  verdict: 'confirmed' | 'dismissed',
  precision: readonly Precision[],
): Message {
  const told = verdict === 'dismissed' ? `${id} is dismissed and falls silent` : `${id} is confirmed`;
  const standing = precisionText(precision);
  return noticeOf(`${told}: its message and its thread say so.`, ...(standing === '' ? [] : [`Now ${standing}.`]));
}

/** `` `signup-cohort` is at 7 of 9, `no-night` at 3 of 3``; empty where nothing was judged. */
export function precisionText(precision: readonly Precision[]): string {
  const shown = precision
    .toSorted((a, b) => a.confirmed / a.judged - b.confirmed / b.judged || b.judged - a.judged)
    .slice(0, MOST)
    .map(
      ({ detection, confirmed, judged }, index) =>
        `${codeText(detection, 60)} ${index === 0 ? 'is ' : ''}at ${formatNumber(confirmed)} of ${formatNumber(judged)}`,
    );
  const more = precision.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${formatNumber(more)} more` : '');
}
