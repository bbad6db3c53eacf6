import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { notFound } from '../../platform/errors/problem.ts';
import { disposition } from '../../platform/files/send.ts';
import { downloadHeaders } from '../../platform/http/download.ts';
import { flag, idParams, type Route, route } from '../../platform/http/route.ts';
import { translate } from '../../platform/i18n/translations.ts';
import { placeholdersOf, plainName } from '../../platform/papers/names.ts';
import { officeProgram } from '../../platform/papers/office.ts';
import { samplePaper } from '../../platform/papers/sample.ts';
import {
  addTemplate,
  addVersion,
  changeTemplate,
  specNamed,
  templateBody,
  templateFields,
  versionFields,
} from './manage.ts';
import { printPaper } from './print.ts';
import { allTemplates, contentOf, templatesFor } from './store.ts';
import { receiveTemplate } from './upload.ts';

const tag = 'papers';
const kindParams = z.strictObject({ kind: z.string().max(60) });
const paperParams = z.strictObject({ kind: z.string().max(60), id: z.uuid() });
const language = z.enum(['zh', 'en']).optional();
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Word templates: administrators keep them, people print with them what they may read. */
export function paperRoutes(): Route[] {
  return [...managing(), ...printing()];
}

function managing(): Route[] {
  const access = 'administrator' as const;
  return [
    route({
      method: 'GET',
      path: '/paper-templates',
      summary: 'The Word templates with their versions, and the kinds of paper there are',
      tag,
      access,
      handle: async ({ ctx, services }) => ({
        items: await allTemplates(ctx),
        kinds: services.papers.map(({ name, entity }) => ({
          name,
          entity,
          label: translate(ctx.registry.words, ctx.principal.language, `paper.${name}`),
        })),
        office: (await officeProgram()) !== null,
      }),
    }),
    route({
      method: 'POST',
      path: '/paper-templates',
      summary: 'A new Word template; form fields say of which kind, its name, and for whom it is',
      tag,
      access,
      status: 201,
      receive: ({ request }) => receiveTemplate(request, templateFields),
      handle: ({ ctx, services, body: { file, fields } }) => addTemplate(ctx, services, file, fields),
    }),
    route({
      method: 'POST',
      path: '/paper-templates/{id}/versions',
      summary: 'A new version of a Word template, from a day on',
      tag,
      access,
      status: 201,
      params: idParams,
      receive: ({ request }) => receiveTemplate(request, versionFields),
      handle: ({ ctx, services, params, body: { file, fields } }) =>
        addVersion(ctx, services, params.id, file, fields),
    }),
    route({
      method: 'PUT',
      path: '/paper-templates/{id}',
      summary: 'Change for whom a Word template is, make it the usual one, or retire it',
      tag,
      access,
      status: 200,
      params: idParams,
      body: templateBody,
      handle: async ({ ctx, params, body }) => {
        await changeTemplate(ctx, params.id, body);
        return { id: params.id };
      },
    }),
    route({
      method: 'GET',
      path: '/paper-templates/{id}/versions/{edition}/content',
      summary: 'The Word file of a version',
      tag,
      access,
      params: z.strictObject({ id: z.uuid(), edition: z.coerce.number().int().min(1).max(1_000_000) }),
      handle: async ({ ctx, params, reply }) => {
        const found = await contentOf(ctx, params.id, params.edition);
        if (!found) throw notFound();
        return sendWord(reply, found.fileName, found.content);
      },
    }),
    route({
      method: 'GET',
      path: '/paper-kinds/{kind}/placeholders',
      summary: 'What a template of a kind may ask for, as data or as CSV',
      tag,
      access,
      params: kindParams,
      query: z.strictObject({ format: z.enum(['json', 'csv']).default('json'), language }),
      handle: ({ ctx, services, params, query, reply }) => {
        const shape = specNamed(services, params.kind).shape(ctx);
        const speech = query.language ?? ctx.principal.language;
        const items = placeholdersOf(shape).map(({ written, label, loop }) => ({
          placeholder: `{${written[speech]}}`,
          label: label[speech],
          loop: plainName(shape.loops.find(({ name }) => name === loop)?.label[speech] ?? '') || null,
        }));
        if (query.format === 'json') return { items };
        const lines = items.map(({ placeholder, label, loop }) =>
          [loop ? `{#${loop}}…{/${loop}}` : '', placeholder, label].map(quoted).join(','),
        );
        return downloadHeaders(reply, `${params.kind}.csv`, 'csv').send(`\uFEFF${lines.join('\r\n')}\r\n`);
      },
    }),
    route({
      method: 'GET',
      path: '/paper-kinds/{kind}/sample',
      summary: 'A ready Word template of a kind, to change and upload',
      tag,
      access,
      params: kindParams,
      query: z.strictObject({ language }),
      handle: ({ ctx, services, params, query, reply }) => {
        const speech = query.language ?? ctx.principal.language;
        const title = translate(ctx.registry.words, speech, `paper.${params.kind}`);
        const shape = specNamed(services, params.kind).shape(ctx);
        return sendWord(reply, `${title}.docx`, samplePaper(shape, { title, language: speech }));
      },
    }),
  ];
}

/** Labels are the administrator's words: what looks like a formula stays text. */
const quoted = (text: string) => `"${(/^[=+@-]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

function printing(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/papers/{kind}/{id}',
      summary: 'With which templates a record can be printed, the usual one first',
      tag,
      params: paperParams,
      handle: async ({ ctx, services, params }) => {
        const home = await specNamed(services, params.kind).home(ctx, params.id);
        const templates = await templatesFor(ctx, params.kind, home);
        return {
          templates: templates.map(({ id, name, edition }) => ({ id, name, edition })),
          pdf: (await officeProgram()) !== null,
        };
      },
    }),
    route({
      method: 'GET',
      path: '/papers/{kind}/{id}/file',
      summary: 'A record on the company’s own paper, as Word or, where the server can, as PDF',
      tag,
      params: paperParams,
      query: z.strictObject({
        template: z.uuid().optional(),
        format: z.enum(['docx', 'pdf']).default('docx'),
        prices: flag.optional(),
        /** What is in bundles, beneath them. */
        parts: flag.optional(),
        language,
        from: z.iso.date().optional(),
        until: z.iso.date().optional(),
      }),
      handle: async ({ ctx, services, params, query, reply }) => {
        const { template, format, prices = true, parts = true, language: speech, from, until } = query;
        const { name, content } = await printPaper(ctx, services, params.kind, params.id, {
          template,
          format,
          prices,
          language: speech ?? ctx.principal.language,
          params: { ...(from ? { from } : {}), ...(until ? { until } : {}), parts: String(parts) },
        });
        return format === 'docx'
          ? sendWord(reply, name, content)
          : send(reply, name, content, 'application/pdf');
      },
    }),
  ];
}

const sendWord = (reply: FastifyReply, name: string, content: Buffer) => send(reply, name, content, WORD);

const send = (reply: FastifyReply, name: string, content: Buffer, type: string) =>
  reply
    .header('content-disposition', disposition('attachment', name))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .type(type)
    .send(content);
