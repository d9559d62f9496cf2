import { OPEN } from './fill-campaigns.ts';

export interface Question {
  /** What is typed after `/campaign`. */
  text: string;
  /** What an answer says that did what was asked. */
  says: RegExp;
  /** Asked in every so many rounds alone; 1 by default. */
  every?: number;
  /** Asked with what the last answer of this pattern named, in place of `{}`. */
  names?: RegExp;
  /** The last that is asked of all, and its end is not waited for: it takes minutes. */
  isLast?: true;
}

/**
 * What one person asks in a round, every verb with its actions, in an order in which each can be done: of the large
 * campaign C-1, of C-2 whose accounts were suspended, and once of another one.
 */
export function questionsOf(round: number): Question[] {
  const other = OPEN[round];
  const member = `acct_${1 + round}`;
  return [
    { text: 'help', says: /campaign/ },
    { text: 'help ban', says: /ban/ },
    { text: 'status', says: /audit/i },
    { text: 'health', says: /./ },
    { text: 'list', says: /C-1\b/ },
    { text: 'list open critical payment', says: /./ },
    { text: 'list 3', says: /C-/ },
    { text: 'show C-1', says: /C-1\b/ },
    { text: 'accounts C-1', says: /acct_/ },
    { text: 'accounts C-1 9', says: /acct_|page/ },
    { text: 'accounts C-1 csv', says: /on their way/ },
    { text: `account ${member}`, says: /acct_/ },
    { text: 'why C-1', says: /C-1\b/ },
    { text: `why C-1 ${member}`, says: /acct_/ },
    { text: 'detections', says: /shared-payment/ },
    { text: 'detections run shared-payment', says: /shared-payment/, every: 10 },
    { text: 'detections test shared-payment 1', says: /shared-payment/, every: 20 },
    { text: 'detections shadow no-ramp a try', says: /no-ramp/ },
    { text: 'detections disable no-ramp a try', says: /no-ramp/ },
    { text: 'detections enable no-ramp a try', says: /no-ramp/ },
    { text: 'audit', says: /entries|chain/ },
    { text: 'audit C-1', says: /entries|chain/ },
    { text: 'digest', says: /./ },
    { text: 'oncall', says: /./ },
    { text: 'allow', says: /E-\d/ },
    { text: `allow add org org_${9_000 + round} 30d me a contract`, says: /E-\d/ },
    { text: 'allow remove {} it ended', says: /E-\d/, names: /E-\d+/ },
    { text: 'ack C-1', says: /C-1\b/ },
    { text: `assign C-1 @${round % 2 === 0 ? 'mara' : 'ines'}`, says: /C-1 is/ },
    { text: 'note C-1 looked at the cards', says: /C-1\b/ },
    { text: 'snooze C-1 4h until the call', says: /C-1\b/ },
    { text: 'unsnooze C-1', says: /C-1\b/ },
    { text: 'confirm C-1 the cards say it', says: /C-1\b/ },
    { text: 'dismiss C-1 a course after all', says: /C-1\b/ },
    { text: 'reopen C-1 it is none', says: /C-1\b/ },
    { text: 'split C-1 acct_101,acct_102 another hand', says: /2 accounts/ },
    { text: 'merge {} C-1 the same hand after all', says: /C-1\b/, names: /C-(?!1\b)\d+/ },
    { text: 'hold place C-1 the lawyers ask', says: /is held/ },
    { text: 'hold lift C-1 they are done', says: /lifted/ },
    // Of each campaign once: legal is not told again.
    ...(other === undefined
      ? []
      : [
          { text: `escalate C-${other} legal please look`, says: /Legal and policy are told/ },
          { text: `hold lift C-${other} they are done`, says: /lifted/ },
        ]),
    { text: 'freeze an incident', says: /./ },
    { text: 'unfreeze it is over', says: /./ },
    { text: 'ban C-1', says: /ban\.propose/ },
    { text: 'undo C-2', says: /undo\.propose/ },
    { text: 'graph C-1', says: /thread/, every: 4 },
    { text: 'evidence C-1', says: /being made|dossier/i, isLast: true },
  ];
}
