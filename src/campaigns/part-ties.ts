import type { AccountKey, Hit } from './hit.ts';
import { isOfContent } from './trait.ts';

/** Of the smaller of two ties, the share of accounts in common from which on both are one queue's. */
const ONE_QUEUE = 0.5;
/** A queue has at least so many accounts. */
const SMALLEST_QUEUE = 5;
/** The share of a queue's templates that its accounts bear. */
const MOST = 0.5;
/** A card or a network is one queue's when so much of it is. */
const OWN = 0.9;
/** Of all such ties, the share that may cross: a seller of networks serves more than one. */
const MAY_CROSS = 0.1;

interface Queue {
  ties: Hit[];
  accounts: Set<AccountKey>;
}

/**
 * The parts of a group that nothing but a phrase holds together: queues with templates, and with cards or networks, of
 * their own. However much a phrase weighs that both ask with, it welds them only where these cross, too. Undefined where
 * the group is one queue's, or where nothing but content could tell. What both have is left out; `rest` is what has
 * nothing to do with either.
 */
export function partTies(ties: readonly Hit[]): { queues: Hit[][]; rest: Hit[] } | undefined {
  const all = queuesOf(ties.filter(({ family }) => family === 'content'));
  const queues = all.filter(({ accounts }) => accounts.size >= SMALLEST_QUEUE);
  if (queues.length < 2) return undefined;
  const queueOf = new Map(queues.flatMap((queue) => [...queue.accounts].map((account) => [account, queue] as const)));
  const owned = new Map<Queue, Hit[]>();
  const rest = all.filter((queue) => !queues.includes(queue)).flatMap((queue) => queue.ties);
  // Of each queue, the cards and networks that are its own.
  const bearers = new Map<Queue, number>();
  let crossing = 0;
  for (const tie of ties) {
    if (tie.family === 'content') continue;
    const counts = new Map<Queue, number>();
    for (const account of tie.accounts) {
      const queue = queueOf.get(account);
      if (queue !== undefined) counts.set(queue, (counts.get(queue) ?? 0) + 1);
    }
    const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
    const counted = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (most === undefined) {
      rest.push(tie);
      continue;
    }
    const isOne = most[1] >= OWN * counted;
    if (isOne) owned.set(most[0], [...(owned.get(most[0]) ?? []), tie]);
    // What is told of a phrase's users says of cards no more than the phrase.
    if (isOfContent(tie)) continue;
    if (isOne) bearers.set(most[0], (bearers.get(most[0]) ?? 0) + 1);
    else crossing += 1;
  }
  const own = [...bearers.values()].reduce((sum, count) => sum + count, 0);
  if (bearers.size < 2 || crossing > MAY_CROSS * (own + crossing)) return undefined;
  return { queues: queues.map((queue) => [...queue.ties, ...(owned.get(queue) ?? [])]), rest };
}

/** The narrowest first: what covers two queues that have templates of their own is neither's. */
function queuesOf(content: readonly Hit[]): Queue[] {
  const queues = new Set<Queue>();
  const queueOf = new Map<AccountKey, Queue>();
  const narrowest = content.toSorted((a, b) => a.accounts.length - b.accounts.length || (a.trait < b.trait ? -1 : 1));
  for (const tie of narrowest) {
    const shared = new Map<Queue, number>();
    for (const account of tie.accounts) {
      const queue = queueOf.get(account);
      if (queue !== undefined) shared.set(queue, (shared.get(queue) ?? 0) + 1);
    }
    const near = [...shared].filter(([{ accounts }, count]) => {
      return count >= ONE_QUEUE * Math.min(accounts.size, tie.accounts.length);
    });
    const [first] = near;
    if (near.length > 1) continue;
    const queue = first?.[0] ?? { ties: [], accounts: new Set<AccountKey>() };
    queues.add(queue);
    queue.ties.push(tie);
    for (const account of tie.accounts) {
      if (queueOf.has(account)) continue;
      queueOf.set(account, queue);
      queue.accounts.add(account);
    }
  }
  return [...queues].map(withoutStrays);
}

/** Who belongs to a queue bears most of its templates; a stranger met one of them. */
function withoutStrays({ ties, accounts }: Queue): Queue {
  const borne = new Map<AccountKey, number>();
  for (const tie of ties) for (const account of tie.accounts) borne.set(account, (borne.get(account) ?? 0) + 1);
  const most = [...accounts].filter((account) => (borne.get(account) ?? 0) >= MOST * ties.length);
  return { ties, accounts: new Set(most) };
}
