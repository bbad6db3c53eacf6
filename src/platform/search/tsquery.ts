/** What a row's tokens must hold; rendered for PostgreSQL with the entity's code in front of every token. */
export type TokenQuery = { token: string; prefix?: boolean } | { and: TokenQuery[] } | { or: TokenQuery[] };

/** All of them; undefined when there is nothing to ask for. */
export function allOf(parts: (TokenQuery | undefined)[]): TokenQuery | undefined {
  const given = parts.filter((part) => part !== undefined);
  return given.length > 1 ? { and: given } : given[0];
}

/** Any of them; undefined when there is none. */
export function anyOf(parts: (TokenQuery | undefined)[]): TokenQuery | undefined {
  const given = parts.filter((part) => part !== undefined);
  return given.length > 1 ? { or: given } : given[0];
}

/** The text form of `tsquery`. */
export function renderQuery(query: TokenQuery, code: string): string {
  if ('token' in query) {
    const quoted = (code + query.token).replace(/\\/g, '\\\\').replace(/'/g, "''");
    return query.prefix ? `'${quoted}':*` : `'${quoted}'`;
  }
  const [parts, sign] = 'and' in query ? [query.and, ' & '] : [query.or, ' | '];
  return `(${[...new Set(parts.map((part) => renderQuery(part, code)))].join(sign)})`;
}
