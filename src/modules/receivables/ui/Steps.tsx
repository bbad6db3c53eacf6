import { useNavigate } from '@tanstack/react-router';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { Steps as FileSteps } from '../../../web/file/Steps.tsx';
import type { Step } from '../../../web/file/steps.ts';
import { toast } from '../../../web/shell/toasts.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { askedFor, questionsOf, STEPS } from './steps.ts';

const ClaimDialog = lazy(() => import('./ClaimDialog.tsx').then((m) => ({ default: m.ClaimDialog })));
const AllocateDialog = lazy(() =>
  import('./AllocateDialog.tsx').then((m) => ({ default: m.AllocateDialog })),
);
const FlushDialog = lazy(() => import('./FlushDialog.tsx').then((m) => ({ default: m.FlushDialog })));

const DIALOGS = { claim: ClaimDialog, allocate: AllocateDialog, flush: FlushDialog } as const;

/** Lets go of whatever shows money. */
export function refreshMoney(): void {
  for (const plural of [
    'receipts',
    'invoices',
    'bank-entries',
    'orders',
    'contracts',
    'dunnings',
    'rebate-agreements',
  ])
    refreshEntity(plural);
}

/** What is next with a receipt, an invoice or money of the bank. */
export function Steps({ entity, record, onAsking }: SlotProps & { onAsking?(asking: boolean): void }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const allowed = new Map((meta.entity(entity.name)?.commands ?? []).map(({ name, label }) => [name, label]));
  const own = (STEPS[entity.name]?.[String(record.status)] ?? []).filter(
    ({ command, when }) =>
      allowed.has(command) && (when?.(record) ?? true) && (command !== 'takeBack' || record.can.update),
  );
  const open = (plural: string, id: string) =>
    void navigate({ to: '/r/$plural/$id', params: { plural, id } });
  const take = async (command: string, body: object) => {
    const answer = await post<{ invoice?: string }>(`/${entity.plural}/${record.id}/${command}`, body);
    refreshMoney();
    const red = askedFor(command, answer);
    if (red) {
      const action = { label: t('money.red.open'), run: () => open(entity.plural, red) };
      toast(t('money.red.asked'), { kind: 'good', action });
    }
  };
  const steps = own.map(({ command, asks, primary = false }): Step => {
    const Own = DIALOGS[command as keyof typeof DIALOGS];
    const label =
      entity.name === 'receipt' && command === 'confirm'
        ? t('money.confirm')
        : (allowed.get(command) ?? command);
    return {
      key: command,
      label,
      primary,
      ...(asks === 'own'
        ? {
            dialog: ({ onClose }) => (
              <Own label={label} record={record} take={(body) => take(command, body)} onClose={onClose} />
            ),
          }
        : asks === 'nothing'
          ? {}
          : { asks: questionsOf(asks, t) }),
      take: (answers) => take(command, answers),
    };
  });
  return <FileSteps steps={steps} {...(onAsking ? { onAsking } : {})} />;
}
