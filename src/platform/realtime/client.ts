import type { ServerResponse } from 'node:http';
import type { Context, Principal } from '../context/context.ts';

/** A client that does not read is let go: it comes back and asks anew. */
const MAX_WAITING = 1024 * 1024;

/** One open page, as a stream of server-sent events. */
export class LiveClient {
  readonly #response: ServerResponse;
  readonly authenticate: () => Promise<Principal | null>;
  context: Context;
  metaVersion = '';

  constructor(response: ServerResponse, context: Context, authenticate: () => Promise<Principal | null>) {
    this.#response = response;
    this.context = context;
    this.authenticate = authenticate;
  }

  get userId(): string | null {
    return this.context.principal.userId;
  }

  /** @param id where to go on after a broken connection */
  send(event: string, data: unknown, id?: string): void {
    this.#write(`${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Keeps proxies from closing a silent connection. */
  beat(): void {
    this.#write(': \n\n');
  }

  onClose(listener: () => void): void {
    this.#response.on('close', listener);
  }

  close(): void {
    this.#response.end();
  }

  #write(text: string): void {
    if (this.#response.writableEnded || this.#response.destroyed) return;
    if (this.#response.writableLength > MAX_WAITING) this.#response.destroy();
    else this.#response.write(text);
  }
}
