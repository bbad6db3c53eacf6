import type { Context } from '../../../platform/context/context.ts';
import { offerOptions } from '../../../platform/customisation/offered.ts';
import type { SchemeDefinition } from './definition.shared.ts';

/** The grades of the main scheme become the options of the customer's field, with their names and colours. */
export async function offerGrades(ctx: Context, definition: SchemeDefinition | null): Promise<void> {
  await offerOptions(
    ctx,
    'customer.grade',
    (definition?.grades ?? []).map(({ value, label, color }) => ({
      value,
      ...label,
      ...(color ? { color } : {}),
    })),
  );
}
