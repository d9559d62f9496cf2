// A receiver of Retort's escalations, to copy from: what docs/escalation.md describes, with nothing but Node. It turns
// them into tickets of whatever tracker you have. Copy enforcement-receiver.mjs too: it verifies signatures.
// Run it alone with: RETORT_WEBHOOK_SECRETS=whsec_… node escalation-receiver.mjs
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { verifySignature } from './enforcement-receiver.mjs';

const MOST_BYTES = 100_000;

/**
 * `tracker` has `open(key, data)`, `acknowledge(key, data)` and `close(key, data)`, where `key` is the ticket's: one a
 * campaign. `seen` holds the ids of messages that were acted upon: keep them in your database.
 */
export function createEscalationReceiver({ secrets, tracker, seen = new Set(), now = Date.now }) {
  const acts = {
    'campaign.escalated': tracker.open,
    'campaign.acknowledged': tracker.acknowledge,
    'campaign.resolved': tracker.close,
  };
  return async (request, response) => {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of request) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) return response.writeHead(413).end();
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks).toString();
    if (!verifySignature(secrets, request.headers, body, now() / 1000)) return response.writeHead(401).end();
    const id = request.headers['webhook-id'];
    const { type, data } = JSON.parse(body);
    // A message that came before is answered as then, and not acted upon; kinds that are new some day are let be.
    if (!seen.has(id)) await acts[type]?.(data.dedup_key, data);
    seen.add(id);
    return response.writeHead(204).end();
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const secrets = (process.env.RETORT_WEBHOOK_SECRETS ?? '').split(/[\s,]+/).filter(Boolean);
  if (secrets.length === 0) throw new Error('set RETORT_WEBHOOK_SECRETS to the secret that Retort signs with');
  const say = (what) => (key, data) => void process.stdout.write(`${what} ${key}: ${data.severity}, ${data.reason}\n`);
  const tracker = { open: say('open'), acknowledge: say('acknowledge'), close: say('close') };
  const receive = createEscalationReceiver({ secrets, tracker });
  const port = Number(process.env.PORT ?? 8788);
  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.writeHead(500).end());
  });
  server.listen(port, '127.0.0.1', () => process.stdout.write(`listening on ${port}\n`));
}
