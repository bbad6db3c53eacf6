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
