import { dayOf } from '../../../web/fields/format.ts';

/** Today in the user's zone. */
export const todayText = (): string => dayOf(new Date().toISOString());
