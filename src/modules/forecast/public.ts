/** What open business is expected to bring, for plans. */
export { expected } from './expected.ts';
