import type { Topic } from '../kinds.ts';
import type { Elicitation } from '../text/elicitation.ts';

/** Low and high; what lies between is the seed's to say. */
export type Range = readonly [number, number];

export type Content =
  | {
      kind: 'wrappers';
      /** How many fixed texts the tasks are wrapped in. */
      count: Range;
      ways: readonly Elicitation[];
      topics: readonly Topic[];
      /** The share of a wrapper's words that each request has otherwise. */
      edits?: number;
      /** Random words before everything. */
      preamble?: boolean;
      script?: boolean;
      /** Whether the wrapper may stand in the system text. */
      system?: boolean;
    }
  | { kind: 'questions'; from: readonly ('gsm8k' | 'selfinstruct' | 'toolformer' | 'roleplay')[] }
  | { kind: 'probe'; bypasses: Range };

/** One campaign: what is fixed about its kind. All else, the seed draws. */
export interface CampaignSpec {
  name: string;
  accounts: Range;
  perDay: Range;
  /** When it begins, as a share of the world's time. */
  starts: Range;
  /** For how many days it runs; to the end where left out. */
  lasts?: Range;
  content: Content;
  rhythm?: 'flat' | 'office' | 'ramp' | 'waves';
  payment?: 'groups' | 'one-each';
  /** How many accounts share an instrument. */
  perCard?: Range;
  virtual?: number;
  /** The share of accounts with throw-away mail. */
  throwaway?: Range;
  ages?: 'fresh' | 'aged';
  network?: 'residential' | 'hosting' | 'mixed';
  clients?: Range;
  accessPaths?: readonly string[];
  /** Accounts of many kinds: plans, programmes, firms, fake schools. */
  mixedTypes?: boolean;
  /** Exchanges of unrelated customers for each of the campaign's own, through the same accounts. */
  mixing?: Range;
  pivot?: boolean;
  ban?: boolean;
  /** The share of exchanges that replay a reasoning signature made in another account's conversation. */
  replays?: Range;
}
