/** The one gate every message of ours to a person goes through, and what a person wants of us. */
export { dayTakenBy, freeDays, takeDay, wantNothing } from './gate/day.ts';
