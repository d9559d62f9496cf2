import type { EscalationFacts, EventKind } from '../campaigns/escalation.ts';
import type { EscalationAnswer } from '../campaigns/settle-escalation.ts';
import type { WebhookOutcome } from './post-webhook.ts';

/** One thing that the other side of an escalation is told; nothing of it changes between attempts. */
export interface EscalationEvent {
  kind: EventKind;
  messageId: string;
  facts: EscalationFacts;
}

/** Tells the other side. Never throws for what that does. */
export type SendEscalation = (event: EscalationEvent, now: number) => Promise<EscalationAnswer>;

/** No time mends these, only whoever runs Retort. */
const FOR_GOOD = ['forbidden_address', 'not_encrypted'];

/** What an answer's status means to whoever waits for the word to arrive; its body is nobody's business. */
export function readEscalationAnswer(outcome: WebhookOutcome): EscalationAnswer {
  if (outcome.kind !== 'answered') {
    const { error } = outcome;
    return FOR_GOOD.includes(error) ? { kind: 'refused', error } : { kind: 'later', error };
  }
  const { status, retryAfterMs: afterMs } = outcome;
  if (status >= 200 && status < 300) return { kind: 'taken' };
  const error = `http_${status}`;
  const mayPass = status >= 500 || status === 429 || status === 408;
  return mayPass ? { kind: 'later', error, afterMs } : { kind: 'refused', error };
}
