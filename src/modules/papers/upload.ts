import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { invalid, problem } from '../../platform/errors/problem.ts';
import { cleanName } from '../../platform/files/upload.ts';
import type { Received } from '../../platform/http/route.ts';
import { TEMPLATE_LIMITS } from '../../platform/papers/package.ts';

export interface TemplateFile {
  name: string;
  content: Buffer;
}

/** Takes in a form with one Word file; templates are small enough to hold. */
export async function receiveTemplate<F extends z.ZodType>(
  request: FastifyRequest,
  schema: F,
): Promise<Received<{ file: TemplateFile; fields: z.output<F> }>> {
  if (!request.isMultipart()) throw problem('media_type_unsupported', { status: 415 });
  const given: Record<string, unknown> = {};
  let file: TemplateFile | undefined;
  for await (const part of request.parts({ limits: { fileSize: TEMPLATE_LIMITS.file, files: 1 } })) {
    if (part.type === 'field') {
      if (part.value !== '') given[part.fieldname] = part.value;
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of part.file) chunks.push(chunk as Buffer);
    if (part.file.truncated)
      throw problem('file_too_large', { status: 413, params: { max: TEMPLATE_LIMITS.file / 1024 / 1024 } });
    file = { name: cleanName(part.filename), content: Buffer.concat(chunks) };
  }
  if (!file) throw problem('file_required', { status: 422, errors: [{ path: 'file', code: 'required' }] });
  const fields = schema.safeParse(given);
  if (!fields.success)
    throw invalid(fields.error.issues.map(({ path }) => ({ path: path.join('.'), code: 'bad_format' })));
  const digest = createHash('sha256').update(file.content).digest('hex');
  return {
    body: { file, fields: fields.data },
    digest: JSON.stringify([file.name, given, digest]),
    discard: async () => {},
  };
}
