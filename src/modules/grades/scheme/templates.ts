import type { Filter } from '../../../platform/entity/meta.shared.ts';
import type {
  GradeColor,
  GradePolicy,
  MeasureTerm,
  RuleFilter,
  SchemeDefinition,
  SchemeKind,
} from './definition.shared.ts';

/** A scheme to begin with; once made it is the company's own to change. */
export interface Template {
  name: 'vip' | 'abcd' | 'value' | 'orientation';
  title: { zh: string; en: string };
  kind: SchemeKind;
  definition: SchemeDefinition;
}

type Words = [zh: string, en: string];
interface More {
  color?: GradeColor;
  filter?: RuleFilter;
  min?: number;
  policy?: GradePolicy;
}
const grade = (value: string, [zh, en]: Words, more: More) => ({ value, label: { zh, en }, ...more });
const least = (field: string, value: number): Filter => ({ field, op: 'gte', value });
const is = (field: string, value: string): Filter => ({ field, op: 'in', value: [value] });
const measured = (
  name: string,
  op: MeasureTerm['measure']['op'],
  value: number,
  days?: number,
): MeasureTerm => ({
  measure: { name, op, value, ...(days ? { days } : {}) },
});

const serve = (
  visitDays: number,
  contactDays: number,
  responseMinutes: number,
  discountPercent: number,
  careLevel: 'high' | 'normal' | 'low',
): GradePolicy => ({
  visitDays,
  contactDays,
  responseMinutes,
  responseClock: 'business',
  discountPercent,
  careLevel,
});
const TOP = serve(14, 7, 60, 10, 'high');
const GOOD = serve(30, 14, 120, 6, 'normal');
const USUAL = serve(90, 30, 240, 3, 'normal');
const LITTLE = serve(180, 90, 480, 0, 'low');

export const TEMPLATES: readonly Template[] = [
  {
    name: 'vip',
    title: { zh: 'VIP／普通／潜在', en: 'VIP, regular, potential' },
    kind: 'conditions',
    definition: {
      grades: [
        grade('VIP', ['VIP', 'VIP'], {
          color: 'dai',
          filter: { and: [least('annualRevenue', 50_000_000), measured('contacts', 'gte', 2, 90)] },
          policy: TOP,
        }),
        grade('regular', ['普通', 'Regular'], {
          color: 'song',
          filter: { and: [measured('contacts', 'gte', 1, 365)] },
          policy: USUAL,
        }),
        grade('potential', ['潜在', 'Potential'], { color: 'teng', policy: LITTLE }),
      ],
    },
  },
  {
    name: 'abcd',
    title: { zh: 'A／B／C／D', en: 'A, B, C, D' },
    kind: 'score',
    definition: {
      grades: [
        grade('A', ['A 级', 'A'], { color: 'dai', min: 75, policy: TOP }),
        grade('B', ['B 级', 'B'], { color: 'song', min: 50, policy: GOOD }),
        grade('C', ['C 级', 'C'], { color: 'teng', min: 25, policy: USUAL }),
        grade('D', ['D 级', 'D'], { min: 0, policy: LITTLE }),
      ],
      terms: [
        { source: { measure: 'annualRevenue' }, weight: 40, scale: { from: 0, to: 100_000_000 } },
        { source: { measure: 'contacts', days: 90 }, weight: 25, scale: { from: 0, to: 6 } },
        {
          source: { measure: 'visits', days: 180 },
          weight: 15,
          scale: {
            steps: [
              { from: 1, points: 50 },
              { from: 3, points: 100 },
            ],
          },
        },
        {
          source: { measure: 'daysSinceContact' },
          weight: 10,
          scale: {
            steps: [
              { from: 0, points: 100 },
              { from: 30, points: 60 },
              { from: 90, points: 0 },
            ],
          },
        },
        { source: { measure: 'completeness' }, weight: 10, scale: { from: 0, to: 100 } },
      ],
    },
  },
  {
    name: 'value',
    title: { zh: 'MVC／MGC／BZ', en: 'MVC, MGC, BZ' },
    kind: 'conditions',
    definition: {
      grades: [
        grade('MVC', ['最有价值 MVC', 'Most valuable'], {
          color: 'dai',
          filter: { and: [measured('profit', 'gte', 100_000, 365)] },
          policy: TOP,
        }),
        grade('MGC', ['最具增长性 MGC', 'Most growable'], {
          color: 'song',
          filter: { and: [measured('profit', 'gte', 0, 365), measured('salesGrowth', 'gte', 30, 365)] },
          policy: GOOD,
        }),
        grade('usual', ['一般', 'Ordinary'], { policy: USUAL }),
        grade('BZ', ['负值 BZ', 'Below zero'], {
          color: 'zhu',
          filter: { and: [measured('profit', 'lt', 0, 365)] },
          policy: LITTLE,
        }),
      ],
    },
  },
  {
    name: 'orientation',
    title: { zh: '大客户／R 型／T 型', en: 'Key, relation, transaction' },
    kind: 'conditions',
    definition: {
      grades: [
        grade('key', ['大客户', 'Key account'], {
          color: 'dai',
          filter: { and: [is('relationFocus', 'high'), least('annualRevenue', 50_000_000)] },
          policy: TOP,
        }),
        grade('R', ['R 型 重关系', 'R: relation'], {
          color: 'song',
          filter: { and: [is('relationFocus', 'high')] },
          policy: GOOD,
        }),
        grade('T', ['T 型 重价格', 'T: transaction'], { color: 'teng', policy: LITTLE }),
      ],
    },
  },
];
