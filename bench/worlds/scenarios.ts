import type { CampaignSpec, Range } from './campaigns/spec.ts';
import type { Topic } from './kinds.ts';

/** Fields that a scenario's gateway gives nobody. */
export type Withheld = 'labels' | 'ja4' | 'payment' | 'text';

export interface Scenario {
  name: string;
  description: string;
  campaigns: readonly CampaignSpec[];
  days: Range;
  /** Ordinary accounts. */
  population: Range;
  without?: readonly Withheld[];
  /** Whether it needs the real prompts beside the checkout. */
  real?: boolean;
}

const WORK: readonly Topic[] = ['coding', 'agent', 'logic'];
const letter: CampaignSpec = {
  name: 'letter',
  accounts: [90, 200],
  perDay: [24, 28],
  starts: [0.35, 0.7],
  content: { kind: 'wrappers', count: [5, 12], ways: ['reasoning', 'tools', 'tags'], topics: WORK },
};
const like = (name: string, change: Partial<CampaignSpec>): CampaignSpec => ({ ...letter, name, ...change });
const wrapped = (change: Partial<Extract<CampaignSpec['content'], { kind: 'wrappers' }>>): CampaignSpec['content'] => ({
  kind: 'wrappers',
  count: [4, 10],
  ways: ['reasoning', 'tags', 'tools'],
  topics: [...WORK, 'math', 'answers'],
  ...change,
});

const thin = like('thin13', { accounts: [120, 220], perDay: [12, 14], starts: [0.3, 0.5] });
const deepseek = like('deepseek', {
  accounts: [50, 90],
  perDay: [35, 70],
  rhythm: 'waves',
  perCard: [8, 20],
  content: wrapped({ ways: ['rubric', 'rubric', 'reasoning'], topics: ['grading', 'math', 'logic'] }),
});
const moonshot = like('moonshot', {
  accounts: [100, 160],
  perDay: [42, 50],
  starts: [0.5, 0.7],
  accessPaths: ['api', 'api', 'bedrock', 'vertex', 'foundry', 'chat'],
  mixedTypes: true,
  network: 'mixed',
  clients: [4, 8],
  content: wrapped({ topics: ['agent', 'coding', 'data', 'logic'] }),
});
const alibaba = like('alibaba', {
  accounts: [14, 22],
  perDay: [820, 890],
  starts: [0.3, 0.6],
  lasts: [3, 4.5],
  ban: true,
  throwaway: [0.6, 1],
  virtual: 0.95,
  content: wrapped({ count: [1, 1], ways: ['tags'] }),
});
const rest: Omit<Scenario, 'name' | 'description' | 'campaigns'> = { days: [10, 14], population: [550, 950] };
const small = { ...rest, population: [400, 600] as const };
const one = (description: string, campaign: CampaignSpec, change: Partial<Scenario> = {}): Scenario => ({
  name: campaign.name,
  description,
  campaigns: [campaign],
  ...rest,
  ...change,
});

/** Every world that can be made. */
export const SCENARIOS: readonly Scenario[] = [
  one('26 a day and account, several wrappers on software engineering and agents', letter),
  one('the same where the provider has no classifiers', like('letter-no-labels', {}), { without: ['labels'] }),
  one('13 a day and account', thin),
  one('rubric grading and reasoning traces in waves, shared payment', deepseek),
  one('46 a day over several access paths and kinds of account', moonshot),
  one(
    'agentic coding with tools; moves to a new model within a day',
    like('minimax', {
      accounts: [60, 110],
      perDay: [35, 60],
      starts: [0.15, 0.3],
      pivot: true,
      content: wrapped({ ways: ['tools'], topics: ['agent', 'coding'] }),
    }),
  ),
  one('857 a day, one prompt for inline tags; banned, then a second pool', alibaba, small),
  one(
    '733 a day and account',
    like('zhipu', { accounts: [12, 20], perDay: [700, 760], starts: [0.3, 0.5], lasts: [4, 6], network: 'mixed' }),
    small,
  ),
  one(
    '13 a day for a long time',
    like('xiaomi', { accounts: [110, 180], perDay: [12, 14], starts: [0.1, 0.25], throwaway: [0.2, 0.6] }),
  ),
  one(
    'reasoning signatures of one account replayed in others',
    like('signature-replay', { replays: [0.25, 0.6], accounts: [60, 110] }),
  ),
  one(
    'more than 12,000 requests comparing bypasses',
    like('bypass-probe', {
      accounts: [12, 20],
      perDay: [290, 330],
      lasts: [3.4, 4],
      starts: [0.3, 0.6],
      content: { kind: 'probe', bypasses: [12, 30] },
    }),
  ),
  one(
    'real questions without any wrapper',
    like('bare-questions', { content: { kind: 'questions', from: ['gsm8k', 'selfinstruct'] } }),
    { real: true },
  ),
  one(
    'real templated prompts of a distillation set',
    like('gpteacher', { content: { kind: 'questions', from: ['toolformer', 'roleplay'] } }),
    { real: true },
  ),
  one(
    'wrappers with a tenth of the words changed each time',
    like('edited-templates', { content: wrapped({ edits: 0.1 }) }),
  ),
  one(
    'one to eleven random words before each prompt',
    like('padded-preamble', { content: wrapped({ preamble: true, system: false }) }),
  ),
  one('prompts in scripts other than Latin', like('multi-language', { content: wrapped({ script: true }) })),
  one('a payment card for each account', like('one-card-each', { payment: 'one-each' })),
  one('accounts bought old', like('aged-accounts', { ages: 'aged' })),
  one('the rhythm of an office', like('office-hours', { rhythm: 'office', starts: [0.2, 0.4] })),
  one('grows from hardly anything over days', like('slow-ramp', { rhythm: 'ramp', starts: [0.1, 0.25] })),
  one(
    'through proxies that serve ordinary customers too',
    like('mixed-proxy', { mixing: [0.3, 1], accounts: [50, 90], perDay: [24, 40] }),
  ),
  one(
    '6 a day and account, late',
    like('low-and-late', { accounts: [150, 240], perDay: [5.5, 6.5], starts: [0.5, 0.65] }),
  ),
  {
    name: 'three-at-once',
    description: 'three campaigns that know nothing of each other',
    campaigns: [
      like('three-letter', { accounts: [50, 90], starts: [0.3, 0.6] }),
      { ...deepseek, name: 'three-judges', accounts: [35, 60] },
      { ...moonshot, name: 'three-paths', accounts: [40, 70] },
    ],
    ...rest,
  },
  one('no client fingerprints at all', like('no-ja4', {}), { without: ['ja4'] }),
  one('no payment data at all', like('no-payment', {}), { without: ['payment'] }),
  one('no texts at all', like('no-text', {}), { without: ['text'] }),
  { name: 'resale-only', description: 'no campaign; look-alikes and a resale network', campaigns: [], ...rest },
  {
    name: 'benign-a',
    description: 'thirty days without a campaign',
    campaigns: [],
    days: [30, 30],
    population: [200, 320],
  },
  {
    name: 'benign-b',
    description: 'thirty days without a campaign',
    campaigns: [],
    days: [30, 30],
    population: [200, 320],
  },
];

export const scenario = (name: string): Scenario | undefined => SCENARIOS.find((each) => each.name === name);
