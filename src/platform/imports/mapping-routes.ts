import { sql } from 'kysely';
import { z } from 'zod';
import { uuidv7 } from '../db/uuid.ts';
import { notFound } from '../errors/problem.ts';
import { idParams, type Route, route } from '../http/route.ts';
import { requireImport } from './propose.ts';

const tag = 'imports';

interface MappingRecord {
  id: string;
  entity: string;
  name: string;
  definition: unknown;
  shared: boolean;
  created_by: string;
}

const body = z.strictObject({
  entity: z.string().max(100),
  name: z.string().trim().min(1).max(100),
  shared: z.boolean().default(false),
  definition: z.strictObject({
    mapping: z
      .array(z.strictObject({ header: z.string().max(500), field: z.string().max(200).nullable() }))
      .max(500),
    mode: z.enum(['create', 'upsert']).optional(),
    key: z.string().max(100).nullable().optional(),
    onDuplicate: z.enum(['skip', 'update', 'create']).optional(),
    createMissing: z.array(z.string().max(200)).max(100).optional(),
    answers: z.record(z.string().max(50), z.string().max(50)).optional(),
  }),
});

/** Ways of reading files that people keep for the next file from the same source. */
export function mappingRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/import-mappings',
      summary: 'Saved mappings: one’s own and shared ones',
      tag,
      query: z.strictObject({ entity: z.string().max(100).optional() }),
      handle: async ({ ctx, query }) => {
        const { rows } = await sql<MappingRecord>`select * from import_mapping
          where (created_by = ${ctx.principal.userId} or shared) and ${query.entity ? sql`entity = ${query.entity}` : sql`true`}
          order by name, id limit 500`.execute(ctx.db);
        return { items: rows.map((row) => wire(row, ctx.principal.userId)) };
      },
    }),
    route({
      method: 'POST',
      path: '/import-mappings',
      summary: 'Save a mapping',
      tag,
      status: 201,
      body,
      handle: async ({ ctx, body: { entity, name, shared, definition } }) => {
        requireImport(ctx, entity);
        const { rows } =
          await sql<MappingRecord>`insert into import_mapping (id, entity, name, definition, shared, created_by)
          values (${uuidv7()}, ${entity}, ${name}, ${JSON.stringify(definition)}::jsonb, ${shared}, ${ctx.principal.userId})
          returning *`.execute(ctx.db);
        return wire(rows[0] as MappingRecord, ctx.principal.userId);
      },
    }),
    route({
      method: 'DELETE',
      path: '/import-mappings/{id}',
      summary: 'Remove a saved mapping of one’s own',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => {
        const { rows } = await sql`delete from import_mapping where id = ${params.id}
          and (created_by = ${ctx.principal.userId} or ${ctx.policies.administrator}) returning id`.execute(
          ctx.db,
        );
        if (rows.length === 0) throw notFound('import_mapping');
      },
    }),
  ];
}

const wire = (
  { id, entity, name, definition, shared, created_by }: MappingRecord,
  userId: string | null,
) => ({
  id,
  entity,
  name,
  definition,
  shared,
  mine: created_by === userId,
});
