import type { FastifyInstance, InjectOptions } from 'fastify';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever the server says
  body: any;
  /** `Set-Cookie` lines. */
  cookies: string[];
}

/** A browser as far as the server can tell: keeps cookies, sends what our pages send. */
export class Browser {
  readonly app: FastifyInstance;
  readonly address: string;
  readonly jar = new Map<string, string>();
  headers: Record<string, string> = {
    'x-guanxi': '1',
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0',
  };

  constructor(app: FastifyInstance, address: string) {
    this.app = app;
    this.address = address;
  }

  async send(
    method: string,
    path: string,
    payload?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.app.inject({
      method: method as InjectOptions['method'],
      url: `/api/v1${path}`,
      remoteAddress: this.address,
      headers: { ...this.headers, ...(cookie ? { cookie } : {}), ...headers },
      ...(payload === undefined ? {} : { payload: payload as object }),
    } as InjectOptions);
    const cookies = [response.headers['set-cookie'] ?? []].flat();
    for (const line of cookies) this.#keep(line);
    return { status: response.statusCode, body: response.body ? JSON.parse(response.body) : null, cookies };
  }

  #keep(line: string): void {
    const [pair, ...attributes] = line.split(/;\s*/);
    const at = pair!.indexOf('=');
    const name = pair!.slice(0, at);
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.jar.delete(name);
    else this.jar.set(name, pair!.slice(at + 1));
  }

  get = (path: string, headers?: Record<string, string>) => this.send('GET', path, undefined, headers);
  post = (path: string, body: unknown = {}, headers?: Record<string, string>) =>
    this.send('POST', path, body, headers);
  patch = (path: string, body: unknown, headers?: Record<string, string>) =>
    this.send('PATCH', path, body, headers);
  put = (path: string, body: unknown) => this.send('PUT', path, body);
  delete = (path: string, body?: unknown) => this.send('DELETE', path, body);
  signIn = (login: string, password: string) => this.post('/session', { login, password });

  /** What the server says of this browser's session. */
  async state(): Promise<string> {
    return (await this.get('/session')).body.state;
  }
}
