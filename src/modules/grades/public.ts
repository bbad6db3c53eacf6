/** What other modules may use of grades. */
export {
  type CustomerPolicy,
  gradePolicies,
  policiesOfCustomers,
  policyOf,
} from './grade/policy.ts';
export type { GradePolicy } from './scheme/definition.shared.ts';
