import type { Hit } from '../src/campaigns/hit.ts';
import { groupHits } from '../src/campaigns/group-hits.ts';
import { joinAlike } from '../src/campaigns/join-alike.ts';
import { matchCampaigns } from '../src/campaigns/match-campaigns.ts';
import { sureMembers } from '../src/campaigns/judge-members.ts';
import { createScorer } from '../src/campaigns/score-group.ts';
import { traitOf } from '../src/campaigns/trait.ts';

// What the graph step costs, of hits as many active accounts would give: `npx tsx bench/graph.ts [accounts] [shape]`.
// Each shape is run at a quarter of the accounts and at all of them: linear work takes four times as long.

const most = Number(process.argv[2] ?? 200_000);
const only = process.argv[3];

type Shape = (accounts: number) => Hit[];

const some = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(first + index));

function hit(trait: string, accounts: string[], change: Partial<Hit> = {}): Hit {
  const tie = { detection: 'shared-payment', family: 'payment', role: 'ties', weight: 2, evidence: {} } as const;
  return { ...tie, trait, accounts, ...change };
}

const content = { detection: 'shared-template', family: 'content', weight: 10 } as const;
const noNight = { detection: 'no-night', family: 'timing', role: 'supports', weight: 0 } as const;
const client = { detection: 'shared-client', family: 'client', role: 'supports', weight: 0 } as const;
const network = { detection: 'shared-network', family: 'network', weight: 3 } as const;

/** Every card pays for eight accounts, and a twentieth of all accounts has no night. */
const cards: Shape = (accounts) => [
  ...Array.from({ length: Math.floor(accounts / 8) }, (_, at) => hit(`card ${at}`, some(at * 8, 8))),
  hit('no night', some(0, Math.floor(accounts / 20)), noNight),
];

/** As many groups, and as many clients, as there are accounts to have them. */
const clients: Shape = (accounts) => [
  ...cards(accounts),
  ...Array.from({ length: Math.floor(accounts / 400) }, (_, at) => hit(`client ${at}`, some(at * 400, 400), client)),
];

/** Campaigns of a hundred accounts under ten templates that all of them use. */
const campaigns: Shape = (accounts) =>
  Array.from({ length: Math.floor(accounts / 100) * 10 }, (_, at) =>
    hit(`template ${at}`, some(Math.floor(at / 10) * 100, 100), content),
  );

/** One trait in every account, beside cards. */
const everywhere: Shape = (accounts) => [...cards(accounts), hit('in every account', some(0, accounts), content)];

/** Accounts that turn up with others on ever other networks: no two of them share more than one. */
const strangers: Shape = (accounts) => {
  const side = Math.floor(Math.sqrt(accounts));
  const member = (row: number, column: number) => String(row * side + column);
  return Array.from({ length: 16 }, (_, slope) =>
    Array.from({ length: side }, (__, from) =>
      hit(
        `network ${slope} ${from}`,
        Array.from({ length: side }, (___, row) => member(row, (from + slope * row) % side)),
        network,
      ),
    ),
  ).flat();
};

/** A hundred hubs with a hundred thousand cards of their own (or as many as there are), and two others on each. */
const hubs: Shape = (accounts) =>
  Array.from({ length: Math.floor(accounts / 2) }, (_, at) =>
    hit(`hub's ${at}`, [`hub ${at % 100}`, `hub ${(at * 7 + 1) % 100}`, String(at * 2), String(at * 2 + 1)]),
  );

/** Cards of four without any text, as many sets of them alike in three families as there are networks to have in common. */
const alike: Shape = (accounts) => [
  ...Array.from({ length: Math.floor(accounts / 4) }, (_, at) =>
    hit(traitOf('payment', BigInt(at)).toString(), some(at * 4, 4)),
  ),
  ...Array.from({ length: Math.floor(accounts / 40) }, (_, at) =>
    hit(`exits ${at}`, some(at * 40, 40), { ...network, role: 'supports', weight: 0 }),
  ),
  hit('no night', some(0, Math.floor(accounts / 10)), noNight),
  hit('client', some(0, Math.floor(accounts / 10)), client),
];

function graphStep(hits: Hit[], activeAccounts: number): { groups: number; found: number } {
  const textless = new Set(hits.flatMap(({ accounts }) => accounts));
  const groups = joinAlike(groupHits(hits, activeAccounts), hits, { activeAccounts, textless });
  const score = createScorer({ hits, activeAccounts, facts: new Map(), explain: () => '' });
  const scored = groups.map(score).flatMap((group) => ('confidence' in group ? [group] : []));
  const found = scored.map((group) => ({ ...group, accounts: sureMembers(group.members) }));
  const known = found.map((group, number) => ({ ...group, number, bestTie: group.typicalTie }));
  matchCampaigns(found, known);
  return { groups: groups.length, found: scored.length };
}

function measure(shape: Shape, accounts: number) {
  const hits = shape(accounts);
  const before = process.cpuUsage();
  const figures = graphStep(hits, accounts);
  const { user, system } = process.cpuUsage(before);
  return { ...figures, hits: hits.length, seconds: (user + system) / 1e6 };
}

for (const [name, shape] of Object.entries({ cards, clients, campaigns, everywhere, strangers, hubs, alike })) {
  if (only !== undefined && only !== name) continue;
  try {
    const small = measure(shape, Math.floor(most / 4));
    const large = measure(shape, most);
    const memory = process.resourceUsage().maxRSS / 1024;
    process.stdout.write(
      `${name.padEnd(12)} ${large.hits} hits, ${large.groups} groups, ${large.found} scored: ` +
        `${small.seconds.toFixed(2)} s → ${large.seconds.toFixed(2)} s, × ${(large.seconds / small.seconds).toFixed(1)}; at most ${memory.toFixed(0)} MB so far\n`,
    );
  } catch (fault) {
    process.stdout.write(`${name.padEnd(12)} ${String(fault)}\n`);
  }
}
