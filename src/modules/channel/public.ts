/** What other modules may use of this one. */
export { ownPartner } from './side.ts';
