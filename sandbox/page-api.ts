/**
 * What the sandbox's server and its page say to each other: JSON over `/page/…`, live by SSE.
 * Slack's own shapes (messages, views, blocks) pass through as the app sent them.
 */

export interface Person {
  id: string;
  name: string;
  real_name: string;
  is_bot: boolean;
  /** Guests may read but are refused by most apps. */
  is_restricted: boolean;
}

export interface Channel {
  id: string;
  name: string;
  is_private: boolean;
  is_archived: boolean;
  topic: string;
  /** Ids of people, the bot among them once it has joined. */
  members: string[];
}

export interface SlashCommand {
  command: string;
  description: string;
  usage_hint: string;
}

export interface UserGroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

/** `GET /page/workspace` */
export interface Workspace {
  team: { id: string; name: string; domain: string };
  app: { name: string; bot_user: string; connected: boolean };
  people: Person[];
  groups: UserGroup[];
  channels: Channel[];
  commands: SlashCommand[];
}

export interface Reaction {
  name: string;
  users: string[];
}

export interface SlackFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  /** Path on the sandbox's own server. */
  url_private: string;
}

export interface Message {
  ts: string;
  channel: string;
  user: string;
  text: string;
  /** Block Kit as the app sent it; the page renders it. */
  blocks?: Record<string, unknown>[];
  attachments?: Record<string, unknown>[];
  files?: SlackFile[];
  thread_ts?: string;
  /** A thread reply that is shown in the channel too. */
  subtype?: 'thread_broadcast' | 'bot_message';
  edited?: { ts: string };
  reply_count?: number;
  reactions?: Reaction[];
  /** Seen only by this person, gone on reload. */
  ephemeral_for?: string;
}

/** A modal or Home view as the app sent it, with what Slack adds. */
export interface View {
  id: string;
  type: 'modal' | 'home';
  hash: string;
  callback_id?: string;
  title?: { type: 'plain_text'; text: string };
  submit?: { type: 'plain_text'; text: string };
  close?: { type: 'plain_text'; text: string };
  blocks: Record<string, unknown>[];
}

/** `block_id` → `action_id` → the element's value, in the shape of Slack's `view.state.values`. */
export type InputState = Record<string, Record<string, Record<string, unknown>>>;

export type Container =
  | { type: 'message'; channel: string; ts: string; thread_ts?: string }
  | { type: 'ephemeral'; channel: string; ts: string }
  | { type: 'view'; view_id: string };

/** `POST /page/say`: text that begins with a slash is a command (not in threads, as in Slack). */
export interface Say {
  user: string;
  channel: string;
  text: string;
  thread_ts?: string;
}

/** `POST /page/act`: a person pressed, picked or checked something. `action` is what Slack would put into `actions[0]`. */
export interface Act {
  user: string;
  container: Container;
  action: { type: string; action_id: string; block_id: string; [key: string]: unknown };
  state: InputState;
}

/** `POST /page/submit`, `POST /page/close` */
export interface Submit {
  user: string;
  view_id: string;
  state: InputState;
}

/** `POST /page/suggest`: a person typed `value` into an external select. Answers `Suggestions`. */
export interface Suggest {
  user: string;
  container: Container;
  block_id: string;
  action_id: string;
  value: string;
}

export interface Suggestions extends Outcome {
  options?: Record<string, unknown>[];
  option_groups?: Record<string, unknown>[];
}

/** Answer to say, act, submit and close. `errors` stand at the fields of a modal, by block id. */
export interface Outcome {
  ok: boolean;
  /** What Slack would show the person, e.g. that the app did not answer within three seconds. */
  error?: string;
  errors?: Record<string, string>;
}

/**
 * `GET /page/events?user=U…`: server-sent events, `data:` is one of these; the first is the person's `view_stack`.
 * `GET /page/messages?channel=C…&user=U…[&thread_ts=…]` answers `Message[]`, oldest first (a thread's root first).
 * `GET /page/home?user=U…` answers `View | null` and tells the app that the Home tab was opened.
 */
export type PageEvent =
  | { type: 'message'; message: Message }
  | { type: 'message_changed'; message: Message }
  | { type: 'message_deleted'; channel: string; ts: string }
  | { type: 'view_stack'; user: string; views: View[] }
  | { type: 'home'; user: string; view: View }
  | { type: 'notice'; user: string; channel?: string; text: string }
  | { type: 'workspace'; workspace: Workspace };

/**
 * Slack's chart block, https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block,
 * which @slack/types does not have yet. Messages only, at most two a message.
 */
export interface DataVisualizationBlock {
  type: 'data_visualization';
  /** Above the chart, ≤ 50 characters. */
  title: string;
  chart: PieChart | SeriesChart;
  block_id?: string;
}

export interface PieChart {
  type: 'pie';
  /** 1–6 slices, each value above 0. */
  segments: ChartPoint[];
}

export interface SeriesChart {
  type: 'line' | 'bar' | 'area';
  /** 1–6 series with different names; an area chart draws the first at the back. */
  series: ChartSeries[];
  axis_config: {
    /** The x-axis from left to right; every series has exactly these labels. ≤ 20 characters each. */
    categories: string[];
    /** ≤ 50 characters. */
    x_label?: string;
    y_label?: string;
  };
}

export interface ChartSeries {
  /** In the legend, ≤ 20 characters. */
  name: string;
  /** 1–20 points. */
  data: ChartPoint[];
}

export interface ChartPoint {
  /** ≤ 20 characters. */
  label: string;
  value: number;
}
