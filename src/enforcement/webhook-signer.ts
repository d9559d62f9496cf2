import { Webhook } from 'standardwebhooks';

/** Signs a message, identified by `id`, for a moment in epoch milliseconds. */
export type WebhookSigner = (id: string, at: number, body: string) => Record<string, string>;

/**
 * The headers of the Standard Webhooks specification. With several secrets a message bears a signature by each, so that
 * the receiver may change over at its own time. Throws where a secret is none.
 */
export function createWebhookSigner(secrets: readonly string[]): WebhookSigner {
  const keys = secrets.map((secret) => new Webhook(secret));
  return (id, at, body) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': keys.map((key) => key.sign(id, new Date(at), body)).join(' '),
  });
}
