import { pino } from 'pino';
import type { Log } from '../context/services.ts';

/**
 * Structured logs, one JSON object a line on standard output. `GUANXI_LOG_LEVEL`: trace, debug, info, warn (the default),
 * error, fatal or silent. Passwords, keys and cookies never stand in them.
 */
export function createLog(level = process.env.GUANXI_LOG_LEVEL ?? 'warn'): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: ['password', 'key', 'token', 'cookie', 'authorization'],
  });
}
