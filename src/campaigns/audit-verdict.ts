export interface AuditHead {
  /** Also how many entries there are. */
  seq: number;
  /** SHA-256, hexadecimal; zeros before the first entry. */
  hash: string;
}

export type AuditVerdict =
  | { ok: true; head: AuditHead }
  | {
      ok: false;
      /** Of the first bad entry. */
      seq: number;
      problem: 'missing' | 'extra' | 'reordered' | 'edited' | 'truncated' | 'rewritten';
    };

/** Something of the chain that was kept outside of it. Without `seq`: the hash of some entry. */
export interface AuditAnchor {
  seq?: number | undefined;
  hash: string;
}

/** An entry as people are shown it. */
export interface AuditView {
  seq: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  reason: string;
}

/**
 * Anchors from what people kept: a hash, `1204:hash`, or the text of a file with one JSON object a line that has `seq`
 * (or `entries`) and `hash`, such as `retort audit export` writes. Undefined where it holds none.
 */
export function readAnchors(text: string): AuditAnchor[] | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const anchors = lines.map(readAnchor);
  return anchors.length > 0 && anchors.every((anchor) => anchor !== undefined) ? anchors : undefined;
}

function readAnchor(line: string): AuditAnchor | undefined {
  const plain = /^(?:(\d{1,15}):)?([0-9a-f]{64})$/i.exec(line);
  if (plain !== null) {
    const hash = (plain[2] ?? '').toLowerCase();
    return plain[1] === undefined ? { hash } : { seq: Number(plain[1]), hash };
  }
  try {
    const value = JSON.parse(line) as { seq?: unknown; entries?: unknown; hash?: unknown; data?: unknown };
    // As the webhook sends it.
    const { seq, entries, hash } = (value.data ?? value) as typeof value;
    const number = seq ?? entries;
    return typeof hash === 'string' && typeof number === 'number'
      ? { seq: number, hash: hash.toLowerCase() }
      : undefined;
  } catch {
    return undefined;
  }
}
