import type { Context } from '../../../platform/context/context.ts';
import { activeSchemes } from '../../grades/public.ts';

/** The main scheme by which customers are graded, with its grades from the best to the least; null where there is none. */
export async function mainScheme(ctx: Context): Promise<{ id: string; grades: string[] } | null> {
  const main = (await activeSchemes(ctx)).find((scheme) => scheme.main);
  return main ? { id: main.id, grades: main.definition.grades.map(({ value }) => value) } : null;
}

const gradeOptions = (ctx: Context) => ctx.registry.byName.get('customer')?.fields.grade?.options ?? [];

/** A grade as people call it; one that is no longer there keeps the sign it was kept with. */
export const gradeName = <Grade extends string | null>(ctx: Context, grade: Grade): string | Grade =>
  gradeOptions(ctx).find(({ value }) => value === grade)?.[ctx.principal.language] ?? grade;

/** Where a grade stands: the best first, those that are gone last. */
export function gradeRank(ctx: Context, grade: string): number {
  const at = gradeOptions(ctx).findIndex(({ value }) => value === grade);
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}
