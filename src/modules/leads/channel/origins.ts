/** Web sites named one a line or with commas: their origins, and what is none. */
export function originsOf(text: string | null): { origins: string[]; wrong: string[] } {
  const origins = new Set<string>();
  const wrong: string[] = [];
  for (const written of (text ?? '').split(/[\s,，;；]+/).filter(Boolean)) {
    const url = URL.canParse(written) ? new URL(written) : null;
    // Only what stands in a header as it is: no path, no wildcard, nothing that could end the directive.
    const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash;
    if (plain && /^[\w.:-]+$/.test(url.host)) origins.add(url.origin);
    else wrong.push(written);
  }
  return { origins: [...origins], wrong };
}
