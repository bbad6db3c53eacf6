import type { Context } from '../context/context.ts';
import { fieldText } from '../entity/field-text.ts';
import type { Labels } from '../entity/types.ts';
import { labelsOf, translate } from '../i18n/translations.ts';
import type { PaperField, PaperShape, PaperSpec } from '../papers/paper.ts';
import { commonTexts } from '../papers/record.ts';
import { sheetOf } from './sheet.ts';

const FIELDS = [
  'number',
  'subject',
  'title',
  'startedBy',
  'startedAt',
  'endedAt',
  'status',
  'comment',
] as const;
const LOOPS = {
  facts: ['label', 'value'],
  history: ['step', 'person', 'action', 'at', 'comment'],
} as const;

/** 审批单 from the company's own Word template: what was asked, and who said what when. */
export const approvalPaper: PaperSpec = {
  name: 'approval',
  entity: 'approval',
  shape: ({ registry }) => {
    const label = (key: string): Labels => labelsOf(registry.words, `paper.approval.${key}`);
    const field = (name: string): PaperField => ({ name, label: label(name), kind: 'text' });
    return {
      fields: FIELDS.map(field),
      groups: [],
      loops: Object.entries(LOOPS).map(([name, fields]) => ({
        name,
        label: label(name),
        fields: fields.map(field),
      })),
    } satisfies PaperShape;
  },
  async home(ctx, id) {
    await sheetOf(ctx, id);
    return { legalEntity: null, department: ctx.principal.departmentId };
  },
  async read(given, services, id, wish) {
    const ctx: Context = { ...given, principal: { ...given.principal, language: wish.language } };
    const sheet = await sheetOf(ctx, id);
    const say = (key: string) => translate(ctx.registry.words, wish.language, `paper.approval.${key}`);
    const at = (value: string | null) => fieldText(ctx, { kind: 'instant', options: [] }, value);
    return {
      title: `${translate(ctx.registry.words, wish.language, 'paper.approval')} ${sheet.number}`,
      texts: {
        ...(await commonTexts(ctx, services, wish)),
        number: sheet.number,
        subject: sheet.subject.label,
        title: sheet.title,
        startedBy: sheet.startedBy?.title ?? '',
        startedAt: at(sheet.startedAt),
        endedAt: at(sheet.endedAt),
        status: say(`status.${sheet.status}`),
        comment: sheet.comment ?? '',
      },
      loops: {
        facts: sheet.lines.map(({ label, value }, number) => ({ no: String(number + 1), label, value })),
        history: sheet.history.map((event, number) => ({
          no: String(number + 1),
          step: event.step ?? '',
          person: event.actor?.title ?? '',
          action: say(`did.${event.action}`),
          at: at(event.at),
          comment: event.comment ?? '',
        })),
      },
    };
  },
};
