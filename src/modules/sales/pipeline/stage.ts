import { defineEntity } from '../../../platform/entity/define.ts';

/** Facts of an opportunity that a stage can ask for. */
export const FACTS = [
  'customer',
  'contact',
  'amount',
  'closeDate',
  'products',
  'competitors',
  'nextStep',
  'nextStepDate',
  'reason',
] as const;

/** How surely business is counted on in a forecast (SAL-8). */
export const FORECAST_CATEGORIES = [
  { value: 'commit', zh: '承诺', en: 'Commit', color: 'song' },
  { value: 'best', zh: '最佳情况', en: 'Best case', color: 'teng' },
  { value: 'pipeline', zh: '管道', en: 'Pipeline', color: 'dai' },
  { value: 'omitted', zh: '不计', en: 'Omitted' },
] as const;

/** 销售阶段: a step of a pipeline, with what must be known to be there and how likely the business then is (SAL-3). */
export const stage = defineEntity({
  name: 'stage',
  plural: 'stages',
  module: 'sales',
  title: 'name',
  icon: 'app',
  menu: { group: 'basics', order: 10 },
  scope: { kind: 'open' },
  without: ['transfer', 'share'],
  outside: { sees: 'common', hides: ['playbook', 'stallsAfter'], listed: false },
  fields: {
    name: { kind: 'text', required: true, max: 60, filterable: true, quick: true },
    pipeline: {
      kind: 'reference',
      to: 'pipeline',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    /** What other systems call it: files are understood by it. */
    code: { kind: 'text', max: 60, filterable: true, quick: true },
    position: {
      kind: 'integer',
      min: 1,
      maxValue: 1000,
      required: true,
      sortable: true,
      filterable: true,
      quick: true,
    },
    outcome: {
      kind: 'choice',
      options: [
        { value: 'open', zh: '进行中', en: 'Open', color: 'dai' },
        { value: 'won', zh: '赢单', en: 'Won', color: 'song' },
        { value: 'lost', zh: '输单', en: 'Lost', color: 'zhu' },
      ],
      default: 'open',
      required: true,
      filterable: true,
      quick: true,
    },
    /** In per cent, for the weighted forecast. */
    probability: { kind: 'integer', min: 0, maxValue: 100, required: true, default: 0, quick: true },
    /** How business here is counted in the forecast, unless somebody says otherwise. */
    forecastCategory: { kind: 'choice', options: [...FORECAST_CATEGORIES], default: 'pipeline' },
    needs: { kind: 'multiChoice', options: [...FACTS] },
    /** Days without a change after which an opportunity here counts as stalled. */
    stallsAfter: { kind: 'integer', min: 1, maxValue: 1000 },
    playbook: { kind: 'longText', max: 5000 },
  },
  unique: [['code'], ['pipeline', 'name']],
  list: {
    columns: ['name', 'pipeline', 'position', 'outcome', 'probability', 'stallsAfter'],
    sort: 'position',
  },
  subtitle: ['pipeline'],
});
