import { z } from 'zod';
import { HOUR_MS } from '../time-units.ts';

/** The native record formats of the contract. Unknown keys are ignored. Times become epoch milliseconds. */

/** Nothing before model APIs existed, and nothing after tomorrow: both are clocks that are wrong. */
export const EARLIEST = Date.parse('2020-01-01T00:00:00Z');
export const FUTURE_TOLERANCE_MS = 24 * HOUR_MS;

const RFC3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** As nearly all are written, and `Date.parse` takes them. */
const PLAIN_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Epoch milliseconds, or NaN for what is no RFC 3339 time. */
export function parseTime(text: string): number {
  if (PLAIN_TIME.test(text)) return Date.parse(text);
  return RFC3339.test(text) ? Date.parse(text.replace(' ', 'T').toUpperCase()) : Number.NaN;
}

const Time = z
  .string()
  .regex(RFC3339, 'not an RFC 3339 time')
  .transform((text, context) => {
    const ms = parseTime(text);
    if (Number.isNaN(ms)) context.addIssue({ code: 'custom', message: 'not a time' });
    return ms;
  });

export const LONGEST_ID = 128;
export const LONGEST_LABEL = 1024;
export const MOST_LABELS = 64;
export const LARGEST_COUNT = 2_147_483_647;
export const LARGEST_ASN = 4_294_967_295;

const Id = z.string().min(1).max(LONGEST_ID);
const Label = z.string().max(LONGEST_LABEL);
const Count = z.number().int().min(0).max(LARGEST_COUNT);

export const Outcomes = ['completed', 'refused', 'error', 'rate_limited'] as const;
const PaymentKinds = ['card', 'virtual_card', 'prepaid', 'invoice', 'none'] as const;
const Programs = ['none', 'education', 'research', 'startup', 'enterprise', 'reseller'] as const;
const Verifications = ['none', 'email', 'phone', 'kyc'] as const;
const Statuses = ['active', 'suspended', 'banned'] as const;

/** Gateways write an absent field as null as often as they leave it out. */
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

export const Exchange = z.object({
  id: Id,
  occurred_at: Time,
  account_id: Id,
  model: Id,
  api_key_id: optional(Label),
  access_path: optional(Label),
  client_address: optional(Label),
  client_asn: optional(z.number().int().min(0).max(LARGEST_ASN)),
  user_agent: optional(Label),
  tls_ja4: optional(Label),
  conversation_id: optional(Label),
  end_user_id: optional(Label),
  input_tokens: optional(Count),
  output_tokens: optional(Count),
  reasoning_tokens: optional(Count),
  outcome: optional(z.enum(Outcomes)),
  system_instructions: optional(z.string()),
  prompt: optional(z.string()),
  labels: optional(z.array(Label).max(MOST_LABELS)),
  reasoning_origin_conversation_id: optional(Label),
});

export const Account = z.object({
  account_id: Id,
  created_at: Time,
  organization_id: optional(Label),
  email_domain: optional(Label),
  email_disposable: optional(z.boolean()),
  payment_fingerprint: optional(Label),
  payment_kind: optional(z.enum(PaymentKinds)),
  plan: optional(Label),
  program: optional(z.enum(Programs)),
  verification: optional(z.enum(Verifications)),
  signup_address: optional(Label),
  country: optional(z.string().regex(/^[A-Za-z]{2}$/)),
  status: optional(z.enum(Statuses)),
  status_at: optional(Time),
});

export const ModelRelease = z.object({ model: Id, released_at: Time });

export type Exchange = z.output<typeof Exchange>;
export type Account = z.output<typeof Account>;
export type ModelRelease = z.output<typeof ModelRelease>;

/** What a line of a file holds before it is read: the shape that writers (the simulator) produce. */
export type ExchangeLine = z.input<typeof Exchange>;
export type AccountLine = z.input<typeof Account>;
export type ModelReleaseLine = z.input<typeof ModelRelease>;
