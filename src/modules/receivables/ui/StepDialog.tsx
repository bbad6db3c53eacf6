import { Input } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import type { Link, MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import type { Asks } from './steps.ts';

interface Props {
  entity: MetaEntity;
  record: WireRecord;
  step: { command: string; label: string; asks: Asks };
  onClose(): void;
  onDone(): void;
}

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

type Links = Partial<Record<'customer' | 'contract' | 'order' | 'invoice', Link[]>>;
const TARGETS = ['order', 'contract', 'invoice'] as const;

/** Asks what a step needs to know: why, how much, for what, or under which number. */
export function StepDialog({ entity, record, step, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [amount, setAmount] = useState('');
  const [day, setDay] = useState<string | null>(null);
  const [links, setLinks] = useState<Links>({});
  const idOf = (name: keyof Links) => links[name]?.[0]?.id;
  const targets = Object.fromEntries(TARGETS.flatMap((name) => (idOf(name) ? [[name, idOf(name)]] : [])));
  const bodies: Record<Asks, () => object> = {
    nothing: () => ({}),
    reason: () => ({ reason }),
    amount: () => ({ amount, reason }),
    number: () => ({ invoiceNumber: amount }),
    target: () => ({ allocations: [{ ...targets, ...(amount ? { amount } : {}) }] }),
    answer: () => ({ result: reason, ...(day ? { promisedOn: day } : {}) }),
    claim: () => ({ customer: idOf('customer'), ...targets, ...(amount ? { amount } : {}) }),
  };
  const ready: Record<Asks, boolean> = {
    nothing: true,
    reason: reason.trim() !== '',
    amount: amount !== '' && reason.trim() !== '',
    number: /^\d{20}$/.test(amount),
    target: Object.keys(targets).length > 0,
    claim: !!idOf('customer'),
    answer: reason.trim() !== '',
  };
  const save = async () => {
    await post(`/${entity.plural}/${record.id}/${step.command}`, bodies[step.asks]());
    onDone();
    onClose();
  };
  const picker = (name: keyof Links) => (
    <Row key={name} label={t(`money.pick.${name}`)}>
      <ReferencePicker
        label={t(`money.pick.${name}`)}
        to={name}
        noCreate
        value={links[name] ?? []}
        onChange={(value) => setLinks({ ...links, [name]: value.slice(-1) })}
      />
    </Row>
  );
  const text = (label: string, value: string, set: (value: string) => void) => (
    <Row label={label}>
      <Input aria-label={label} value={value} onChange={({ target }) => set(target.value.trim())} />
    </Row>
  );
  const { asks } = step;
  return (
    <FormDialog
      title={step.label}
      width={460}
      ok={step.label}
      ready={ready[asks]}
      save={save}
      onClose={onClose}
    >
      {asks === 'claim' && picker('customer')}
      {(asks === 'claim' || asks === 'target') && TARGETS.map(picker)}
      {asks === 'number' && text(t('money.pick.number'), amount, setAmount)}
      {asks === 'amount' && text(t('money.pick.amount'), amount, setAmount)}
      {(asks === 'claim' || asks === 'target') && text(t('money.pick.part'), amount, setAmount)}
      {(asks === 'reason' || asks === 'amount' || asks === 'answer') && (
        <Row label={t(asks === 'answer' ? 'money.pick.answer' : 'money.pick.reason')}>
          <Input.TextArea
            aria-label={t(asks === 'answer' ? 'money.pick.answer' : 'money.pick.reason')}
            autoFocus
            rows={2}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </Row>
      )}
      {asks === 'answer' && (
        <Row label={t('money.pick.promisedOn')}>
          <Suspense fallback={null}>
            <DateInput label={t('money.pick.promisedOn')} withTime={false} value={day} onChange={setDay} />
          </Suspense>
        </Row>
      )}
    </FormDialog>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <span className="field-control">{children}</span>
    </div>
  );
}
