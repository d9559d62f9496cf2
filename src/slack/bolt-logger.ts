import { format } from 'node:util';
import { type Logger, LogLevel } from '@slack/bolt';
import { type Log, scrub } from '../log.ts';

/** Bolt's and the web client's talk, in our log; its level is ours to set. */
export function boltLogger(log: Log): Logger {
  const text = (message: unknown[]) => scrub(format(...message));
  return {
    debug: (...message) => log.debug(text(message)),
    info: (...message) => log.info(text(message)),
    warn: (...message) => log.warn(text(message)),
    error: (...message) => log.error(text(message)),
    setLevel() {},
    // Bolt formats what it would log at this level; ours drops what is below the configured one.
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
