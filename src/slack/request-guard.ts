import { z } from 'zod';
import { MINUTE_MS } from '../time-units.ts';
import type { ReplayGuard } from './replay-guard.ts';

/** What a request from Slack says of itself, whatever its kind. */
const Request = z.looseObject({
  team_id: z.string().nullish(),
  team: z.looseObject({ id: z.string() }).nullish(),
  user: z.union([z.string(), z.looseObject({ team_id: z.string().nullish() })]).nullish(),
  trigger_id: z.string().nullish(),
  event_id: z.string().nullish(),
});

export interface ReceivedRequest {
  body: unknown;
  /** The signature, or Socket Mode's envelope id. */
  key: string | undefined;
  /** When Slack signed it, epoch milliseconds; undefined in Socket Mode. */
  signedAt: number | undefined;
}

export type RequestVerdict = 'take' | 'another_workspace' | 'from_the_future' | 'seen_before';

/** Bolt refuses what is five minutes old; what is so far ahead it lets in. */
const AHEAD_MS = 5 * MINUTE_MS;

/** What Bolt's signature check does not look at. Marks the request as seen. */
export function judgeRequest(
  { body, key, signedAt }: ReceivedRequest,
  { team, now, replays }: { team: string; now: number; replays: ReplayGuard },
): RequestVerdict {
  const read = Request.safeParse(body);
  if (!read.success) return 'another_workspace';
  const request = read.data;
  const user = typeof request.user === 'object' ? request.user?.team_id : undefined;
  const teams = [request.team_id, request.team?.id, user].filter((id) => typeof id === 'string');
  if (teams.length === 0 || teams.some((id) => id !== team)) return 'another_workspace';
  if (signedAt !== undefined && signedAt - now > AHEAD_MS) return 'from_the_future';
  const keys = [key, request.trigger_id, request.event_id].filter((id) => typeof id === 'string');
  return replays.isFirst(keys) ? 'take' : 'seen_before';
}
