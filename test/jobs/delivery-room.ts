import type pg from 'pg';
import { onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../sandbox/options.ts';
import { createSandbox, type Sandbox } from '../../sandbox/server.ts';
import { acknowledgeCampaign } from '../../src/campaigns/lifecycle.ts';
import { type CampaignDraft, createCampaign } from '../../src/db/campaign.ts';
import { createCampaignStore, writeEffects } from '../../src/db/campaign-store.ts';
import { transaction } from '../../src/db/query.ts';
import { createDeliverer, type DeliverOptions } from '../../src/jobs/deliver.ts';
import { silentLog } from '../../src/log.ts';
import { createNotifier } from '../../src/slack/notifier.ts';
import { createPeople } from '../../src/slack/people.ts';
import { createWebClient } from '../../src/slack/web-client.ts';
import { DRAFT, NOW } from '../campaign-fixture.ts';
import { emptyTables } from '../empty-tables.ts';

/** A clock that only tests move; sleeping moves it. */
interface ManualClock {
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  advance: (ms: number) => void;
}

function manualClock(start = NOW): ManualClock {
  let at = start;
  return {
    now: () => at,
    sleep: async (ms) => {
      at += ms;
    },
    advance: (ms) => {
      at += ms;
    },
  };
}

export interface DeliveryRoom {
  sandbox: Sandbox;
  clock: ManualClock;
  /** A worker; several may work at once. */
  worker: (change?: Partial<DeliverOptions>) => ReturnType<typeof createDeliverer>;
  /** Works and lets time pass until nothing is left to send, for two hours at most. */
  settle: (work: ReturnType<typeof createDeliverer>) => Promise<void>;
  /** A campaign with its alert queued. */
  alert: (change?: Partial<CampaignDraft>) => Promise<void>;
  acknowledge: (number: number, actor: string) => Promise<void>;
}

const CAMPAIGNS = [
  'outbox',
  'escalation_event',
  'escalation',
  'action_ledger',
  'action_freeze',
  'legal_hold',
  'proposal',
  'campaign_account',
  'campaign',
];

/** Empties all that campaigns lead to; the audit stays, as it must. */
export async function clearCampaigns(pool: pg.Pool): Promise<void> {
  await emptyTables(pool, CAMPAIGNS);
}

/** The outbox's worker against a sandbox, on one clock. */
export async function deliveryRoom(pool: pg.Pool, options: SandboxOptions = {}): Promise<DeliveryRoom> {
  const clock = manualClock();
  const sandbox = await createSandbox({ now: clock.now, ...options });
  onTestFinished(() => sandbox.close());
  await clearCampaigns(pool);

  return {
    sandbox,
    clock,
    worker(change = {}) {
      // Short, so that a hanging Slack costs the test little.
      const client = createWebClient({
        botToken: sandbox.tokens.bot,
        apiUrl: sandbox.apiUrl,
        log: silentLog,
        timeoutMs: 400,
      });
      const people = createPeople({ client, now: clock.now });
      const fixed = {
        pool,
        notifier: createNotifier(client),
        people,
        alertChannel: 'abuse-alerts',
        clock,
        random: () => 0.5,
      };
      return createDeliverer({ ...fixed, log: silentLog, ...change });
    },
    async settle(work) {
      for (let minute = 0; minute < 120; minute += 1) {
        await work();
        const { rowCount } = await pool.query(`select from outbox where state in ('pending', 'sending', 'unknown')`);
        if (rowCount === 0) return;
        clock.advance(60_000);
      }
    },
    alert: (change = {}) =>
      transaction(pool, async (tx) => {
        const campaign = await createCampaign(tx, { ...DRAFT, ...change }, clock.now());
        await writeEffects(tx, campaign, [], { actor: 'retort', now: clock.now() });
      }),
    async acknowledge(number, actor) {
      const now = clock.now();
      await createCampaignStore(pool).transition(number, { actor, now }, (campaign) =>
        acknowledgeCampaign(campaign, { actor, now }),
      );
    },
  };
}
