import { dateIn } from '../time/instant.shared.ts';
import type { Context } from './context.ts';

/**
 * The company's day on which this work is done: numbers, rates and files bear it. At 00:30 in Beijing on 1 January it is the
 * new year already, in UTC it is not.
 */
export const dayOf = ({ timeZone, now }: Pick<Context, 'timeZone' | 'now'>): string => dateIn(timeZone, now);
