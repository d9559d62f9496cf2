import type { AuditVerdict, AuditView } from '../../campaigns/audit-verdict.ts';
import { codeText, escapeText, personText } from '../escape-text.ts';
import { formatNumber, formatTime } from '../format.ts';
import { header, section } from './block.ts';
import { type Message, messageOf } from './message.ts';
import { auditText } from './status.ts';

const PROBLEMS: Record<Extract<AuditVerdict, { ok: false }>['problem'], string> = {
  missing: 'is missing',
  extra: 'does not belong there',
  reordered: 'does not follow the one before it',
  edited: 'was edited',
  truncated: 'and all after it were cut off',
  rewritten: 'is not the one that was published',
};

/** Whether the chain is whole, and its newest entries, of one subject or of all. */
export function auditMessage(verdict: AuditVerdict, entries: readonly AuditView[], subject?: string): Message {
  return messageOf([
    header('Audit'),
    section([verdictText(verdict)]),
    section(entries.length === 0 ? [`Nothing of ${codeText(subject ?? 'anything', 80)} yet.`] : entries.map(line)),
  ]);
}

function verdictText(verdict: AuditVerdict): string {
  if (verdict.ok)
    return `:white_check_mark: Whole: ${auditText({ entries: verdict.head.seq, hash: verdict.head.hash })}`;
  return `:rotating_light: *Broken*: entry ${formatNumber(verdict.seq)} ${PROBLEMS[verdict.problem]}. Keep the database as it is, and tell whoever runs Retort.`;
}

function line({ seq, at, actor, action, subject, reason }: AuditView): string {
  const who = actor === 'retort' ? 'Retort' : personText(actor);
  return `${formatNumber(seq)} · ${formatTime(at)} · ${who} ${escapeText(action, 60)} ${codeText(subject, 60)}: ${escapeText(reason, 160)}`;
}
