/** For a process that another one started: it is ended by its parent alone, and with it. */
export function liveWithParent(): void {
  // A terminal or a service manager tells both at once.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});
  process.on('disconnect', () => process.exit());
}
