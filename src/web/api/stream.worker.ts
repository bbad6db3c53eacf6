import { type Hello, openStream } from './streamSource.ts';

/** One stream for all pages of a browser: it has six connections to a server, and each open page would keep one. */
const pages = new Set<MessagePort>();
let stream: { source: EventSource; who: string } | undefined;

function open({ url, who }: Exclude<Hello, 'bye'>): void {
  // Refused (signed out), or of somebody who was signed in before.
  if (stream?.who === who && stream.source.readyState !== EventSource.CLOSED) return;
  stream?.source.close();
  const source = openStream(url, (name, data) => {
    for (const page of pages) page.postMessage({ name, data });
  });
  stream = { source, who };
}

function leave(page: MessagePort): void {
  pages.delete(page);
  if (pages.size > 0) return;
  stream?.source.close();
  stream = undefined;
}

self.addEventListener('connect', (event) => {
  const [page] = (event as MessageEvent).ports;
  if (!page) return;
  page.onmessage = ({ data }: MessageEvent<Hello>) => {
    if (data === 'bye') return leave(page);
    pages.add(page);
    open(data);
  };
});
