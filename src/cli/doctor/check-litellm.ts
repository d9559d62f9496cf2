import type { Config } from '../../config.ts';
import { readSpendLogs } from '../../db/litellm-spend-log.ts';
import { createPool } from '../../db/pool.ts';
import { scrub, silentLog } from '../../log.ts';
import { type Check, failed, messageOf, passed } from './check.ts';

const NAME = 'LiteLLM';

/** Whether LiteLLM's table can be read, and holds anything; nothing where it is not configured. */
export async function checkLitellm({ litellmDatabaseUrl }: Config): Promise<Check[]> {
  if (litellmDatabaseUrl === undefined) return [];
  const pool = createPool(litellmDatabaseUrl, { log: silentLog, applicationName: 'retort doctor', maxConnections: 1 });
  try {
    const [row] = await readSpendLogs(pool, { startTime: '-infinity', requestId: '' }, 1);
    return [passed(NAME, row === undefined ? 'its table can be read, and is empty' : 'its table can be read')];
  } catch (fault) {
    const mend = 'Check RETORT_LITELLM_DATABASE_URL, and that its role may select from "LiteLLM_SpendLogs"';
    return [failed(NAME, `its table cannot be read (${scrub(messageOf(fault))}). ${mend}.`)];
  } finally {
    await pool.end();
  }
}
