import type { Context } from '../../../platform/context/context.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import type { StoredForm } from './store.ts';

/** Tells people what became of a form, or that it is their turn; a click opens its sheet. */
export const tell = (
  ctx: Context,
  { id, round }: Pick<StoredForm, 'id' | 'round'>,
  kind: 'fill' | 'review' | 'returned' | 'locked',
  to: readonly (string | null)[],
  params: Record<string, string> = {},
): Promise<void> =>
  notify(ctx, [
    {
      to: to.flatMap((person) => person ?? []),
      kind: `form.${kind}`,
      record: { entity: 'customerForm', id },
      params: { form: id, ...params },
      key: `form.${kind}:${id}:${round}:${ctx.now}`,
    },
  ]);
