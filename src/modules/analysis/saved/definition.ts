import { z } from 'zod';
import { reportQuery } from '../../../platform/analysis/definition.ts';
import { CHARTS } from '../../../platform/analysis/view.shared.ts';

/** What a saved report holds: the question, and how its answer is looked at. */
export const savedDefinition = z.strictObject({ query: reportQuery, chart: z.enum(CHARTS).default('table') });
