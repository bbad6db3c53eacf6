/** What was sold and when it is to be paid, for receivables, performance and analysis. */
export { instalmentsInForce, worth } from './worth.ts';
