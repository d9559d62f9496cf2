/** What is told of an account in a campaign's file. `joinedAt` is epoch milliseconds. */
export interface MemberRow {
  accountId: string;
  standing: string;
  strength: number;
  detections: readonly string[];
  joinedAt: number;
  accountStatus: string | null;
  organizationId: string | null;
}

const COLUMNS = ['account_id', 'standing', 'strength', 'detections', 'joined_at', 'status', 'organization_id'];

/** A campaign's accounts as RFC 4180, for a spreadsheet or a script. */
export function membersCsv(members: readonly MemberRow[]): string {
  const rows = members.map((row) => [
    row.accountId,
    row.standing,
    row.strength.toFixed(3),
    row.detections.join(' '),
    new Date(row.joinedAt).toISOString(),
    row.accountStatus ?? '',
    row.organizationId ?? '',
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A spreadsheet takes what begins so for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
