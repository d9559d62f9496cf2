import type { ActionConfig } from './config-actions.ts';
import { type AccountService, createAccountService } from './enforcement/account-webhook.ts';
import { createAddressGuard } from './enforcement/address-guard.ts';
import { createWebhookPoster, type PostWebhook } from './enforcement/post-webhook.ts';
import { createWebhookSigner } from './enforcement/webhook-signer.ts';

export interface Webhooks {
  /** Undefined where no address is configured; so is the next. */
  accounts: AccountService | undefined;
  /** Whoever keeps the heads of the audit chain. */
  anchor: PostWebhook | undefined;
}

/** The senders of the configuration. */
export function openWebhooks(config: ActionConfig): Webhooks {
  const { enforcementUrl, auditAnchorUrl, webhookSecrets, webhookAllow } = config;
  const sign = createWebhookSigner(webhookSecrets);
  const guard = createAddressGuard(webhookAllow);
  const to = (url: string | undefined) => (url === undefined ? undefined : createWebhookPoster({ url, sign, guard }));
  const accounts = to(enforcementUrl);
  return { accounts: accounts && createAccountService(accounts), anchor: to(auditAnchorUrl) };
}
