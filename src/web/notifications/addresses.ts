/** Where notifications that are about no record lead, by their kind; rooms enter theirs. */
export const addresses = new Map<string, { to: string; search: Record<string, string> }>();
