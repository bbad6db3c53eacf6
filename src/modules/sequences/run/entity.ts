import { defineEntity } from '../../../platform/entity/define.ts';

/** One lead, piece of business or person going through a sequence (SAL-10). Who looks after it does the steps. */
export const sequenceRun = defineEntity({
  name: 'sequenceRun',
  plural: 'sequence-runs',
  module: 'sequences',
  title: 'name',
  icon: 'task',
  scope: { kind: 'child', of: 'customer', until: 'lead', assigned: true },
  unmergeable: true,
  without: ['import', 'share'],
  fields: {
    // Called after its sequence and whom it is with, unless somebody says otherwise.
    name: { kind: 'text', search: 'text', filterable: true },
    sequence: {
      kind: 'reference',
      to: 'sequence',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
      tab: false,
    },
    lead: { kind: 'reference', to: 'lead', immutable: true, filterable: true, quick: true, tab: false },
    opportunity: {
      kind: 'reference',
      to: 'opportunity',
      immutable: true,
      filterable: true,
      quick: true,
      tab: false,
    },
    customer: { kind: 'reference', to: 'customer', filterable: true, quick: true, tab: false },
    contact: { kind: 'reference', to: 'contact', filterable: true, quick: true, tab: false },
    status: {
      kind: 'choice',
      options: [
        { value: 'active', zh: '进行中', en: 'Running', color: 'dai' },
        { value: 'paused', zh: '暂停', en: 'Paused', color: 'teng' },
        { value: 'finished', zh: '走完', en: 'Finished', color: 'song' },
        { value: 'stopped', zh: '已停', en: 'Stopped' },
      ],
      readOnly: true,
      filterable: true,
    },
    stopReason: {
      kind: 'choice',
      options: [
        { value: 'reply', zh: '客户有回应', en: 'Answered', color: 'song' },
        { value: 'converted', zh: '已转客户', en: 'Converted', color: 'song' },
        { value: 'won', zh: '赢单', en: 'Won', color: 'song' },
        { value: 'lost', zh: '输单或无效', en: 'Lost', color: 'zhu' },
        { value: 'stage', zh: '阶段变了', en: 'Stage changed' },
        { value: 'optOut', zh: '不愿再联系', en: 'Opted out', color: 'zhu' },
        { value: 'gone', zh: '对方不在了', en: 'No longer there' },
        { value: 'hand', zh: '手动停止', en: 'By hand' },
        { value: 'failed', zh: '做不下去', en: 'Could not go on', color: 'zhu' },
      ],
      readOnly: true,
      filterable: true,
    },
    /** Steps done. */
    step: { kind: 'integer', readOnly: true },
    nextAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true },
    repliedAt: { kind: 'instant', readOnly: true, filterable: true },
    endedAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true },
    /** Of business: the stage it began in. */
    fromStage: { kind: 'reference', to: 'stage', readOnly: true, internal: true, tab: false },
    /** While it goes on, nobody is in the same sequence twice. */
    liveKey: { kind: 'text', max: 80, unique: true, readOnly: true, internal: true },
    /** What it was begun for by rule: the same thing begins it once. */
    occasion: { kind: 'text', max: 160, unique: true, readOnly: true, internal: true },
  },
  indexes: [
    ['status', 'nextAt'],
    ['owner', 'status', 'nextAt'],
  ],
  timeline: { on: ['customer', 'contact', 'lead'], at: 'createdAt', category: 'work' },
  list: {
    columns: ['name', 'sequence', 'customer', 'status', 'stopReason', 'step', 'nextAt', 'owner', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['sequence', 'customer', 'status'],
});

export type RunStatus = 'active' | 'paused' | 'finished' | 'stopped';

/** Which state may follow which. */
export const RUN_STATES: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  active: ['paused', 'finished', 'stopped'],
  paused: ['active', 'stopped'],
  stopped: ['active'],
  finished: [],
};
