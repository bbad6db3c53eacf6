import type { Context } from '../../../platform/context/context.ts';
import { checkDraft, type Hit } from '../../../platform/duplicates/check.ts';
import { readRecord } from '../../../platform/entity/records.ts';

/** Who a lead may be already, over the whole base; of what is out of sight only name, owner and last contact. */
export async function matchesOf(ctx: Context, id: string): Promise<{ customers: Hit[]; contacts: Hit[] }> {
  const lead = await readRecord(ctx, 'lead', id);
  const known = (names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (lead[name] ? [[name, lead[name]]] : [])));
  const reached = known(['phone', 'email', 'city']);
  const look = async (entity: string, values: Record<string, unknown>): Promise<Hit[]> => {
    const policy = ctx.policies.for(entity);
    if (!policy.can('create') && !policy.can('update')) return [];
    return (await checkDraft(ctx, { entity, values })).hits;
  };
  const company = typeof lead.company === 'string' ? lead.company : null;
  return {
    customers: await look('customer', {
      ...reached,
      name: company ?? lead.name,
      kind: company ? 'company' : 'person',
    }),
    contacts: await look('contact', { ...reached, name: lead.name }),
  };
}
