/** Periods a date filter offers by name, in the order of the menu; the filter language knows the same names. */
export const PERIODS = [
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'nextQuarter',
  'thisYear',
  'lastYear',
  'nextYear',
] as const;

const COUNTS = [3, 7, 14, 30, 60, 90, 180, 365];

export interface Period {
  /** Text key and its parameters. */
  text: [string, { count?: number }];
  value: unknown;
}

/** All offered periods: by name, the last and next days, longer ago than. */
export const ALL_PERIODS: readonly Period[] = [
  ...PERIODS.map((name): Period => ({ text: [`period.${name}`, {}], value: name })),
  ...COUNTS.map((days): Period => ({ text: ['period.last', { count: days }], value: { within: { days } } })),
  ...COUNTS.map(
    (days): Period => ({ text: ['period.olderThan', { count: days }], value: { olderThan: { days } } }),
  ),
  ...COUNTS.map((days): Period => ({ text: ['period.next', { count: days }], value: { next: { days } } })),
];
