import { z } from 'zod';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { versionOf } from '../entity/routes.ts';
import { idParams, type Route, route } from '../http/route.ts';
import { viewsNaming } from '../views/naming.ts';
import { fieldAnswer, typeAnswer } from './answers.ts';
import { changeField, createField, eraseField, former, retireField, rowOf } from './fields.ts';
import { fieldInput, fieldPatch, typeInput, typePatch } from './input.ts';
import { changeType, createType, eraseType, retireType, typeOf } from './record-types.ts';
import type { LivingRegistry } from './registry.ts';
import { readCustomisations, type TypeRow } from './rows.ts';
import { countRecords, countValues, rolesNaming, type Usage } from './usage.ts';
import { type FieldUseSource, rulesNaming } from './uses.ts';

const tag = 'customisation';
const noQuery = z.strictObject({});
const access = 'administrator';
/** The number of values or records that will be destroyed with what was retired. */
const eraseQuery = z.strictObject({ confirm: z.coerce.number().int().min(0).optional() });

/** The administrator's own fields and record types (PLT-4). */
export function customisationRoutes(living: LivingRegistry, uses: readonly FieldUseSource[]): Route[] {
  return [...fieldRoutes(living, uses), ...typeRoutes(living)];
}

function fieldRoutes(living: LivingRegistry, uses: readonly FieldUseSource[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/custom-fields',
      summary: 'Own fields, retired ones included',
      tag,
      access,
      query: z.strictObject({ entity: z.string().max(100).optional() }),
      handle: async ({ ctx, query }) => {
        const { fields } = await readCustomisations(ctx.db);
        return {
          items: fields.filter((row) => !query.entity || row.entity === query.entity).map(fieldAnswer),
        };
      },
    }),
    route({
      method: 'POST',
      path: '/custom-fields',
      apart: true,
      summary: 'Add a field to a record type; it works everywhere at once',
      tag,
      access,
      status: 201,
      body: fieldInput,
      handle: async ({ ctx, body }) => fieldAnswer(await createField(ctx, living, body)),
    }),
    route({
      method: 'PATCH',
      path: '/custom-fields/{id}',
      summary: 'Change a field, or bring a retired one back',
      tag,
      access,
      params: idParams,
      body: fieldPatch,
      handle: async ({ ctx, params, body, request }) =>
        fieldAnswer(await changeField(ctx, living, params.id, body, versionOf(request, false))),
    }),
    route({
      method: 'GET',
      path: '/custom-fields/{id}/usage',
      summary: 'Records with a value, and roles, saved views and rules that name the field',
      tag,
      access,
      params: idParams,
      query: noQuery,
      handle: async ({ ctx, services, params }): Promise<Usage> => {
        const { rows } = await living.read(ctx.db);
        const row = rowOf({ rows }, params.id);
        const { entity, field } = former(living, rows, row);
        return {
          count: entity ? await countValues(ctx.db, entity, field) : 0,
          ...(await spokenOf(ctx, services, row.entity, row.name)),
          rules: await rulesNaming(ctx, uses, row.name),
        };
      },
    }),
    route({
      method: 'DELETE',
      path: '/custom-fields/{id}',
      summary: 'Retire a field; a retired one is destroyed with its values, given their number',
      tag,
      access,
      params: idParams,
      query: eraseQuery,
      handle: async ({ ctx, services, params, query, request }) => {
        const { rows } = await living.read(ctx.db);
        const row = rowOf({ rows }, params.id);
        if (row.retired_at) return eraseField(ctx, living, params.id, query.confirm ?? null);
        const retired = await retireField(ctx, living, params.id, versionOf(request, false));
        const said = await spokenOf(ctx, services, row.entity, row.name);
        return {
          ...fieldAnswer(retired),
          usedBy: { ...said, rules: await rulesNaming(ctx, uses, row.name) },
        };
      },
    }),
  ];
}

function typeRoutes(living: LivingRegistry): Route[] {
  return [
    route({
      method: 'GET',
      path: '/record-types',
      summary: 'Own record types, retired ones included',
      tag,
      access,
      query: noQuery,
      handle: async ({ ctx }) => {
        const { types, fields } = await readCustomisations(ctx.db);
        return { items: types.map((row) => typeAnswer(row, fields)) };
      },
    }),
    route({
      method: 'POST',
      path: '/record-types',
      apart: true,
      summary: 'Make a record type; it works like a built-in one at once',
      tag,
      access,
      status: 201,
      body: typeInput,
      handle: async ({ ctx, body }) => typeWithFields(ctx, await createType(ctx, living, body)),
    }),
    route({
      method: 'PATCH',
      path: '/record-types/{id}',
      summary: 'Change a record type, or bring a retired one back',
      tag,
      access,
      params: idParams,
      body: typePatch,
      handle: async ({ ctx, params, body, request }) =>
        typeWithFields(ctx, await changeType(ctx, living, params.id, body, versionOf(request, false))),
    }),
    route({
      method: 'GET',
      path: '/record-types/{id}/usage',
      summary: 'Records, and roles and saved views that name the record type',
      tag,
      access,
      params: idParams,
      query: noQuery,
      handle: async ({ ctx, services, params }): Promise<Usage> => {
        const { rows } = await living.read(ctx.db);
        const { name } = typeOf({ rows }, params.id);
        return {
          count: await countRecords(ctx.db, name),
          ...(await spokenOf(ctx, services, name)),
          rules: [],
        };
      },
    }),
    route({
      method: 'DELETE',
      path: '/record-types/{id}',
      summary: 'Retire a record type; a retired one is destroyed with its records, given their number',
      tag,
      access,
      params: idParams,
      query: eraseQuery,
      handle: async ({ ctx, services, params, query, request }) => {
        const { rows } = await living.read(ctx.db);
        const row = typeOf({ rows }, params.id);
        if (row.retired_at) return eraseType(ctx, living, params.id, query.confirm ?? null);
        const retired = await retireType(ctx, living, params.id, versionOf(request, false));
        return {
          ...(await typeWithFields(ctx, retired)),
          usedBy: await spokenOf(ctx, services, row.name),
        };
      },
    }),
  ];
}

/** Said with every retirement, so that nobody wonders why a view lost a column. */
async function spokenOf(
  ctx: Context,
  services: Services,
  entity: string,
  field?: string,
): Promise<Pick<Usage, 'roles' | 'views'>> {
  const [roles, views] = await Promise.all([
    rolesNaming(ctx, services, entity, field),
    viewsNaming(ctx, entity, field),
  ]);
  return { roles, views };
}

async function typeWithFields(ctx: Context, row: TypeRow) {
  return typeAnswer(row, (await readCustomisations(ctx.db)).fields);
}
