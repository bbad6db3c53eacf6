/** What modules with documents (quotes, orders, invoices) build on. */
export { documentBehaviour } from './behaviour.ts';
export { documentFields, lineFields } from './fields.ts';
export { documentPaper } from './paper.ts';
