import type { AccountLine, ExchangeLine } from '../ingest/records.ts';
import { classify } from './classifier.ts';
import type { Client } from './clients.ts';
import type { Place } from './networks.ts';
import type { Random } from './random.ts';
import type { Rhythm } from './rhythm.ts';
import { type Capability, medianOutput } from './text/tasks.ts';

/** What one request says. */
export interface Content {
  readonly system?: string | undefined;
  readonly prompt: string;
  readonly capability: Capability;
  /** The text asks for written-out reasoning. */
  readonly elicits: boolean;
  /** It is work for the campaign, not of an unrelated customer. */
  readonly campaign?: boolean;
  /** Tokens of documents, files or tool results beside the text. */
  readonly attached?: number;
  /** Probability that the model refuses, where it is not the usual one. */
  readonly refusal?: number;
}

/** Everything that makes one account's traffic its own. */
export interface Habits {
  readonly rhythm: Rhythm;
  readonly place: (at: number, random: Random) => Place;
  readonly client: (random: Random, at: number) => Client;
  readonly model: (at: number, random: Random) => string;
  readonly accessPath: (random: Random) => string;
  readonly write: (random: Random, at: number) => Content;
  readonly apiKeys: readonly string[];
  /** Mean turns of a conversation. */
  readonly turns: number;
  /** Probability that the model reasons before it answers. */
  readonly thinks: number;
  /** Answer length relative to what the task would take. */
  readonly verbosity: number;
  readonly endUser?: (random: Random) => string;
  /** Where a replayed reasoning signature was made; by default in the conversation itself. */
  readonly replays?: (random: Random, at: number) => string | undefined;
  /** After this, requests are turned away. */
  readonly bannedAt?: number;
}

const OMITTED = 0.045;
const IDLE_GAP_MS = 40 * 60_000;
const CONTEXT_LIMIT = 180_000;

export interface Emission {
  readonly line: ExchangeLine;
  readonly campaign: boolean;
}

/** One account at work: it turns moments into exchanges, and remembers only its present conversation. */
export class Customer {
  readonly account: AccountLine;
  readonly habits: Habits;
  private readonly random: Random;
  private readonly createdAt: number;
  private conversation = '';
  private previous = '';
  private turnsLeft = 0;
  private context = 0;
  private lastAt = 0;

  constructor(account: AccountLine, habits: Habits, random: Random) {
    this.account = account;
    this.habits = habits;
    this.random = random;
    this.createdAt = Date.parse(account.created_at);
  }

  /** The conversation it is in, or the empty string before its first. */
  get conversationId(): string {
    return this.conversation;
  }

  /** The moments at which it acts in the day from `dayStart`; none before the account exists. */
  times(dayStart: number): number[] {
    const times = this.habits.rhythm(dayStart, this.random);
    return this.createdAt <= dayStart ? times : times.filter((at) => at > this.createdAt);
  }

  /** The exchange at a moment. Call in order of time. */
  act(at: number): Emission {
    const { habits, random } = this;
    const content = habits.write(random, at);
    if (this.turnsLeft < 1 || at - this.lastAt > IDLE_GAP_MS) this.open(at);
    else this.turnsLeft--;
    this.lastAt = at;
    const text = (content.system?.length ?? 0) + content.prompt.length;
    const input = Math.min(CONTEXT_LIMIT, Math.ceil(text / 4.2 + this.context + (content.attached ?? 0)));
    const outcome = this.outcome(at, content);
    const answered = outcome === 'completed';
    const output = answered ? Math.ceil(random.logNormal(medianOutput(content.capability) * habits.verbosity, 0.7)) : 0;
    const thinking = answered && random.chance(habits.thinks) ? Math.ceil(random.logNormal(480, 0.9)) : undefined;
    this.context = input + output;
    const keep = <T>(value: T): T | undefined => (random.chance(OMITTED) ? undefined : value);
    const place = habits.place(at, random);
    const client = habits.client(random, at);
    const path = habits.accessPath(random);
    const line: ExchangeLine = {
      id: `req_${random.hex(16)}`,
      occurred_at: new Date(at).toISOString(),
      account_id: this.account.account_id,
      model: habits.model(at, random),
      api_key_id: path === 'chat' ? undefined : keep(random.pickPopular(habits.apiKeys)),
      access_path: keep(path),
      client_address: keep(place.address),
      client_asn: keep(place.asn),
      user_agent: keep(client.userAgent),
      tls_ja4: keep(client.ja4),
      conversation_id: habits.turns > 1 || path === 'chat' ? keep(this.conversation) : undefined,
      end_user_id: habits.endUser ? keep(habits.endUser(random)) : undefined,
      input_tokens: keep(input),
      output_tokens: keep(output),
      reasoning_tokens: thinking === undefined ? undefined : keep(thinking),
      // Gateways often leave the usual outcome out.
      outcome: answered && random.chance(0.4) ? undefined : keep(outcome),
      system_instructions: content.system === undefined ? undefined : keep(content.system),
      prompt: keep(content.prompt),
      labels: classify(content, random),
      reasoning_origin_conversation_id: keep(this.origin(at, thinking !== undefined)),
    };
    return { line, campaign: content.campaign === true };
  }

  private open(at: number): void {
    const { random, habits } = this;
    this.previous = this.conversation;
    this.conversation = `conv_${random.id(14)}`;
    this.turnsLeft = habits.turns <= 1 ? 0 : Math.round(random.exponential(habits.turns - 1));
    this.context = 0;
    this.lastAt = at;
  }

  private outcome(at: number, content: Content): 'completed' | 'refused' | 'error' | 'rate_limited' {
    if (this.habits.bannedAt !== undefined && at >= this.habits.bannedAt) return 'error';
    if (this.random.chance(content.refusal ?? (content.elicits ? 0.012 : 0.006))) return 'refused';
    const draw = this.random.float();
    if (draw < 0.02) return 'error';
    return draw < 0.037 ? 'rate_limited' : 'completed';
  }

  private origin(at: number, thought: boolean): string | undefined {
    const replayed = this.habits.replays?.(this.random, at);
    if (replayed !== undefined) return replayed;
    if (!thought || this.habits.turns <= 1 || this.turnsLeft < 1) return undefined;
    // People fork conversations now and then, and carry a signature along.
    return this.previous !== '' && this.random.chance(0.02) ? this.previous : this.conversation;
  }
}
