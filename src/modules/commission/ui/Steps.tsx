import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { dayOf } from '../../../web/fields/format.ts';
import { Steps as FileSteps } from '../../../web/file/Steps.tsx';
import type { Question, Step } from '../../../web/file/steps.ts';
import type { SlotProps } from '../../../web/slots.ts';

type Ask = 'day' | 'paidOn' | 'reason' | 'adjust' | 'adjustRebate';
type Next = readonly [command: string, ask?: Ask, primary?: boolean];

/** Of a settlement, by state; what is added by hand differs. */
const settling = (name: string, adjust: Ask): Record<string, readonly Next[]> => ({
  draft: [
    [`${name}-submit`, undefined, true],
    [`${name}-refill`],
    [`${name}-adjust`, adjust],
    [`${name}-undo`, 'reason'],
  ],
  approved: [
    [`${name}-pay`, 'paidOn', true],
    [`${name}-undo`, 'reason'],
  ],
});

/** What comes next, by record type and state, and what it asks. */
const NEXT: Record<string, Record<string, readonly Next[]>> = {
  commissionPlan: {
    draft: [['commission-start', undefined, true]],
    inForce: [['commission-end', 'day']],
  },
  commissionBatch: settling('commission', 'adjust'),
  rebateAgreement: {
    draft: [['rebate-start', undefined, true]],
    inForce: [['rebate-end', 'day']],
  },
  rebateBatch: settling('rebate', 'adjustRebate'),
};

/** What may be done next with a plan, an agreement or a settlement. */
export function Steps({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const commands = new Map(
    (useMeta().entity(entity.name)?.commands ?? []).map(({ name, label }) => [name, label]),
  );
  const today = dayOf(new Date().toISOString());
  const reason: Question = {
    name: 'reason',
    label: t('commission.ask.reason'),
    kind: 'longText',
    required: true,
    max: 500,
  };
  const who = (name: string, to: string, label: string): Question => ({
    ...{ name, to, label },
    kind: 'reference',
    required: true,
  });
  const amount: Question = {
    name: 'amount',
    label: t('commission.ask.amount'),
    kind: 'text',
    required: true,
    pattern: /^-?\d{1,13}(\.\d{1,2})?$/,
    max: 20,
  };
  const questions: Record<Ask, Question[]> = {
    day: [{ name: 'day', label: t('commission.ask.lastDay'), kind: 'date', required: true }],
    paidOn: [{ name: 'day', label: t('commission.ask.paidOn'), kind: 'date', value: today }],
    reason: [reason],
    adjust: [who('person', 'user', t('commission.ask.person')), amount, reason],
    adjustRebate: [who('agreement', 'rebateAgreement', t('commission.col.agreement')), amount, reason],
  };
  const next = (NEXT[entity.name]?.[String(record.status)] ?? []).filter(
    ([name]) => commands.has(name) && record.can.update,
  );
  const steps = next.map(
    ([name, ask, primary]): Step => ({
      key: name,
      label: commands.get(name) ?? name,
      ...(primary ? { primary } : {}),
      ...(ask ? { asks: questions[ask] } : {}),
      take: async (answers) => {
        await post(`/${entity.plural}/${record.id}/${name}`, answers);
        refreshEntity(entity.plural);
        for (const plural of ['commission-rows', 'rebate-agreements']) refreshEntity(plural);
      },
    }),
  );
  return <FileSteps steps={steps} />;
}
