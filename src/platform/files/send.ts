import type { FastifyReply, FastifyRequest } from 'fastify';
import { isInline } from './content-type.ts';
import { parseRange } from './range.ts';
import type { FileStore } from './store.ts';

export interface SentFile {
  digest: string;
  name: string;
  mime: string;
  size: number;
}

/**
 * Sends a file so that nothing in it ever runs as part of our pages: shown only where that is safe, otherwise downloaded
 * as plain bytes; never sniffed; in a sandbox of its own. Supports one byte range and revalidation.
 */
export function sendFile(
  store: FileStore,
  file: SentFile,
  options: { inline: boolean },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const inline = options.inline && isInline(file.mime);
  const etag = `"${file.digest.slice(0, 32)}"`;
  // The sandbox would keep browsers from showing PDF at all; their viewers run outside our origin anyway.
  const policy =
    file.mime === 'application/pdf' && inline
      ? "default-src 'none'; style-src 'unsafe-inline'"
      : "default-src 'none'; sandbox";
  reply
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-cache')
    .header('accept-ranges', 'bytes')
    .header('etag', etag)
    .header('content-disposition', disposition(inline ? 'inline' : 'attachment', file.name))
    .type(inline ? file.mime : 'application/octet-stream');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  const condition = request.headers['if-range'];
  const range =
    condition === undefined || condition === etag ? parseRange(request.headers.range, file.size) : null;
  if (range === 'outside') return reply.code(416).header('content-range', `bytes */${file.size}`).send();
  if (!range) return reply.header('content-length', file.size).send(store.read(file.digest));
  return reply
    .code(206)
    .header('content-range', `bytes ${range.from}-${range.to}/${file.size}`)
    .header('content-length', range.to - range.from + 1)
    .send(store.read(file.digest, range));
}

/** Sends the small picture of a file as safely as the file itself. */
export function sendThumbnail(
  picture: Buffer,
  file: SentFile,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const etag = `"${file.digest.slice(0, 32)}-small"`;
  reply
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-cache')
    .header('etag', etag)
    .type('image/webp');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.send(picture);
}

/** RFC 6266: the name in UTF-8, and a plain one for what does not read that. */
export function disposition(type: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${type}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
