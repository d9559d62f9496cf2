const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/** Whether a statement gave up because somebody else holds what it needs. */
export function isLockFault(fault: unknown): boolean {
  const { code } = fault as { code?: unknown };
  return code === LOCK_NOT_AVAILABLE || code === DEADLOCK;
}
