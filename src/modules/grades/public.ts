/** What other modules may use of grades. */
export { DEFAULT_CONTACT_DAYS, policiesOfCustomers, policyOf } from './grade/policy.ts';
export { customerChunks, customerEstimate, reasonOf } from './grade/run.ts';
export { gradesAreRun } from './grade/running.ts';
export { conditionOf, located, readingsOf } from './scheme/compile.ts';
export { concernedBy, waysOf } from './scheme/concerned.ts';
export { withMeasures } from './scheme/measure-term.ts';
export { activeSchemes } from './scheme/read.ts';
export { readable } from './scheme/readable.ts';
