import { createPool } from '../../src/db/pool.ts';
import { createDeliverer } from '../../src/jobs/deliver.ts';
import type { DeliveryPoint } from '../../src/jobs/send-delivery.ts';
import { silentLog } from '../../src/log.ts';
import { createNotifier } from '../../src/slack/notifier.ts';
import { createPeople } from '../../src/slack/people.ts';
import { createWebClient } from '../../src/slack/web-client.ts';
import { obeyOrders } from './obey-orders.ts';

const [url = '', apiUrl = '', botToken = ''] = process.argv.slice(2);
const client = createWebClient({ botToken, apiUrl, log: silentLog, timeoutMs: 5_000 });
obeyOrders<DeliveryPoint>(({ clock, onPoint }) =>
  createDeliverer({
    pool: createPool(url, { log: silentLog, applicationName: 'worker to be killed' }),
    notifier: createNotifier(client),
    people: createPeople({ client, now: clock.now }),
    alertChannel: 'abuse-alerts',
    clock,
    random: () => 0.5,
    log: silentLog,
    onPoint,
  }),
);
