import { writeAudit } from '../../platform/audit/audit.ts';
import type { Context } from '../../platform/context/context.ts';
import type { Services } from '../../platform/context/services.ts';
import { inTransaction } from '../../platform/context/transaction.ts';
import { notFound, problem } from '../../platform/errors/problem.ts';
import type { Language } from '../../platform/i18n/translations.ts';
import { fillTemplate } from '../../platform/papers/fill.ts';
import { officePdf, officeProgram } from '../../platform/papers/office.ts';
import { specNamed } from './manage.ts';
import { contentOf, templatesFor } from './store.ts';

export interface PrintWish {
  template?: string | undefined;
  format: 'docx' | 'pdf';
  language: Language;
  prices: boolean;
  params: Record<string, string>;
}

/** A record on the company's own paper, within the rights of who prints it; the audit of the record tells of it. */
export async function printPaper(
  ctx: Context,
  services: Services,
  kind: string,
  id: string,
  { template, format, language, prices, params }: PrintWish,
): Promise<{ name: string; content: Buffer }> {
  const spec = specNamed(services, kind);
  const offered = await templatesFor(ctx, kind, await spec.home(ctx, id));
  const chosen = template ? offered.find((each) => each.id === template) : offered[0];
  if (!chosen) throw template ? notFound() : problem('paper_no_template', { status: 409 });
  const file = await contentOf(ctx, chosen.id, chosen.edition);
  if (!file) throw notFound();
  const wanted = new Set(Object.values(chosen.tags));
  const values = await spec.read(ctx, services, id, { language, prices, wanted, params });
  const docx = await fillTemplate({ template: file.content, tags: chosen.tags, values });
  const content = format === 'pdf' ? await asPdf(docx) : docx;
  await inTransaction(ctx, (inner) =>
    writeAudit(inner, {
      action: 'export',
      entity: spec.entity,
      recordId: id,
      note: `${values.title} · ${chosen.name} (${chosen.edition}) · ${format}`,
    }),
  );
  return { name: `${values.title}.${format}`, content };
}

async function asPdf(docx: Buffer): Promise<Buffer> {
  const program = await officeProgram();
  if (!program) throw problem('paper_no_office', { status: 409 });
  return officePdf(program, docx);
}
