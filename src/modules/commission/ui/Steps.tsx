import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { Steps as FileSteps } from '../../../web/file/Steps.tsx';
import type { Question, Step } from '../../../web/file/steps.ts';
import type { SlotProps } from '../../../web/slots.ts';

type Ask = 'day' | 'paidOn' | 'reason' | 'adjust';
/** What comes next, by record type and state, and what it asks. */
const NEXT: Record<string, Record<string, readonly [command: string, ask?: Ask, primary?: boolean][]>> = {
  commissionPlan: {
    draft: [['commission-start', undefined, true]],
    inForce: [['commission-end', 'day']],
  },
  commissionBatch: {
    draft: [
      ['commission-submit', undefined, true],
      ['commission-refill'],
      ['commission-adjust', 'adjust'],
      ['commission-undo', 'reason'],
    ],
    approved: [
      ['commission-pay', 'paidOn', true],
      ['commission-undo', 'reason'],
    ],
  },
};

/** What may be done next with a plan or a settlement. */
export function Steps({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const commands = new Map(
    (useMeta().entity(entity.name)?.commands ?? []).map(({ name, label }) => [name, label]),
  );
  const reason: Question = {
    name: 'reason',
    label: t('commission.ask.reason'),
    kind: 'longText',
    required: true,
    max: 500,
  };
  const questions: Record<Ask, Question[]> = {
    day: [{ name: 'day', label: t('commission.ask.lastDay'), kind: 'date', required: true }],
    paidOn: [{ name: 'day', label: t('commission.ask.paidOn'), kind: 'date' }],
    reason: [reason],
    adjust: [
      { name: 'person', label: t('commission.ask.person'), kind: 'reference', to: 'user', required: true },
      {
        name: 'amount',
        label: t('commission.ask.amount'),
        kind: 'text',
        required: true,
        pattern: /^-?\d{1,13}(\.\d{1,2})?$/,
        max: 20,
      },
      reason,
    ],
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
        refreshEntity('commission-rows');
      },
    }),
  );
  return <FileSteps steps={steps} />;
}
