import type { Person } from './app.ts';
import { eventually } from './app.ts';

export interface LiveMessage {
  event: string;
  id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever the server says
  data: any;
}

export interface LivePage {
  status: number;
  messages: LiveMessage[];
  closed: Promise<void>;
  /** The first message that meets the condition, waited for. */
  next(meets: (message: LiveMessage) => boolean): Promise<LiveMessage>;
  /** Notices of changes so far. */
  changes(): LiveMessage['data'][];
  close(): void;
}

/** An open page of a person, as the browser's EventSource keeps it. */
export async function openLive(
  address: string,
  person: Person,
  headers: Record<string, string> = {},
): Promise<LivePage> {
  const abort = new AbortController();
  const response = await fetch(`${address}/api/v1/live`, {
    headers: { authorization: `Bearer ${person.key}`, ...headers },
    signal: abort.signal,
  });
  const messages: LiveMessage[] = [];
  const closed = response.ok ? read(response, messages).catch(() => {}) : Promise.resolve();
  return {
    status: response.status,
    messages,
    closed,
    next: (meets) => eventually(async () => messages.find(meets)),
    changes: () => messages.filter((message) => message.event === 'change').map((message) => message.data),
    close: () => abort.abort(),
  };
}

async function read(response: Response, messages: LiveMessage[]): Promise<void> {
  let rest = '';
  const text = (response.body as ReadableStream<Uint8Array>).pipeThrough(
    new TextDecoderStream() as never,
  ) as ReadableStream<string>;
  for await (const chunk of text) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() as string;
    for (const block of blocks) {
      const fields = new Map(
        block
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      const event = fields.get('event');
      if (!event) continue;
      const id = fields.get('id');
      messages.push({ event, data: JSON.parse(fields.get('data') as string), ...(id ? { id } : {}) });
    }
  }
}
