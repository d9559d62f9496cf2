import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { ActionPolicy } from './campaigns/proposal.ts';
import type { ConfigProblem } from './config-error.ts';
import { Duration, HttpUrl, UNITS } from './config-values.ts';

const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');

/** `1000/25000`: over the first a second approver is needed, over the second it is refused. */
const capped = (soft: number, hard: number) =>
  z
    .string()
    .regex(/^\d{1,7}\/\d{1,7}$/, 'must be two numbers of accounts such as 1000/25000')
    .transform((text) => {
      const [first = 0, second = 0] = text.split('/').map(Number);
      return { soft: first, hard: second };
    })
    .refine((cap) => cap.soft <= cap.hard, 'must not have its first number above its second')
    .default({ soft, hard });

/** The variables of `Environment` that actions on accounts go by. */
export const ACTION_ENVIRONMENT = {
  RETORT_ENFORCEMENT: z
    .enum(['dry-run', 'on'], 'must be dry-run or on')
    .default('dry-run')
    .describe('`on`: approved actions are carried out; before that they only show what they would do'),
  RETORT_ENFORCEMENT_URL: HttpUrl.optional().describe(
    'the service that suspends, bans and restores accounts: [enforcement](docs/enforcement.md)',
  ),
  RETORT_WEBHOOK_SECRETS: z
    .string()
    .transform(words)
    .refine(
      (secrets) => secrets.every((secret) => /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret)),
      'must be one or more of whsec_… with at least 24 bytes, such as: echo "whsec_$(openssl rand -base64 32)"',
    )
    .optional()
    .describe('what webhooks are signed with, `whsec_…`; several while one replaces another, separated by commas'),
  RETORT_WEBHOOK_ALLOW: z
    .string()
    .transform(words)
    .refine((ranges) => ranges.every((range) => ipaddr.isValidCIDR(range)), 'must be networks such as 10.20.0.0/16')
    .optional()
    .describe('private networks that webhooks may go to, such as `10.20.0.0/16`; unset: public addresses alone'),
  RETORT_CAP_ACTION: capped(1_000, 25_000).describe(
    'accounts of one action: over the first number a second approver is needed, over the second it is refused',
  ),
  RETORT_CAP_PERSON: capped(2_500, 30_000).describe('the same for what one person proposed in an hour'),
  RETORT_CAP_HOUR: capped(5_000, 50_000).describe('the same for everyone together in an hour'),
  RETORT_APPROVAL_WINDOW: Duration.default(UNITS.d).describe('how long a proposal waits for its approval'),
  RETORT_UNDO_WINDOW: Duration.default(7 * UNITS.d).describe('for how long `/campaign undo` can take an action back'),
  RETORT_AUDIT_ANCHOR_URL: HttpUrl.optional().describe(
    'where the head of the audit chain is sent every hour, signed like an action: an anchor outside of the database',
  ),
};

type ActionEnvironment = z.output<z.ZodObject<typeof ACTION_ENVIRONMENT>>;

export interface ActionConfig {
  policy: ActionPolicy;
  /** Where webhooks go, and how; undefined: nowhere. */
  enforcementUrl: string | undefined;
  auditAnchorUrl: string | undefined;
  webhookSecrets: readonly string[];
  webhookAllow: readonly string[];
}

export function toActionConfig(env: ActionEnvironment): ActionConfig {
  return {
    policy: {
      live: env.RETORT_ENFORCEMENT === 'on',
      caps: { action: env.RETORT_CAP_ACTION, person: env.RETORT_CAP_PERSON, overall: env.RETORT_CAP_HOUR },
      approvalWindowMs: env.RETORT_APPROVAL_WINDOW,
      undoWindowMs: env.RETORT_UNDO_WINDOW,
    },
    enforcementUrl: env.RETORT_ENFORCEMENT_URL,
    auditAnchorUrl: env.RETORT_AUDIT_ANCHOR_URL,
    webhookSecrets: env.RETORT_WEBHOOK_SECRETS ?? [],
    webhookAllow: env.RETORT_WEBHOOK_ALLOW ?? [],
  };
}

/** Half a set-up is a mistake, not a wish for none. */
export function actionProblems(set: Record<string, string | undefined>): ConfigProblem[] {
  const missing = (variable: string, why: string): ConfigProblem[] =>
    set[variable] === undefined ? [{ variable, what: `is missing: ${why}` }] : [];
  const isOn = set['RETORT_ENFORCEMENT'] === 'on';
  const sends = set['RETORT_ENFORCEMENT_URL'] !== undefined || set['RETORT_AUDIT_ANCHOR_URL'] !== undefined;
  return [
    ...(isOn ? missing('RETORT_ENFORCEMENT_URL', 'enforcement that is on needs a service to ask') : []),
    ...(isOn || sends ? missing('RETORT_WEBHOOK_SECRETS', 'webhooks are signed; see docs/enforcement.md') : []),
  ];
}
