import { SEVERITIES } from '../../campaigns/campaign.ts';
import type { Rota } from '../../campaigns/rota.ts';
import { groupText, personText } from '../escape-text.ts';
import { formatDuration } from '../format.ts';
import { header, section } from './block.ts';
import { type Message, messageOf, noticeOf } from './message.ts';

/** A user group with who is in it; null where Slack cannot say. */
export interface Shift {
  group: string;
  members: readonly string[] | null;
}

const MOST = 15;

/** Who holds the shift and who comes after; answers are private, so names call nobody. */
export function shiftMessage(shifts: readonly Shift[], { answerWithinMs, holdsMs }: Rota): Message {
  if (shifts.length === 0) {
    return noticeOf(
      'No shift is configured, so nobody is called when a campaign waits. `RETORT_ONCALL_GROUPS` names the user groups.',
    );
  }
  const limit = (ms: number | null) => (ms === null ? 'never' : `after ${formatDuration(ms)}`);
  const lines = SEVERITIES.map(
    (severity) =>
      `• ${severity}: called ${limit(answerWithinMs[severity])} without an answer, reminded ${limit(holdsMs[severity])} of an acknowledgement`,
  );
  return messageOf([
    header('On call'),
    section(shifts.map((shift, index) => shiftLine(shift, index))),
    section(lines, 1_000),
  ]);
}

function shiftLine({ group, members }: Shift, index: number): string {
  const place = index === 0 ? '*Holds the shift*' : index === 1 ? '*Called next*' : `*Called after that*`;
  const name = groupText(group);
  if (members === null) return `${place} ${name}: Slack cannot say who that is at the moment`;
  if (members.length === 0) return `:warning: ${place} ${name}: nobody is in it`;
  const named = members.slice(0, MOST).map(personText).join(', ');
  return `${place} ${name}: ${named}${members.length > MOST ? ` and ${members.length - MOST} more` : ''}`;
}
