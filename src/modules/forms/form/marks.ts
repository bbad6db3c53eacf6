import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { notFound, problem } from '../../../platform/errors/problem.ts';
import { emit } from '../../../platform/events/events.ts';
import { baseFor, kindOf } from '../sheet/fill.ts';
import { openForm } from './cells.ts';

/** Puts a customer into a form by hand (`true`), leaves it out (`false`), or lets the form's rules say (`null`). */
export const markCustomer = (ctx: Context, id: string, customer: string, put: boolean | null) =>
  inTransaction(ctx, async (inner) => {
    const { form } = await openForm(inner, id);
    if (!kindOf(form.kind).byHand) throw problem('form_by_rules', { status: 409 });
    const { customers } = await baseFor(inner, { ...form, action: 'read' });
    const { rows } =
      await sql`select 1 from customer t where t.id = ${customer}::uuid and ${customers}`.execute(inner.db);
    if (!rows.length) throw notFound('customer');
    if (put === null)
      await sql`delete from customer_form_mark where form_id = ${id} and customer_id = ${customer}`.execute(
        inner.db,
      );
    else
      await sql`insert into customer_form_mark (form_id, customer_id, put, by, at)
        values (${id}, ${customer}, ${put}, ${inner.principal.userId}, ${inner.now})
        on conflict (form_id, customer_id) do update set put = excluded.put, by = excluded.by, at = excluded.at`.execute(
        inner.db,
      );
    const action = put === null ? 'formByRules' : put ? 'formPutIn' : 'formLeftOut';
    await writeAudit(inner, { action, entity: 'customerForm', recordId: id });
    await emit(inner, { name: 'customerForm.filled', entity: 'customerForm', recordIds: [id] });
    return { done: 1 };
  });
