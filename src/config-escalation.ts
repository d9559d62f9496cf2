import { z } from 'zod';
import type { ConfigProblem } from './config-error.ts';
import { channelName, HttpUrl } from './config-values.ts';

/** The variables of `Environment` by which a campaign reaches people outside of its channel. */
export const ESCALATION_ENVIRONMENT = {
  RETORT_PAGERDUTY_ROUTING_KEY: z
    .string()
    .regex(/^[A-Za-z0-9]{32}$/, 'must be the 32 characters of an integration key: Events API v2 on a PagerDuty service')
    .optional()
    .describe(
      'the integration key of Events API v2 on a PagerDuty service, for `/campaign escalate`: [escalation](docs/escalation.md)',
    ),
  RETORT_PAGERDUTY_URL: HttpUrl.default('https://events.pagerduty.com/v2/enqueue').describe(
    'where its events go; in the EU `https://events.eu.pagerduty.com/v2/enqueue`',
  ),
  RETORT_ESCALATION_URL: HttpUrl.optional().describe(
    'another service that is told of escalated campaigns, signed like an action: [escalation](docs/escalation.md#the-webhook)',
  ),
  RETORT_LEGAL_CHANNEL: channelName
    .pipe(z.string().min(1, 'a channel is missing'))
    .optional()
    .describe('the channel of legal and policy, by name or id; invite Retort there'),
};

type EscalationEnvironment = z.output<z.ZodObject<typeof ESCALATION_ENVIRONMENT>>;

export interface EscalationConfig {
  /** `routingKey` is a secret: whoever has it can call people. */
  pagerduty: { routingKey: string; url: string } | undefined;
  url: string | undefined;
  /** By name or id. */
  legalChannel: string | undefined;
}

export function toEscalationConfig(env: EscalationEnvironment): EscalationConfig {
  const { RETORT_PAGERDUTY_ROUTING_KEY: routingKey, RETORT_PAGERDUTY_URL: url } = env;
  return {
    pagerduty: routingKey === undefined ? undefined : { routingKey, url },
    url: env.RETORT_ESCALATION_URL,
    legalChannel: env.RETORT_LEGAL_CHANNEL,
  };
}

/** Half a set-up is a mistake, not a wish for none. */
export function escalationProblems(set: Record<string, string | undefined>): ConfigProblem[] {
  const needs = (variable: string, needed: string, why: string): ConfigProblem[] =>
    set[variable] !== undefined && set[needed] === undefined
      ? [{ variable: needed, what: `is missing: ${why}; see docs/escalation.md` }]
      : [];
  return [
    ...needs('RETORT_PAGERDUTY_URL', 'RETORT_PAGERDUTY_ROUTING_KEY', 'PagerDuty needs the key of an integration'),
    ...needs('RETORT_ESCALATION_URL', 'RETORT_WEBHOOK_SECRETS', 'the escalation webhook is signed'),
  ];
}
