import type { Change } from '../../campaigns/change.ts';
import { codeText, escapeText, personText } from '../escape-text.ts';
import { formatTime } from '../format.ts';
import { type Message, noticeOf } from './message.ts';

type Names = (actor: string) => string;

/** A change that concerns every campaign, in a channel: an owner who did not make it themselves is called. */
export function changeMessage(change: Change, nameOf: Names): Message {
  const { actor } = change;
  return noticeOf(changeText(change, nameOf, (owner) => (owner === actor ? nameIn(nameOf, owner) : personText(owner))));
}

/** The same as a line; by name: a mention would call people to what they know. */
export function changeText(change: Change, nameOf: Names, ownerText: Names = (owner) => nameIn(nameOf, owner)): string {
  const by = `by *${nameIn(nameOf, change.actor)}* ${formatTime(change.at)}: ${escapeText(change.reason, 300)}`;
  switch (change.action) {
    case 'exception.add': {
      const { kind, subject, owner, until } = change.detail;
      const ends = formatTime(Date.parse(until));
      return `*${change.subject}* ${kind} ${codeText(subject, 100)} is left out of campaigns until ${ends} · ${by} · ${ownerText(owner)} answers for it`;
    }
    case 'exception.end': {
      const { kind, subject } = change.detail;
      return `*${change.subject}* ${kind} ${codeText(subject, 100)} is looked at again · ${by}`;
    }
    case 'enforcement.freeze':
      return `:no_entry: *All enforcement is frozen* ${by} · until an approver lifts it: \`/campaign unfreeze\``;
    case 'enforcement.unfreeze': {
      const { frozenBy, frozenAt } = change.detail;
      return `*Enforcement goes on*: the freeze by ${nameIn(nameOf, frozenBy)} of ${formatTime(Date.parse(frozenAt))} was lifted ${by}`;
    }
    default:
      return `Detection ${codeText(change.subject, 60)} ${BECAME[change.action]}, after being ${WAS[change.detail.from]} · ${by}`;
  }
}

const BECAME = {
  'detection.enable': 'counts',
  'detection.shadow': 'runs in shadow and counts for nothing',
  'detection.disable': 'is switched off',
};

const WAS = { enabled: 'enabled', shadow: 'in shadow', disabled: 'switched off' };

function nameIn(nameOf: Names, actor: string): string {
  return escapeText(nameOf(actor), 80);
}
