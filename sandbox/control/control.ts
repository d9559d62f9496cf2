import type { ApiCall } from '../call-log.ts';
import type { Core } from '../core.ts';
import type { Forgery } from '../delivery/delivery.ts';
import type { Outbound, Reply } from '../delivery/outbound.ts';
import type { Fault } from '../faults.ts';
import type { StoredMessage } from '../messages.ts';
import type { StoredView } from '../views.ts';
import { type PeopleControl, peopleControl } from './people-control.ts';

/** What tests do to a workspace, and see of it. */
export interface Control extends PeopleControl {
  /** The next `times` calls of a Web API method (`*`: any) fail so; without a number all, until cleared. */
  fail(method: string, fault: Fault, times?: number): void;
  clearFaults(method?: string): void;
  /** The next requests to the app go out twice. */
  duplicateNext(times?: number): void;
  /** Sends the last request again, byte for byte. */
  replayLast(): Promise<Reply>;
  /** Sends what Slack would not: by default a slash command, signed wrongly or at another time. HTTP only. */
  forge(forgery: Forgery, outbound?: Outbound): Promise<Reply>;
  /** Asks Socket Mode clients to connect anew. */
  disconnectSockets(reason?: 'refresh_requested' | 'link_disabled' | 'warning'): void;
  /** Cuts Socket Mode connections without a word. */
  dropSockets(): void;
  /** Socket Mode connections that are open. */
  connections(): number;
  /** All messages of a channel, or those after one's `ts`, replies and metadata too, oldest first. */
  messages(idOrName: string, after?: string): StoredMessage[];
  ephemeral(user?: string): StoredMessage[];
  /** A person's open modals, the lowest first. */
  views(user: string): StoredView[];
  home(user: string): StoredView | null;
  /** Web API calls so far, of one method or all. */
  calls(method?: string): ApiCall[];
  /** What was sent to the app so far. */
  sent(): Outbound[];
  /** Why answers of the app to interactions were refused. */
  complaints(): string[];
  /** Resolves with what `find` returns as soon as it is something; rejects after `timeoutMs`, 5 s by default. */
  until<T>(find: () => T | undefined | null | false, timeoutMs?: number): Promise<T>;
}

export function createControl(core: Core): Control {
  return {
    ...peopleControl(core),
    fail: (method, fault, times) => core.faults.inject(method, fault, times),
    clearFaults: (method) => core.faults.clear(method),
    duplicateNext: (times) => core.delivery.duplicateNext(times),
    replayLast: async () => core.delivery.replayLast(),
    forge: async (forgery, outbound) => core.delivery.forge(outbound ?? someCommand(core), forgery),
    disconnectSockets: (reason = 'refresh_requested') => core.sockets.disconnect(reason),
    dropSockets: () => core.sockets.drop(),
    connections: () => core.sockets.count,
    messages(idOrName, after = '') {
      const all = core.messages.in(core.workspace.channel(idOrName)?.id ?? idOrName);
      return structuredClone(all.filter(({ ts }) => ts > after));
    },
    ephemeral: (user) => structuredClone(core.messages.ephemeral(user)),
    views: (user) => structuredClone(core.views.stack(user)),
    home: (user) => structuredClone(core.views.home(user) ?? null),
    calls: (method) => core.calls.api.filter((each) => method === undefined || each.method === method),
    sent: () => core.delivery.sent,
    complaints: () => core.calls.complaints,
    until: async (find, timeoutMs = 5_000) => core.feed.until(find, timeoutMs),
  };
}

function someCommand({ workspace, manifest, url, triggers, responseUrls }: Core): Outbound {
  const person = [...workspace.people.values()].find((each) => !each.is_bot && !each.deleted);
  const channel = [...workspace.channels.values()][0];
  const user = person?.id ?? '';
  return {
    kind: 'slash_commands',
    payload: {
      team_id: workspace.team.id,
      channel_id: channel?.id ?? '',
      channel_name: channel?.name ?? '',
      user_id: user,
      user_name: person?.name ?? '',
      command: manifest.commands[0]?.command ?? '/command',
      text: 'help',
      api_app_id: workspace.appId,
      response_url: url + responseUrls.issue({ user, channel: channel?.id ?? '' }),
      trigger_id: triggers.issue(user),
    },
  };
}
