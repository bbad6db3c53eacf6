import type { CapState } from '../hospitality/cap.ts';

/** The colour in which spending stands towards its cap. */
export const TONE: Record<CapState, string> = { within: 'song', near: 'teng', over: 'zhu' };
