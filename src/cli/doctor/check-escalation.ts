import type { Config } from '../../config.ts';
import { type Check, passed } from './check.ts';
import { checkAddress } from './check-address.ts';

/** Who can be reached outside of the alert channel. The legal channel is asked of Slack, with the others. */
export async function checkEscalation({
  actions,
  escalation,
}: Pick<Config, 'actions' | 'escalation'>): Promise<Check[]> {
  const { pagerduty, url, legalChannel } = escalation;
  if (pagerduty === undefined && url === undefined && legalChannel === undefined) {
    const variables = 'RETORT_PAGERDUTY_ROUTING_KEY, RETORT_ESCALATION_URL or RETORT_LEGAL_CHANNEL';
    return [passed('escalation', `reaches nobody; it needs ${variables}`)];
  }
  const allowed = [...actions.webhookAllow];
  const checks: Check[] = [];
  if (pagerduty !== undefined) {
    checks.push(passed('PagerDuty key', 'looks like one; whether PagerDuty knows it shows with the first escalation'));
    checks.push(await checkAddress('PagerDuty', 'RETORT_PAGERDUTY_URL', pagerduty.url, allowed));
  }
  if (url !== undefined) {
    checks.push(await checkAddress('escalation webhook', 'RETORT_ESCALATION_URL', url, allowed));
  }
  return checks;
}
