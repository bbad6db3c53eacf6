/** What modules with documents (quotes, orders, invoices) build on. */
export { documentBehaviour, salesBehaviour } from './behaviour.ts';
export { documentFields, lineFields, salesFields, salesLineFields } from './fields.ts';
export { groupsOf } from './lines/groups.shared.ts';
export { shownGroups } from './lines/whole.shared.ts';
export { documentPaper } from './paper.ts';
