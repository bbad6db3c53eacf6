import { rowInScope } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { requireFields } from '../sheet/base.ts';
import { kindOf } from '../sheet/fill.ts';
import type { Holder, StoredForm } from './store.ts';

/**
 * A sheet that was handed in is read by whoever may see every customer it tells of, as their owners and departments were
 * then, and every field it is made of. Nobody is shown a part of a signed sheet.
 */
export function requireCover(
  ctx: Context,
  kind: StoredForm['kind'],
  holders: readonly Holder[],
  action: 'read' | 'export' = 'read',
): void {
  const needs = { customer: ['name', 'owner'], ...kindOf(kind).needs };
  for (const [entity, fields] of Object.entries(needs)) {
    const taken = entity === 'promise' ? 'read' : action;
    requireFields(ctx, entity, taken, fields);
    const policy = ctx.policies.for(entity);
    for (const right of new Set(['read', taken] as const)) {
      const scope = policy.scope(right);
      const covered = holders.every(
        (holder) =>
          rowInScope(scope, { ...holder, root_owner_id: holder.owner_id }) && !policy.veils({ ...holder }),
      );
      if (!covered) throw forbidden('form_beyond_scope');
    }
  }
}

const inScope = (ctx: Context, row: Row): boolean =>
  rowInScope(ctx.policies.for('customerForm').scope('update'), row, true);

/** Who may fill a form in: who may change it, and whom it was given to. */
export const mayFill = (ctx: Context, form: StoredForm, row: Row): boolean =>
  (form.status === 'draft' || form.status === 'filling') &&
  (inScope(ctx, row) || (form.filler !== null && form.filler === ctx.principal.userId));

/** Who may say whose turn it is: until it is locked, whoever may change it. */
export const mayName = (ctx: Context, form: StoredForm, row: Row): boolean =>
  form.status !== 'locked' && inScope(ctx, row);

/** Who may take the next step. Nobody reviews what he has made or filled in himself. */
export function maySign(ctx: Context, form: StoredForm, row: Row): boolean {
  const me = ctx.principal.userId;
  if (form.status === 'draft') return inScope(ctx, row);
  if (form.status === 'filling') return form.filler ? form.filler === me : inScope(ctx, row);
  if (form.status !== 'review') return false;
  if (me === null || [form.preparedBy, form.filledBy, form.owner].includes(me)) return false;
  return form.reviewer ? form.reviewer === me : inScope(ctx, row);
}

export const mayRevise = (ctx: Context, form: StoredForm, row: Row): boolean =>
  form.status === 'locked' && inScope(ctx, row);

/** Who may throw it away: whoever may delete it, as long as nobody waits for it or has signed it off. */
export const mayDrop = (ctx: Context, form: StoredForm, row: Row): boolean =>
  (form.status === 'draft' || form.status === 'filling') &&
  rowInScope(ctx.policies.for('customerForm').scope('delete'), row);

/**
 * Who may take a form out: whoever has the right to export, of forms and of what they tell; it then leaves only what he may take
 * out. On paper also whoever has a part in it — its maker, and whom it was given to fill in or review: a page to hang up and
 * sign shows no more than the sheet on his screen, which he sees whole or not at all. A table to go on calculating with is an
 * export, whosever the form is.
 * @returns by which right its lines are read; null is not at all
 */
export function takingOut(ctx: Context, form: StoredForm, as: 'pdf' | 'xlsx'): 'export' | 'read' | null {
  const me = ctx.principal.userId;
  const part = [form.owner, form.preparedBy, form.filler, form.filledBy, form.reviewer];
  if (as === 'pdf' && me !== null && part.includes(me)) return 'read';
  const free = ctx.policies.for('customerForm').can('export') && ctx.policies.for('customer').can('export');
  return free ? 'export' : null;
}
