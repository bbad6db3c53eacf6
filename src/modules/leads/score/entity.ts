import { defineEntity } from '../../../platform/entity/define.ts';

/** 评分规则: what points a lead gets for what is known of it, or for what happened with it (SAL-2). */
export const leadScoreRule = defineEntity({
  name: 'leadScoreRule',
  plural: 'lead-score-rules',
  module: 'leads',
  title: 'name',
  icon: 'star',
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    name: { kind: 'text', required: true, max: 60, filterable: true, quick: true, unique: true },
    active: { kind: 'boolean', default: true, filterable: true },
    /** Once for what is known of it, or for each follow-up and inquiry. */
    counts: { kind: 'choice', options: ['once', 'each'], default: 'once', required: true, quick: true },
    /** Which leads; of what counts each time, of which leads. */
    condition: { kind: 'json', internal: true },
    events: {
      kind: 'multiChoice',
      options: ['call', 'visit', 'meeting', 'mail', 'message', 'inquiry'],
      quick: true,
    },
    points: { kind: 'integer', min: -100, maxValue: 100, required: true, quick: true, sortable: true },
    /** After so many days only half of them are left: of the last inquiry, or of each event. */
    halfLife: { kind: 'integer', min: 1, maxValue: 3650, quick: true },
  },
  list: { columns: ['name', 'active', 'counts', 'points', 'halfLife'], sort: '-points' },
});
