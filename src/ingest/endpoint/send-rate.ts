/** How much each sender may send: so many records at once, and after that so many a second. */
export interface SendRate {
  perSecond: number;
  burst: number;
}

/** What a sender has left, in thousandths of a record, and when that was so. Whole numbers: a promised wait is exact. */
interface Balance {
  left: number;
  at: number;
}

export interface SendLimiter {
  /** How long this sender's next batch has to wait, milliseconds; 0 where it may come. */
  waitMs(sender: number, now: number): number;
  /** Notes what was read of a batch. It may be more than was left: then the next ones wait for longer. */
  spend(sender: number, records: number, now: number): void;
}

const RECORD = 1_000;

/**
 * Bounds each sender's rate in this process. A batch is let in while anything is left and paid for once it was read: so
 * one that is refused was not even read, one of any size can be sent, and over time no more comes than the rate.
 */
export function createSendLimiter({ perSecond, burst }: SendRate): SendLimiter {
  const full = burst * RECORD;
  const balances = new Map<number, Balance>();

  /** A clock that goes backwards gives nothing. */
  function balanceOf(sender: number, now: number): Balance {
    const before = balances.get(sender) ?? { left: full, at: now };
    const at = Math.max(now, before.at);
    return { left: Math.min(full, before.left + (at - before.at) * perSecond), at };
  }

  return {
    waitMs(sender, now) {
      const { left, at } = balanceOf(sender, now);
      return left >= RECORD ? 0 : at - now + Math.ceil((RECORD - left) / perSecond);
    },
    spend(sender, records, now) {
      const { left, at } = balanceOf(sender, now);
      balances.set(sender, { left: left - records * RECORD, at });
    },
  };
}
