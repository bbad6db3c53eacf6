import type { FastifyReply } from 'fastify';
import { disposition } from '../files/send.ts';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const;

/** Headers of a file that is to be saved under a name (RFC 6266), never shown or sniffed. */
export function downloadHeaders(reply: FastifyReply, name: string, format: keyof typeof TYPES): FastifyReply {
  return reply
    .header('content-disposition', disposition('attachment', name))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .type(TYPES[format]);
}
