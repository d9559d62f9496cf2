import type { Config } from '../../config.ts';
import { type Check, failed, passed } from './check.ts';
import { checkAddress } from './check-address.ts';

/** Whether actions are carried out, where they would go, and whether anybody can approve them. */
export async function checkEnforcement({ actions, groups }: Pick<Config, 'actions' | 'groups'>): Promise<Check[]> {
  const { policy, enforcementUrl, auditAnchorUrl, webhookSecrets, webhookAllow } = actions;
  const name = 'enforcement';
  const mode = policy.live
    ? passed(name, 'is live: what is approved is carried out')
    : passed(name, 'is a dry run: nothing is sent. RETORT_ENFORCEMENT=on switches it on');
  const secrets = webhookSecrets.length === 1 ? 'one secret' : `${webhookSecrets.length} secrets`;
  const at = async (what: string, variable: string, url: string | undefined) =>
    url === undefined ? [] : [await checkAddress(what, variable, url, [...webhookAllow])];
  return [
    mode,
    ...(webhookSecrets.length === 0 ? [] : [passed('webhook secrets', `${secrets} to sign with`)]),
    ...(await at('enforcement webhook', 'RETORT_ENFORCEMENT_URL', enforcementUrl)),
    ...(await at('audit anchor', 'RETORT_AUDIT_ANCHOR_URL', auditAnchorUrl)),
    ...(policy.live && groups.approvers === undefined
      ? [failed('approvers', 'nobody can approve anything: set RETORT_APPROVERS_GROUP to a user group’s id.')]
      : []),
  ];
}
