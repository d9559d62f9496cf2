/** One request of Slack to the app. */
export interface Outbound {
  kind: 'slash_commands' | 'interactive' | 'events_api';
  payload: Record<string, unknown>;
  retry?: { num: number; reason: string };
}

/** How the app took it. `body` is what it acknowledged with: an object, text, or undefined. */
export type Reply =
  | { ok: true; body: unknown }
  | {
      ok: false;
      reason: 'operation_timeout' | 'http_error' | 'connection_failed' | 'not_connected';
      status?: number;
      noRetry?: boolean;
    };
