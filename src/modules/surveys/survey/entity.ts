import { defineEntity } from '../../../platform/entity/define.ts';
import { QUESTION_KINDS } from './question.shared.ts';

/** 调研问卷: questions people outside answer by a link, open to all or of their own (SAL-11, SVC-9). */
export const survey = defineEntity({
  name: 'survey',
  plural: 'surveys',
  module: 'surveys',
  title: 'name',
  icon: 'audit',
  menu: { group: 'sales', order: 63 },
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 100,
      search: 'name',
      filterable: true,
      sortable: true,
      quick: true,
    },
    purpose: {
      kind: 'choice',
      open: true,
      options: ['market', 'product', 'satisfaction', 'service', 'other'],
      default: 'market',
      filterable: true,
      quick: true,
    },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '草稿', en: 'Draft' },
        { value: 'open', zh: '收集中', en: 'Open', color: 'song' },
        { value: 'closed', zh: '已结束', en: 'Closed' },
      ],
      readOnly: true,
      filterable: true,
    },
    /** Nobody can tell who said what; then answers stand on nobody's file, and nobody can change his. */
    anonymous: { kind: 'boolean', default: false, filterable: true, quick: true },
    /** Whoever has the address may answer; else only those who have a link of their own. */
    publicLink: { kind: 'boolean', default: true },
    opensOn: { kind: 'date', filterable: true },
    /** The last day one can answer. */
    closesOn: { kind: 'date', filterable: true, sortable: true, quick: true },
    heading: { kind: 'text', max: 200, group: 'surveyPage' },
    intro: { kind: 'longText', max: 2000, group: 'surveyPage' },
    thanks: { kind: 'longText', max: 1000, group: 'surveyPage' },
    headingEnglish: { kind: 'text', max: 200, group: 'surveyEnglish' },
    introEnglish: { kind: 'longText', max: 2000, group: 'surveyEnglish' },
    thanksEnglish: { kind: 'longText', max: 1000, group: 'surveyEnglish' },
    /** What the public address bears. */
    key: { kind: 'text', max: 40, unique: true, readOnly: true, internal: true },
  },
  list: {
    columns: ['name', 'purpose', 'status', 'anonymous', 'opensOn', 'closesOn', 'createdBy', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['status', 'purpose', 'closesOn'],
});

export type SurveyStatus = 'draft' | 'open' | 'closed';

/** Which state may follow which. */
export const SURVEY_STATES: Readonly<Record<SurveyStatus, readonly SurveyStatus[]>> = {
  draft: ['open'],
  open: ['closed'],
  closed: ['open'],
};

/** One question; what it looks like and what answers it takes follow from its kind. */
export const surveyQuestion = defineEntity({
  name: 'surveyQuestion',
  plural: 'survey-questions',
  module: 'surveys',
  title: 'text',
  scope: { kind: 'open' },
  partOf: { field: 'survey', as: 'questions' },
  fields: {
    survey: { kind: 'reference', to: 'survey', filterable: true },
    text: { kind: 'text', required: true, max: 300 },
    kind: { kind: 'choice', options: [...QUESTION_KINDS], default: 'single', required: true },
    mandatory: { kind: 'boolean', default: true },
    /** Of a choice what one chooses from; of a scale the words at its two ends. */
    choices: { kind: 'multiChoice', open: true, options: [], max: 100 },
    /** Of a scale its ends, of a number its bounds. */
    lowest: { kind: 'integer', min: -1_000_000_000, maxValue: 1_000_000_000 },
    highest: { kind: 'integer', min: -1_000_000_000, maxValue: 1_000_000_000 },
    /** Asked only where an earlier question, by its number, was answered by one of these. */
    onlyAfter: { kind: 'integer', min: 1, maxValue: 100 },
    onlyFor: { kind: 'multiChoice', open: true, options: [], max: 100 },
    textEnglish: { kind: 'text', max: 300 },
    /** In the order of the choices. */
    choicesEnglish: { kind: 'multiChoice', open: true, options: [], max: 100 },
  },
  list: { columns: ['text', 'survey', 'kind', 'mandatory'], sort: '-updatedAt' },
});

/** 答卷: what somebody who is known answered, on his file. What is said without a name is kept apart (results/). */
export const surveyAnswer = defineEntity({
  name: 'surveyAnswer',
  plural: 'survey-answers',
  module: 'surveys',
  title: 'subject',
  icon: 'text',
  scope: { kind: 'child', of: 'customer' },
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    subject: { kind: 'text', required: true, search: 'text', filterable: true },
    survey: { kind: 'reference', to: 'survey', filterable: true, tab: false },
    customer: { kind: 'reference', to: 'customer', filterable: true },
    contact: { kind: 'reference', to: 'contact', filterable: true, tab: false },
    answeredAt: { kind: 'instant', filterable: true, sortable: true },
    /** Of the first question that asks for a mark. */
    score: { kind: 'decimal', filterable: true, sortable: true },
    content: { kind: 'longText', search: 'text', max: 50_000 },
  },
  timeline: { on: ['customer', 'contact'], at: 'answeredAt', category: 'service' },
  list: {
    columns: ['answeredAt', 'subject', 'survey', 'customer', 'contact', 'score'],
    sort: '-answeredAt',
  },
  subtitle: ['survey', 'answeredAt', 'score'],
});
