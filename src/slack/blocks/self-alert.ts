import type { AilmentName, SelfAlert } from '../../campaigns/ailment.ts';
import { codeText } from '../escape-text.ts';
import { formatCount, formatDuration, formatTime } from '../format.ts';
import { type Message, noticeOf } from './message.ts';

const MOST_NAMED = 8;

/** A word about Retort itself: what is wrong since when and what to do, or that it is over. */
export function selfAlertMessage(alert: SelfAlert): Message {
  const lasted = formatDuration(alert.at - alert.since);
  if (alert.over) return noticeOf(`:white_check_mark: *${OVER[alert.ailment]}* after ${lasted}.`);
  const { what, mend } = BEGUN[alert.ailment](alert);
  return noticeOf(`:warning: *${what}*, since ${formatTime(alert.since)} (${lasted}).`, mend);
}

const OVER: Record<AilmentName, string> = {
  stale_data: 'Retort sees traffic again',
  failing_detections: 'Detections run again, and have caught up',
  late_posts: 'Posts reach Slack again',
  late_escalations: 'Escalations get through again, or were given up',
  overdue_retention: 'Old days are dropped again',
  short_disk: 'The disk has room again, and ingest goes on',
};

const BEGUN: Record<AilmentName, (alert: SelfAlert) => { what: string; mend: string }> = {
  stale_data: () => ({
    what: 'Retort sees no new traffic',
    mend: 'Campaigns go unseen meanwhile. Check what loads the gateway’s logs: `retort ingest`, or whoever sends to the ingest endpoint.',
  }),
  failing_detections: ({ detections }) =>
    detections.length === 0
      ? { what: 'No detection has run', mend: 'Check the log for the job `detect`, and that a Retort runs at all.' }
      : {
          what: `${formatCount(detections.length, 'detection')} cannot look`,
          mend: `${named(detections)}: the log says why. What they miss is noted, and caught up once they run again.`,
        },
  late_posts: () => ({
    what: 'Posts wait for Slack',
    mend: 'The log says what Slack answers, and what to mend: the token, the channel, or the way there.',
  }),
  late_escalations: () => ({
    what: 'An escalation does not get through',
    mend: 'Whoever was to be called does not know: call them another way. `retort doctor` and the log say what to mend.',
  }),
  overdue_retention: () => ({
    what: 'Data is kept for longer than it should be',
    mend: 'The log of the job `retention` says why: somebody reads old days without end, roll-ups are behind, or the job fails.',
  }),
  short_disk: () => ({
    what: 'The disk of the database is nearly full',
    mend: 'Nothing is ingested until there is room, so that alerts and answers go on. Make room on the disk of `RETORT_DATA_DIR`, or keep less with `RETORT_RETENTION`; ingest then goes on by itself.',
  }),
};

function named(detections: readonly string[]): string {
  const names = detections.slice(0, MOST_NAMED).map((id) => codeText(id, 60));
  return names.join(', ') + (detections.length > MOST_NAMED ? ` and ${detections.length - MOST_NAMED} more` : '');
}
