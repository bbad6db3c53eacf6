/** What was sold and when it is to be paid, for receivables, performance and analysis. */

export { type Waiting, waitingFor } from './instalment/waits.ts';
/** What customers ordered, what goes with it, and what they do not want. */
export { goesWith, orderedProducts, unwantedBy } from './together/read.ts';
export { instalmentsInForce, worth } from './worth.ts';
