import type { Target } from './campaigns/escalation.ts';
import type { Config } from './config.ts';
import type { EscalationPolicy } from './db/escalation-store.ts';
import { createAddressGuard } from './enforcement/address-guard.ts';
import type { SendEscalation } from './enforcement/escalation-sender.ts';
import { createEscalationWebhook } from './enforcement/escalation-webhook.ts';
import { createPagerDuty } from './enforcement/pagerduty.ts';
import { createWebhookPoster } from './enforcement/post-webhook.ts';
import { createWebhookSigner } from './enforcement/webhook-signer.ts';

export interface Escalations {
  policy: EscalationPolicy;
  senders: Partial<Record<Target, SendEscalation>>;
}

/** Whom the configuration lets campaigns be taken to, and how. */
export function openEscalations({ actions, escalation }: Pick<Config, 'actions' | 'escalation'>): Escalations {
  const { pagerduty, url, legalChannel } = escalation;
  const guard = createAddressGuard(actions.webhookAllow);
  const senders: Escalations['senders'] = {};
  if (pagerduty !== undefined) {
    // What PagerDuty knows us by is in the body.
    const post = createWebhookPoster({ url: pagerduty.url, sign: () => ({}), guard });
    senders.pagerduty = createPagerDuty(post, pagerduty.routingKey);
  }
  if (url !== undefined) {
    const post = createWebhookPoster({ url, sign: createWebhookSigner(actions.webhookSecrets), guard });
    senders.webhook = createEscalationWebhook(post);
  }
  return {
    policy: { pagerduty: pagerduty !== undefined, webhook: url !== undefined, legal: legalChannel },
    senders,
  };
}
