import type { FastifyReply } from 'fastify';
import type { Problem } from '../entity/meta.shared.ts';
import { ProblemError } from '../errors/problem.ts';
import { errorText, type Language, type Translations } from '../i18n/translations.ts';

/** The problem document of an expected failure, in the caller's language. */
export function problemDocument(error: ProblemError, words: Translations, language: Language): Problem {
  const text = (code: string, params: Record<string, unknown>) => errorText(words, language, code, params);
  const detail = text(error.code, error.params);
  return {
    type: `urn:guanxi:problem:${error.code}`,
    title: detail,
    status: error.status,
    code: error.code,
    detail,
    ...(error.errors.length
      ? {
          errors: error.errors.map(({ path, code, params }) => ({
            path,
            code,
            message: text(code, params ?? {}),
          })),
        }
      : {}),
    ...error.extra,
  };
}

export function sendProblem(
  reply: FastifyReply,
  error: ProblemError,
  words: Translations,
  language: Language,
): FastifyReply {
  const seconds = error.params.retryAfter;
  if (typeof seconds === 'number') reply.header('retry-after', String(seconds));
  return reply
    .code(error.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemDocument(error, words, language)));
}

interface FastifyFailure extends Error {
  statusCode?: number;
  code?: string;
  column?: string;
}

/** Failures of the HTTP layer and of values the database refuses, as expected failures; anything else is ours to mend. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const { statusCode, code, column } = error as FastifyFailure;
  if (code === REFUSED_BY_TRIGGER) {
    const { message } = error as Error;
    return new ProblemError('invalid', { errors: [{ path: column ?? '', code: message }] });
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE')
    return new ProblemError('body_too_large', { status: 413 });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new ProblemError('media_type_unsupported', { status: 415 });
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return new ProblemError('bad_json', { status: 400 });
  if (statusCode === 429) return new ProblemError('too_many_requests', { status: 429 });
  if (statusCode && statusCode >= 400 && statusCode < 500)
    return new ProblemError('bad_request', { status: statusCode });
  if (error instanceof Error && BROKEN_FORM.test(error.message))
    return new ProblemError('bad_form', { status: 400 });
  if (code && REFUSED_VALUES.has(code)) return new ProblemError('bad_value', { status: 422 });
  if (code && BUSY.has(code)) return new ProblemError('busy', { status: 503, params: { retryAfter: 1 } });
  return new ProblemError('internal', { status: 500 });
}

/** Our own triggers refuse with this state: the message is the code, the column the field. */
const REFUSED_BY_TRIGGER = 'GX422';
/** The form parser tells what is wrong with a form in words only. */
const BROKEN_FORM =
  /^(Unexpected end of (multipart data|form|file)|Part terminated early|Malformed |Multipart: )/;
/** Number out of range, text that is no value of its type, character the encoding cannot hold. */
const REFUSED_VALUES = new Set(['22003', '22P02', '22007', '22008', '22021', '22P05']);
/** Serialisation failure, deadlock, too many connections, database stopping. */
const BUSY = new Set(['40001', '40P01', '53300', '57P01']);
