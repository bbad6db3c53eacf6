import { queryClient } from '../api/query.ts';

/** Where the answer to "who is signed in" is kept. */
export const SESSION = ['session'];

/** Asks again who is signed in; every page follows. */
export const refreshSession = () => queryClient.invalidateQueries({ queryKey: SESSION });
