import { advisory } from './campaigns/advisory.ts';
import { alibaba } from './campaigns/alibaba.ts';
import { bareQuestions } from './campaigns/bare-questions.ts';
import { bypassProbe } from './campaigns/bypass-probe.ts';
import { deepseek } from './campaigns/deepseek.ts';
import { mixedAges, oneCardEach, paddedTemplates } from './campaigns/evasive.ts';
import { letter, thinWide } from './campaigns/letter.ts';
import { minimax } from './campaigns/minimax.ts';
import { mixedProxy } from './campaigns/mixed-proxy.ts';
import { moonshot, moonshot46 } from './campaigns/moonshot.ts';
import { signatureReplay } from './campaigns/signature-replay.ts';
import { xiaomi, zhipu } from './campaigns/steady.ts';
import type { Campaign } from './group.ts';

export interface Scenario {
  readonly name: string;
  readonly description: string;
  readonly days: number;
  /** Days before the campaign begins; a quarter of the world at most. */
  readonly leadDays: number;
  /** Benign accounts at scale 1, beside the look-alikes. */
  readonly population: number;
  /** A scale at which the world is handy to work with. */
  readonly usualScale: number;
  readonly campaigns: readonly Campaign[];
  /** Reduces the least sizes of population and look-alikes in worlds that are small on purpose. */
  readonly leastFactor: number;
}

type Row = [
  name: string,
  days: number,
  population: number,
  usualScale: number,
  campaigns: readonly Campaign[],
  description: string,
];

/** Campaigns are of the disclosed size and length at scale 1; the days before them come on top. */
const rows: readonly Row[] = [
  [
    'letter',
    46,
    300_000,
    0.005,
    [letter],
    'thin and wide: 25,000 accounts at 26 a day, several wrappers, cards for eight accounts each',
  ],
  [
    'deepseek',
    16,
    12_000,
    0.2,
    [deepseek],
    'rubric grading and reasoning traces in synchronized batches, shared payment methods',
  ],
  ['moonshot', 32, 80_000, 0.05, [moonshot], 'hundreds of accounts of mixed types over several access paths'],
  ['moonshot-46', 95, 200_000, 0.005, [moonshot46], '5,380 accounts at 46 a day in shifts'],
  [
    'minimax',
    32,
    300_000,
    0.01,
    [minimax],
    'agentic coding; half of the traffic moves to a new model within a day of its release',
  ],
  [
    'alibaba',
    52,
    600_000,
    0.004,
    [alibaba],
    '857 a day under one fixed prompt; after the ban a second pool takes over',
  ],
  ['zhipu', 19, 150_000, 0.05, [zhipu], '273 accounts at 733 a day'],
  ['xiaomi', 22, 20_000, 0.1, [xiaomi], '1,540 accounts at 13 a day, never more'],
  ['signature-replay', 16, 400_000, 0.01, [signatureReplay], 'reasoning signatures replayed in other conversations'],
  ['bypass-probe', 7, 4_000, 1, [bypassProbe], '12,000 requests that compare ways around a safeguard'],
  ['advisory', 16, 40_000, 0.05, [advisory], 'an enterprise’s use on personal plans, each account over many clients'],
  [
    'bare-questions',
    16,
    15_000,
    0.2,
    [bareQuestions],
    'no wrapper at all: only infrastructure and timing tie the accounts',
  ],
  [
    'mixed-proxy',
    16,
    300_000,
    0.01,
    [mixedProxy],
    'a proxy network that carries unrelated customers beside the campaign',
  ],
  [
    'padded-templates',
    16,
    20_000,
    0.1,
    [paddedTemplates],
    'random words before the templates, a tenth of their words replaced',
  ],
  ['one-card-each', 16, 18_000, 0.1, [oneCardEach], 'a virtual card for every account'],
  ['mixed-ages', 16, 18_000, 0.1, [mixedAges], 'bought accounts, old and new, at home addresses of their own'],
  [
    'three-at-once',
    19,
    400_000,
    0.005,
    [letter, zhipu, xiaomi],
    'three campaigns that have nothing to do with one another',
  ],
  ['benign', 30, 20_000, 0.1, [], 'no campaign, all the look-alikes'],
];

/** Small enough to be watched: about 300 benign accounts, look-alikes among them, and a campaign on the second day. */
const demo: Scenario = {
  name: 'demo',
  description: 'five days of about 300 benign accounts; a campaign of 60 begins on the second day',
  days: 5,
  leadDays: 1,
  population: 150,
  usualScale: 1,
  campaigns: [thinWide('thin-wide', 60)],
  leastFactor: 0.5,
};

export const Scenarios: readonly Scenario[] = [
  ...rows.map(([name, days, population, usualScale, campaigns, description]) => ({
    name,
    description,
    days,
    leadDays: 2,
    population,
    usualScale,
    campaigns,
    leastFactor: 1,
  })),
  demo,
];

export const findScenario = (name: string): Scenario | undefined => Scenarios.find((one) => one.name === name);
