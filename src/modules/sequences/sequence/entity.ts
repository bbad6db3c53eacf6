import { defineEntity } from '../../../platform/entity/define.ts';

/**
 * 自动跟进: steps that follow one another for a lead, a piece of business or a customer, until there is an answer (SAL-10). One that
 * belongs to a stage and is offered there is that stage's playbook.
 */
export const sequence = defineEntity({
  name: 'sequence',
  plural: 'sequences',
  module: 'sequences',
  title: 'name',
  icon: 'task',
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 60,
      unique: true,
      search: 'name',
      filterable: true,
      sortable: true,
      quick: true,
    },
    /** Whom it is for. */
    target: {
      kind: 'choice',
      options: ['lead', 'opportunity', 'customer'],
      default: 'customer',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    /** By hand; offered to whoever looks after business that enters the stage; or by itself. */
    start: {
      kind: 'choice',
      options: ['hand', 'suggest', 'auto'],
      default: 'hand',
      required: true,
      filterable: true,
      quick: true,
    },
    stage: { kind: 'reference', to: 'stage', filterable: true, quick: true },
    segment: { kind: 'reference', to: 'segment', filterable: true, quick: true },
    stopOnReply: { kind: 'boolean', default: true, quick: true },
    stopOnStage: { kind: 'boolean', default: true, quick: true },
    /** Most mails and messages of it a day, and of those found by a segment most that begin in a night. */
    perDay: { kind: 'integer', min: 1, maxValue: 2000, default: 100, required: true },
    active: { kind: 'boolean', default: true, filterable: true },
    remark: { kind: 'longText', max: 2000 },
  },
  list: { columns: ['name', 'target', 'start', 'stage', 'segment', 'active', 'updatedAt'], sort: 'name' },
  subtitle: ['target', 'start'],
});

/** What kinds of steps there are; the last two tell the person something. */
export const STEP_ACTIONS = ['task', 'call', 'visit', 'mail', 'message'] as const;

export const sequenceStep = defineEntity({
  name: 'sequenceStep',
  plural: 'sequence-steps',
  module: 'sequences',
  title: 'subject',
  scope: { kind: 'open' },
  partOf: { field: 'sequence', as: 'steps' },
  fields: {
    sequence: { kind: 'reference', to: 'sequence', filterable: true },
    /** So long after the step before it, or after the beginning. */
    wait: { kind: 'integer', required: true, min: 0, maxValue: 365, default: 1 },
    unit: { kind: 'choice', options: ['days', 'hours'], default: 'days', required: true },
    action: { kind: 'choice', options: [...STEP_ACTIONS], default: 'call', required: true },
    subject: { kind: 'text', required: true, max: 150 },
    text: { kind: 'longText', max: 4000 },
  },
  list: { columns: ['subject', 'sequence', 'action', 'wait', 'unit'], sort: '-updatedAt' },
});
