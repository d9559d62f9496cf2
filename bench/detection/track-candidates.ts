import type { Kind } from '../../src/campaigns/campaign.ts';
import type { AccountKey } from '../../src/campaigns/hit.ts';
import { sureMembers } from '../../src/campaigns/judge-members.ts';
import { matchCampaigns } from '../../src/campaigns/match-campaigns.ts';
import type { ScoredGroup } from '../../src/campaigns/score-group.ts';

/** A group as it was when it was surest, whether anybody was told of it or not. */
export interface Candidate {
  kind: Kind;
  confidence: number;
  accounts: AccountKey[];
}

interface Line {
  number: number;
  accounts: Set<AccountKey>;
  bestTie: number;
  confidence: number;
  surest: Candidate;
}

/** Follows groups from hour to hour as campaigns are followed, those that nobody is told of included. */
export class CandidateTrack {
  #lines: Line[] = [];
  #count = 0;

  add(groups: readonly ScoredGroup[]): void {
    const found = groups.map((group) => ({ ...group, accounts: sureMembers(group.members) }));
    const lines = new Map(this.#lines.map((line) => [line.number, line]));
    for (const { group: at, campaign, absorbed, weak } of matchCampaigns(found, this.#lines)) {
      const group = found[at];
      if (group === undefined || weak) continue;
      const { kind, confidence, typicalTie, accounts } = group;
      const now: Candidate = { kind, confidence, accounts: [...accounts] };
      const known = campaign === undefined ? undefined : lines.get(campaign);
      const line = known ?? {
        number: (this.#count += 1),
        accounts: new Set(),
        bestTie: typicalTie,
        confidence,
        surest: now,
      };
      for (const other of absorbed) {
        for (const account of lines.get(other)?.accounts ?? []) line.accounts.add(account);
        lines.delete(other);
      }
      for (const account of accounts) line.accounts.add(account);
      if (confidence > line.confidence) Object.assign(line, { confidence, surest: now });
      line.bestTie = Math.max(line.bestTie, typicalTie);
      lines.set(line.number, line);
    }
    this.#lines = [...lines.values()];
  }

  candidates(): Candidate[] {
    return this.#lines.map(({ surest }) => surest);
  }
}
