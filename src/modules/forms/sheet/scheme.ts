import type { Context } from '../../../platform/context/context.ts';
import { activeSchemes } from '../../grades/public.ts';

/** The main scheme by which customers are graded, with its grades from the best to the least; null where there is none. */
export async function mainScheme(ctx: Context): Promise<{ id: string; grades: string[] } | null> {
  const main = (await activeSchemes(ctx)).find((scheme) => scheme.main);
  return main ? { id: main.id, grades: main.definition.grades.map(({ value }) => value) } : null;
}
