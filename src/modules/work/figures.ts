import type { ReportFigure } from '../../platform/figures/figure.ts';

const of = (...states: string[]) => ({ field: 'status', op: 'in' as const, value: states });

/** Promises, in reports of somebody's work. */
export const workFigures: readonly ReportFigure[] = [
  { name: 'promisesKept', entity: 'promise', at: 'settledAt', filter: () => of('kept') },
  { name: 'promisesBroken', entity: 'promise', at: 'settledAt', filter: () => of('broken') },
];
