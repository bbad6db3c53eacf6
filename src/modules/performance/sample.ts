import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { chance } from '../../platform/sample/random.ts';
import { by, type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';
import { firstDay, periodLater, yearAt, yearOn } from '../../platform/time/period.shared.ts';
import type { Definition } from './assessment/definition.ts';
import { judge } from './assessment/judge.ts';
import { lockPeriod } from './assessment/lock.ts';
import { schemeNamed } from './assessment/scheme.ts';
import { type CellChange, putCells } from './target/grid.ts';

const REGIONS = ['华东销售部', '华南销售部', '华北销售部'];

/** What one person is to achieve in a year. */
const TARGETS = [
  { measure: 'receipts', own: 30_000 },
  { measure: 'won', own: 240_000 },
  { measure: 'visits', own: 48, evenly: true },
] as const;
/** Of a hundred, by month: less around the spring festival, more at the ends of quarters. */
const SEASON = [6, 5, 9, 8, 8, 9, 8, 8, 10, 8, 9, 12];

const SCHEME: Definition = {
  indicators: [
    indicator('receipts', '回款达成', '40', 'receipts'),
    indicator('won', '赢单达成', '20', 'won'),
    indicator('visits', '拜访达成', '20', 'visits'),
    {
      ...indicator('team', '协作与纪律', '20', null),
      kind: 'judged',
      most: '100',
      note: '日报、客户资料完整、配合交付',
    },
  ],
  levels: [
    { name: 'A', from: '90' },
    { name: 'B', from: '60' },
    { name: 'C', from: '30' },
    { name: 'D', from: '0' },
  ],
};

function indicator(
  key: string,
  name: string,
  weight: string,
  measure: Definition['indicators'][number]['measure'],
): Definition['indicators'][number] {
  return {
    ...{ key, name, weight, measure, kind: 'computed', product: null, category: null, formula: '', note: '' },
    ...{ most: '120', least: '0' },
  };
}

/** Targets of the year, and an assessment: last quarter's is judged and closed, this quarter's is open. */
export async function fillPerformance(ctx: Context, company: SampleCompany): Promise<void> {
  const boss = by(ctx, company.administrator);
  const year = yearOn(yearAt(dayOf(ctx), ctx.yearBegins), ctx.yearBegins);
  for (const target of TARGETS) await putCells(boss, target.measure, {}, cellsOf(target, year, company));
  await assess(boss, company);
}

const sellers = ({ people }: SampleCompany) => REGIONS.flatMap((region) => people[region] ?? []);

function cellsOf(
  { own, ...target }: (typeof TARGETS)[number],
  year: string,
  company: SampleCompany,
): CellChange[] {
  const cells = (people: number, whose: object): CellChange[] => [
    ...SEASON.map(
      (share, at): CellChange => ({
        ...whose,
        period: 'month',
        startsOn: periodLater('month', year, at),
        amount:
          'evenly' in target ? String((own * people) / SEASON.length) : String((own * people * share) / 100),
      }),
    ),
    { ...whose, period: 'year', startsOn: year, amount: String(own * people) },
  ];
  const everybody = [company.administrator, ...sellers(company)];
  return [
    ...cells(everybody.length, {}),
    ...REGIONS.flatMap((name) =>
      cells(company.people[name]?.length ?? 0, { team: company.departments[name] }),
    ),
    ...everybody.flatMap((person) => cells(1, { person })),
  ];
}

async function assess(ctx: Context, company: SampleCompany): Promise<void> {
  const [made] = await sampleRecords(ctx, 'assessmentScheme', [
    {
      name: '销售季度考核',
      description: '回款占四成，赢单、拜访各占两成，其余由上级评分。',
      period: 'quarter',
      departments: REGIONS.map((name) => company.departments[name]),
      definition: SCHEME,
    },
  ]);
  const scheme = await schemeNamed(ctx, made?.id as string);
  const lastQuarter = periodLater('quarter', firstDay('quarter', dayOf(ctx), ctx.yearBegins), -1);
  const random = chance(20_261_128);
  const scores = sellers(company).map((person) => ({
    ...{ person, indicator: 'team', score: String(70 + random.below(29)) },
    note: random.number() < 0.3 ? '日报按时，客户资料完整' : null,
  }));
  await judge(ctx, scheme, lastQuarter, scores);
  await lockPeriod(ctx, scheme, lastQuarter, true);
}
