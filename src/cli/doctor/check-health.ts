import type { Config } from '../../config.ts';
import { type Check, failed, messageOf, passed } from './check.ts';

const PATIENCE_MS = 10_000;

/** Whether somebody would hear of it if Retort itself stopped. The switch is asked for, not called. */
export async function checkHealth({ healthPort, heartbeatUrl }: Config): Promise<Check[]> {
  const served =
    healthPort === undefined
      ? passed('health', '/readyz and /metrics are off; they need RETORT_HEALTH_PORT')
      : passed('health', `/readyz and /metrics are served on port ${healthPort}`);
  if (heartbeatUrl === undefined) {
    return [
      served,
      passed('heartbeat', 'is off: nobody hears of it when all of Retort stops. Set RETORT_HEARTBEAT_URL'),
    ];
  }
  return [served, await checkSwitch(new URL(heartbeatUrl).origin)];
}

/** Its host alone: a call of the whole address would tell the switch that Retort is well. */
async function checkSwitch(origin: string): Promise<Check> {
  try {
    const response = await fetch(origin, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.body?.cancel();
    return passed('heartbeat', `${origin} can be reached`);
  } catch (fault) {
    const mend = 'Check RETORT_HEARTBEAT_URL, and that this machine may reach it';
    return failed('heartbeat', `${origin} cannot be reached (${messageOf(fault)}). ${mend}.`);
  }
}
