import { readConfig } from '../../src/config.ts';
import { createPool } from '../../src/db/pool.ts';
import { createEscalator, type EscalatePoint } from '../../src/jobs/escalate.ts';
import { silentLog } from '../../src/log.ts';
import { openEscalations } from '../../src/open-escalations.ts';
import { obeyOrders } from './obey-orders.ts';

const [url = '', environment = '{}'] = process.argv.slice(2);
const { senders } = openEscalations(readConfig(JSON.parse(environment) as Record<string, string>));
obeyOrders<EscalatePoint>(({ clock, onPoint }) =>
  createEscalator({
    pool: createPool(url, { log: silentLog, applicationName: 'worker to be killed' }),
    senders,
    clock,
    random: () => 0.5,
    log: silentLog,
    onPoint,
  }),
);
