import { readConfig } from '../../src/config.ts';
import { createPool } from '../../src/db/pool.ts';
import type { EnforcePoint } from '../../src/jobs/enforce.ts';
import { silentLog } from '../../src/log.ts';
import { openWebhooks } from '../../src/open-webhooks.ts';
import { enforcing } from '../jobs/enforcing.ts';
import { obeyOrders } from './obey-orders.ts';

const [url = '', environment = '{}', batchSize = ''] = process.argv.slice(2);
const { actions } = readConfig(JSON.parse(environment) as Record<string, string>);
obeyOrders<EnforcePoint>(({ clock, onPoint }) =>
  enforcing(createPool(url, { log: silentLog, applicationName: 'worker to be killed' }), clock, {
    service: openWebhooks(actions).accounts,
    batchSize: Number(batchSize),
    onPoint,
  }),
);
