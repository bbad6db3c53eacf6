/** The one gate every message of ours to a person goes through, and what a person wants of us. */
export { dayTakenBy, freeDays, takeDay, wantNothing, wishingNothing } from './gate/day.ts';
export { type OffPage, offLink, offRoutes } from './gate/off-page.ts';
