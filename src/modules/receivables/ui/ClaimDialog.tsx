import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { get } from '../../../web/api/client.ts';
import type { Link, MoneyValue } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import type { Suggestion } from '../bank/suggest.ts';
import { difference, type MoneyDialogProps } from './dialogs.ts';
import './money.css';

const TARGETS = ['order', 'contract', 'invoice'] as const;
type Links = Partial<Record<'customer' | (typeof TARGETS)[number], Link[]>>;

/** Claiming: whose money this is and what it pays; likely ones are proposed, and nothing is booked before finance confirms it. */
export function ClaimDialog({ label, record, take, onClose }: MoneyDialogProps) {
  const { t } = useTranslation();
  const left = record.left as MoneyValue;
  const { data } = useQuery({
    queryKey: ['short', 'bank-entries', 'suggestions', record.id],
    queryFn: () => get<{ items: Suggestion[] }>(`/bank-entries/${record.id}/suggestions`),
    retry: false,
  });
  const [links, setLinks] = useState<Links>({});
  const [chosen, setChosen] = useState<Suggestion | null>(null);
  const [amount, setAmount] = useState('');
  const idOf = (name: keyof Links) => links[name]?.[0]?.id;
  const choose = (suggestion: Suggestion) => {
    const { customer, item } = suggestion;
    setChosen(suggestion);
    setLinks({
      customer: [customer],
      ...(item ? { [item.type]: [{ id: item.id, title: item.name || item.number }] } : {}),
    });
  };
  const save = async () => {
    const named = Object.fromEntries(
      (['customer', ...TARGETS] as const).flatMap((name) => (idOf(name) ? [[name, idOf(name)]] : [])),
    );
    await take({ ...named, ...(amount.trim() ? { amount: amount.trim() } : {}) });
    onClose();
  };
  const picker = (name: keyof Links) => (
    <Row key={name} label={t(`money.pick.${name}`)}>
      <ReferencePicker
        label={t(`money.pick.${name}`)}
        to={name}
        noCreate
        value={links[name] ?? []}
        onChange={(value) => {
          setChosen(null);
          setLinks({ ...links, [name]: value.slice(-1) });
        }}
      />
    </Row>
  );
  const open = chosen?.item?.open;
  const rest =
    open && open.currency === left.currency ? difference(amount.trim() || left.amount, open.amount) : null;
  const facts = [record.title, record.date, record.summary].filter(Boolean).join(' · ');
  return (
    <FormDialog title={label} width={560} ok={label} ready={!!idOf('customer')} save={save} onClose={onClose}>
      <p className="quiet">
        {facts} <strong>{formatMoney(left)}</strong>
      </p>
      {(data?.items.length ?? 0) > 0 && (
        <fieldset className="money-guesses">
          <legend>{t('money.likely')}</legend>
          {data?.items.map((each) => (
            <Guess
              key={`${each.customer.id} ${each.item?.type} ${each.item?.id} ${each.item?.instalment?.id}`}
              guess={each}
              chosen={chosen === each}
              onChoose={() => choose(each)}
            />
          ))}
        </fieldset>
      )}
      {data?.items.length === 0 && <p className="quiet">{t('money.noneLikely')}</p>}
      {(['customer', ...TARGETS] as const).map(picker)}
      <Row label={t('money.pick.part')}>
        <Input
          aria-label={t('money.pick.part')}
          inputMode="decimal"
          placeholder={left.amount}
          value={amount}
          onChange={({ target }) => setAmount(target.value)}
        />
      </Row>
      {rest && (
        <p className="quiet" role="status">
          {t(`money.rest.${rest.kind}`, {
            amount: formatMoney({ amount: rest.amount, currency: left.currency }),
          })}
        </p>
      )}
    </FormDialog>
  );
}

function Guess({ guess, chosen, onChoose }: { guess: Suggestion; chosen: boolean; onChoose(): void }) {
  const { t } = useTranslation();
  const { customer, item, reasons } = guess;
  const what = item
    ? [item.number, item.instalment && (item.instalment.name ?? t('money.instalment')), item.due].filter(
        Boolean,
      )
    : [t('money.advance')];
  return (
    <label className={chosen ? 'chosen' : ''}>
      <input type="radio" name="guess" checked={chosen} onChange={onChoose} />
      <span className="what">
        <strong>{customer.title}</strong>
        <span className="quiet">
          {item ? `${t(`money.pick.${item.type}`)} ` : ''}
          {what.join(' · ')}
        </span>
        <span className="why">
          {reasons.map((reason) => (
            <span key={reason} className="tag song">
              {t(`money.why.${reason}`)}
            </span>
          ))}
        </span>
      </span>
      {item && <strong>{formatMoney(item.open)}</strong>}
    </label>
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
