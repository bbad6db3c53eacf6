import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface MailServer {
  port: number;
  received: ParsedMail[];
  /** Answers the next messages by these in turn: a refusal, or `cut` for a line that breaks before the answer. */
  answers: ('cut' | { code: number; text: string })[];
  close(): Promise<void>;
}

export const MAIL_USER = { user: 'crm', password: 'Letter-Box-42' };

/** A real mail server on this computer that keeps what it receives. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ParsedMail[] = [];
  const answers: MailServer['answers'] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === MAIL_USER.user && password === MAIL_USER.password
        ? done(null, { user: username })
        : done(new Error('Invalid username or password')),
    onData(stream, _session, done) {
      simpleParser(stream)
        .then((mail) => {
          const answer = answers.shift();
          if (answer && answer !== 'cut')
            return done(Object.assign(new Error(answer.text), { responseCode: answer.code }));
          received.push(mail);
          if (answer === 'cut') return cutAll();
          done(null, 'kept');
        })
        .catch(done);
    },
    ...options,
  });
  const cutAll = () => {
    for (const connection of server.connections)
      (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
  };
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    answers,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
