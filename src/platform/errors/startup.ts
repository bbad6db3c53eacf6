/**
 * Something outside the program keeps it from starting: a port in use, a folder that cannot be read, a database that
 * does not answer. The command line prints the message without a stack and ends with 1.
 */
export class StartupError extends Error {
  override name = 'StartupError';
  readonly code: string;

  constructor(code: string, zh: string, en: string, options?: ErrorOptions) {
    super(`${zh}\n${en}`, options);
    this.code = code;
  }
}

/** What kept the server from listening, in words: the port is taken, or not ours to use. Other errors come back as they are. */
export function explainListenError(error: unknown, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const retry = port + 1 > 65535 ? 3000 : port + 1;
  if (code === 'EADDRINUSE') {
    return new StartupError(
      'port-in-use',
      `端口 ${port} 已被另一个程序占用。请停止那个程序，或换一个端口：PORT=${retry} npm start`,
      `Port ${port} is used by another program. Stop it, or choose another port: PORT=${retry} npm start`,
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new StartupError(
      'port-refused',
      `系统不允许使用端口 ${port}。请换一个 1024 以上的端口：PORT=3000 npm start`,
      `The system does not allow port ${port}. Choose one above 1024: PORT=3000 npm start`,
      { cause: error },
    );
  }
  return error;
}
