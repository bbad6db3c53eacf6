import { Agent, request } from 'node:http';

export interface Timing {
  p50: number;
  p95: number;
  calls: number;
}

/** Sorts the times of calls, in milliseconds. */
export function timingOf(times: number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), calls: sorted.length };
}

/** One caller: `warm` calls first that do not count, then `calls` one after the other. */
export async function oneClient(
  call: (index: number) => Promise<unknown>,
  calls = 300,
  warm = 20,
): Promise<Timing> {
  for (let index = 0; index < warm; index++) await call(index);
  const times: number[] = [];
  for (let index = 0; index < calls; index++) {
    const began = performance.now();
    await call(warm + index);
    times.push(performance.now() - began);
  }
  return timingOf(times);
}

/** Callers at the same time, each one call after the other. */
export async function manyClients(
  call: (index: number) => Promise<unknown>,
  clients = 8,
  calls = 100,
): Promise<Timing & { perSecond: number }> {
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let index = 0; index < calls; index++) {
        const start = performance.now();
        await call(100_000 + client * calls + index);
        times.push(performance.now() - start);
      }
    }),
  );
  return { ...timingOf(times), perSecond: (clients * calls * 1000) / (performance.now() - began) };
}

export interface Client {
  get(path: string): Promise<{ status: number; body: string }>;
  post(path: string, body: unknown): Promise<{ status: number; body: string }>;
}

/** An HTTP client with keep-alive that fails on every status but success. */
export function httpClient(port: number, key: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const send = (method: string, path: string, body?: unknown) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${key}`,
        ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
      };
      const sent = request(
        { agent, host: '127.0.0.1', port, method, path: `/api/v1${path}`, headers },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part) => parts.push(part));
          response.on('end', () => {
            const answer = { status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() };
            if (answer.status < 400) resolve(answer);
            else reject(new Error(`${method} ${path}: ${answer.status} ${answer.body.slice(0, 500)}`));
          });
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });
  return { get: (path) => send('GET', path), post: (path, body) => send('POST', path, body) };
}
