/** What other modules may use of leads: the signed way in, and who somebody is. */
export { channelAt } from './channel/read.ts';
export { isSigned, secretOf } from './channel/secret.ts';
export { whoIs } from './intake/known.ts';
