import type { Context } from '../context/context.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Entity } from '../entity/types.ts';
import { forbidden, problem } from '../errors/problem.ts';
import { TableError, type TableNotice } from '../tabular/errors.ts';
import { openTable } from '../tabular/read.ts';
import type { Table } from '../tabular/table.ts';
import { matchHeaders, type Proposal } from './headers.ts';
import { planImport } from './plan.ts';
import { isKey, lookAt, questionsOf, settled } from './questions.ts';
import type { ImportOptions, Question } from './types.ts';

export const DEFAULT_OPTIONS: ImportOptions = { mode: 'create', onDuplicate: 'skip', createMissing: [] };

/** What is known of a file before it is imported: how its columns are understood, and what is still open. */
export interface FileProposal {
  headers: string[];
  samples: string[][];
  sheetNames: string[];
  sheet: string | undefined;
  mapping: Proposal[];
  notices: TableNotice[];
  questions: Question[];
}

/** Throws unless the caller may import records of this type at all. */
export function requireImport(ctx: Context, entityName: string): Entity {
  const entity = entityNamed(ctx.registry, entityName);
  const policy = ctx.policies.for(entityName);
  if (!policy.can('import')) throw forbidden('import_forbidden');
  return entity;
}

/** Opens a file; what is wrong with it becomes an expected failure with the table's own code. */
export async function openSource(
  path: string,
  options: Pick<ImportOptions, 'sheet' | 'encoding' | 'headerLine'>,
  name?: string,
): Promise<Table> {
  const { sheet, encoding, headerLine } = options;
  return tabular(() =>
    openTable(path, {
      ...(name ? { name } : {}),
      ...(sheet ? { sheet } : {}),
      ...(encoding ? { encoding } : {}),
      ...(headerLine ? { headerLine } : {}),
    }),
  );
}

/** Runs work on a table; what is wrong with the file becomes an expected failure with the table's own code. */
export async function tabular<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TableError) throw problem(error.code, { params: error.params });
    throw error;
  }
}

/** Relations whose missing targets are made unless the person says otherwise: tags, and a person's department and manager. */
export function defaultCreateMissing(ctx: Context, entity: Entity): string[] {
  const made = (to: string | undefined) =>
    to === 'tag' || (entity.name === 'user' && (to === 'department' || to === 'user'));
  const own = entity.fieldList.filter(({ to, readOnly }) => made(to) && !readOnly).map(({ name }) => name);
  const contact = ctx.registry.byName.get('contact');
  const people =
    contact?.fieldList.filter(({ to }) => to === 'tag').map(({ name }) => `contact.${name}`) ?? [];
  return [...own, ...(entity.name === 'customer' ? people : [])];
}

/** Reads the top of a file and proposes how its columns are to be understood. */
export async function proposeImport(
  ctx: Context,
  entityName: string,
  path: string,
  options: ImportOptions,
  chosen: readonly { header: string; field: string | null }[] = [],
  name?: string,
): Promise<FileProposal> {
  const entity = requireImport(ctx, entityName);
  if (options.key && !isKey(entity, options.key)) {
    throw problem('invalid', {
      errors: [{ path: 'key', code: 'key_not_usable', params: { key: options.key } }],
    });
  }
  const table = await openSource(path, options, name);
  try {
    const mapping = withChoices(matchHeaders(ctx, entity, table.headers), chosen);
    planImport(ctx, entityName, mapping, options);
    const look = await tabular(() => lookAt(table, ctx, entity, mapping));
    const ways = settled(look, mapping);
    return {
      headers: table.headers,
      samples: look.samples,
      sheetNames: table.sheetNames,
      sheet: table.sheet,
      mapping: mapping.map((each, at) => ({ ...each, ...ways[at] })),
      notices: table.warnings,
      questions: questionsOf(ctx, entity, mapping, look, options),
    };
  } finally {
    await table.close();
  }
}

/** What a person chose goes before what was recognised; a field chosen for one column is taken from the others. */
function withChoices(
  proposals: Proposal[],
  chosen: readonly { header: string; field: string | null }[],
): Proposal[] {
  const byHeader = new Map(chosen.map(({ header, field }) => [header, field]));
  for (const header of byHeader.keys()) {
    if (!proposals.some((each) => each.header === header)) {
      throw problem('invalid', { errors: [{ path: 'mapping', code: 'unknown_column', params: { header } }] });
    }
  }
  const taken = new Set([...byHeader.values()].filter((field) => field !== null));
  return proposals.map((each) => {
    const field = byHeader.get(each.header);
    if (field !== undefined) return { ...each, field, confidence: 1 };
    return each.field !== null && taken.has(each.field) ? { ...each, field: null, confidence: 0 } : each;
  });
}
