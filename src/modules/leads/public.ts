/** What other modules may use of leads: the signed way in, and who somebody is. */
export { isFirst, signedChannel } from './channel/signed.ts';
export { whoIs } from './intake/known.ts';
