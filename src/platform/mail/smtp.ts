import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { outboundAddress } from './outbound.ts';
import type { SmtpServer } from './settings.ts';

export interface MailContent {
  subject: string;
  text: string;
  html?: string;
  /** Where one click ends mails of this kind (RFC 8058). */
  unsubscribe?: string;
  /** Whom an answer goes to; without it whoever reads the sender's mailbox. */
  replyTo?: { name: string; address: string };
  /** Files with their content in base64. */
  attachments?: { name: string; content: string }[];
}

export interface Envelope {
  to: string;
  messageId: string;
  date: string;
}

const CONNECT_MS = 15_000;
const ANSWER_MS = 60_000;

/** What became of handing a message to a server. */
export type Delivery =
  | { kind: 'sent'; answer: string }
  /** Refused, by an answer of the server or before it had the whole message: it has not got it. */
  | { kind: 'refused'; answer: string; permanent: boolean }
  /** It had the whole message and the line broke before its answer: nobody knows. */
  | { kind: 'uncertain'; answer: string };

interface SmtpError extends Error {
  responseCode?: number;
  response?: string;
}

/**
 * Hands one message to the server. `beforeHanding` runs when everything before the message itself has gone well, and must
 * have ended before its first byte leaves: whoever was cut off before that moment may try again without doubt.
 */
export async function deliver(
  server: SmtpServer,
  envelope: Envelope,
  content: MailContent,
  beforeHanding: () => Promise<void> = async () => {},
): Promise<Delivery> {
  let signedIn = false;
  let complete = false;
  let connection: SMTPConnection | undefined;
  try {
    connection = await connect(server);
    signedIn = true;
    const message = await compose(server, envelope, content);
    const stream = Readable.from(
      (async function* () {
        await beforeHanding();
        yield message;
        complete = true;
      })(),
    );
    const answer = await send(connection, { from: server.from, to: [envelope.to] }, stream);
    connection.quit();
    return { kind: 'sent', answer };
  } catch (error) {
    connection?.close();
    return failure(error as SmtpError, signedIn, complete);
  }
}

function failure(error: SmtpError, signedIn: boolean, complete: boolean): Delivery {
  const { responseCode, response, message } = error;
  const answer = (response ?? message).replace(/\s+/g, ' ').slice(0, 500);
  if (responseCode === undefined && complete) return { kind: 'uncertain', answer };
  // A wrong password or no encryption is for the administrator to mend: the message waits for it.
  const permanent = signedIn && responseCode !== undefined && responseCode >= 500;
  return { kind: 'refused', answer, permanent };
}

/** Connects and signs in; throws what the server said. */
async function connect(server: SmtpServer): Promise<SMTPConnection> {
  const { host, port, security, acceptSelfSigned, user, password } = server;
  const connection = new SMTPConnection({
    host: await outboundAddress(host, { inside: true }),
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    servername: host,
    tls: { servername: host, rejectUnauthorized: !acceptSelfSigned, minVersion: 'TLSv1.2' },
    allowInternalNetworkInterfaces: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
  });
  const { promise: broken, reject } = Promise.withResolvers<never>();
  // Also heard when nobody waits any more: an error nobody hears would end the process.
  broken.catch(() => {});
  connection.on('error', reject);
  const step = (run: (done: (error?: Error | null) => void) => void) =>
    Promise.race([
      broken,
      new Promise<void>((resolve, refuse) => run((error) => (error ? refuse(error) : resolve()))),
    ]);
  try {
    await step((done) => connection.connect(done));
    if (user) await step((done) => connection.login({ user, pass: password ?? '' }, done));
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function send(
  connection: SMTPConnection,
  envelope: { from: string; to: string[] },
  stream: Readable,
): Promise<string> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    connection.on('end', () => reject(new Error('the server closed the connection')));
    connection.send(envelope, stream, (error, info) =>
      error ? reject(error) : resolve((info as { response: string }).response),
    );
  });
}

function compose(server: SmtpServer, { to, messageId, date }: Envelope, content: MailContent) {
  const { subject, text, html, unsubscribe, replyTo, attachments = [] } = content;
  const oneClick = unsubscribe
    ? { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
    : {};
  return new MailComposer({
    from: { name: server.fromName, address: server.from },
    to: { name: '', address: to },
    subject,
    text,
    ...(html ? { html } : {}),
    ...(replyTo ? { replyTo } : {}),
    attachments: attachments.map(({ name, content: file }) => ({
      filename: name,
      content: Buffer.from(file, 'base64'),
    })),
    messageId,
    date: new Date(date),
    // No answer of another machine ("I am on holiday") is wanted.
    headers: { 'Auto-Submitted': 'auto-generated', ...oneClick },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
