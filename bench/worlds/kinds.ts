import type { Random } from './random.ts';

/** What the parts of a world say to one another. Times are epoch milliseconds. */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export type Topic =
  | 'coding'
  | 'agent'
  | 'math'
  | 'logic'
  | 'extraction'
  | 'support'
  | 'chat'
  | 'translation'
  | 'writing'
  | 'tutoring'
  | 'answers'
  | 'grading'
  | 'data';

/** An account as the contract's line has it. */
export interface AccountRecord {
  account_id: string;
  created_at: string;
  organization_id: string | null;
  email_domain: string;
  email_disposable: boolean;
  payment_fingerprint: string | null;
  payment_kind: string;
  plan: string;
  program: string;
  verification: string;
  signup_address: string;
  country: string;
  status: string;
  status_at?: string;
}

export interface Connection {
  access_path: string;
  api_key_id?: string;
  client_address: string;
  client_asn: number;
  user_agent: string;
  tls_ja4: string;
}

/** What one request says, and how large it and its answer are. */
export interface Request {
  prompt: string;
  system?: string | undefined;
  topics: readonly Topic[];
  /** Whether the prompt draws the reasoning out: in passing, as many honest applications do, or as its purpose. */
  elicits: 'no' | 'weakly' | 'strongly';
  input: number;
  output: number;
  reasoning: boolean;
}

/** A source of requests: an application, a person at a keyboard, a job queue. */
export interface Work {
  model: (random: Random, at: number) => string;
  request: (random: Random, turn: number, item: number) => Request;
  /** How many of its exchanges carry a conversation's id. */
  inConversation: number;
  /** How many are refused; a background rate where left out. */
  refused?: number;
}

/** An account together with where it is used from. */
export interface Member {
  record: AccountRecord;
  connect: (random: Random, at: number, conversation: string) => Connection;
  /** Fields that this account's gateway never gives. */
  blind: ReadonlySet<string>;
}

/** One exchange before it is written out. */
export interface Happening {
  at: number;
  member: Member;
  work: Work;
  conversation: string;
  turn: number;
  item: number;
  campaign?: string;
  endUser?: string;
  /** The conversation whose reasoning signature it replays. */
  origin?: string;
}

export interface StatusChange {
  at: number;
  member: Member;
  status: 'suspended' | 'banned';
}

/** A group of accounts that the truth names, or the nameless rest. */
export interface Group {
  name: string;
  kind: 'population' | 'lookalike' | 'resale' | 'extraction';
  members: Member[];
  happenings: Happening[];
  changes?: StatusChange[];
}
