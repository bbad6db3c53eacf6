/** What the server tells open pages, by the name of the event. */
export const TOLD = ['change', 'job', 'notification', 'meta'] as const;

export type Told = (name: (typeof TOLD)[number], data: string) => void;

/** What a page says to the worker that listens for all pages. */
export type Hello = { url: string; who: string } | 'bye';

/** Opens the stream. The browser reconnects by itself until the server refuses. */
export function openStream(url: string, told: Told): EventSource {
  const source = new EventSource(url);
  for (const name of TOLD) source.addEventListener(name, ({ data }) => told(name, data as string));
  return source;
}
