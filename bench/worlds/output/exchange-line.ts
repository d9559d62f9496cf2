import type { Happening } from '../kinds.ts';
import { iso } from '../people/accounts.ts';
import type { Random } from '../random.ts';
import type { Withheld } from '../scenarios.ts';
import { classify } from './labels.ts';

const MAY_BE_MISSING = [
  'access_path',
  'api_key_id',
  'client_address',
  'client_asn',
  'user_agent',
  'tls_ja4',
  'conversation_id',
  'end_user_id',
  'input_tokens',
  'output_tokens',
  'system_instructions',
  'prompt',
];
const WITHHELD: Record<Withheld, readonly string[]> = {
  labels: ['labels'],
  ja4: ['tls_ja4'],
  payment: [],
  text: ['prompt', 'system_instructions'],
};

/** One exchange as its line will say it, some of its fields missing at random. */
export function exchangeLine(
  random: Random,
  happening: Happening,
  without: readonly Withheld[],
): Record<string, unknown> {
  const { at, member, work, conversation, turn, item } = happening;
  const request = work.request(random, turn, item);
  const connection = member.connect(random, at, conversation);
  const outcome = random.weighted([
    ['refused', work.refused ?? 0.008],
    ['error', 0.01],
    ['rate_limited', 0.018],
    ['completed', 1],
  ] as const);
  const answered = outcome === 'completed';
  const line: Record<string, unknown> = {
    id: `req_${random.hex(16)}`,
    occurred_at: iso(at),
    account_id: member.record.account_id,
    model: work.model(random, at),
    ...connection,
    ...(random.chance(work.inConversation) ? { conversation_id: conversation } : {}),
    ...(happening.endUser === undefined ? {} : { end_user_id: happening.endUser }),
    input_tokens: Math.round(request.input),
    output_tokens: answered ? Math.min(16_000, Math.round(request.output)) : 0,
    ...(answered && request.reasoning ? { reasoning_tokens: Math.round(random.logNormal(540, 0.75)) } : {}),
    ...(answered && random.chance(0.5) ? {} : { outcome }),
    ...(request.system === undefined ? {} : { system_instructions: request.system }),
    prompt: request.prompt,
  };
  const labels = classify(random, request);
  if (labels !== undefined) line['labels'] = labels;
  if (happening.origin !== undefined) line['reasoning_origin_conversation_id'] = happening.origin;
  for (const field of MAY_BE_MISSING) if (member.blind.has(field) || random.chance(0.038)) delete line[field];
  for (const field of without.flatMap((each) => WITHHELD[each])) delete line[field];
  return line;
}
