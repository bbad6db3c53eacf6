import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { get } from '../../../web/api/client.ts';
import type { MoneyValue } from '../../../web/api/types.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import type { Owed } from '../figures/owed.ts';
import { leftOf, type MoneyDialogProps, spread } from './dialogs.ts';
import './money.css';

const keyOf = ({ type, id, instalment }: Owed) => `${type} ${id} ${instalment?.id ?? ''}`;

/** Allocating: which of the customer's open orders, contracts, instalments and invoices this money pays, and how much of each. */
export function AllocateDialog({ label, record, take, onClose }: MoneyDialogProps) {
  const { t } = useTranslation();
  const free = record.free as MoneyValue;
  const { data } = useQuery({
    queryKey: ['short', 'receipts', 'owed', record.id],
    queryFn: () => get<{ items: Owed[] }>(`/receipts/${record.id}/owed`),
  });
  const [shares, setShares] = useState<Record<string, string>>({});
  const items = data?.items ?? [];
  const lines = items.map((item) => ({
    key: keyOf(item),
    open: item.open,
    invoice: item.type === 'invoice',
  }));
  const left = leftOf(free, shares);
  const given = items.flatMap((item) => {
    const amount = shares[keyOf(item)]?.trim();
    const part = item.instalment ? { instalment: item.instalment.id } : {};
    return amount && Number(amount) > 0 ? [{ [item.type]: item.id, ...part, amount }] : [];
  });
  const save = async () => {
    await take({ allocations: given });
    onClose();
  };
  return (
    <FormDialog
      title={label}
      width={640}
      ok={label}
      ready={given.length > 0 && left !== null && !left.startsWith('-')}
      save={save}
      onClose={onClose}
    >
      {data && items.length === 0 && <p className="quiet">{t('money.nothingOwed')}</p>}
      {items.length > 0 && (
        <>
          <p className="quiet">
            {t('money.allocateHint')}{' '}
            <button type="button" className="link" onClick={() => setShares(spread(free, lines))}>
              {t('money.byDue')}
            </button>
          </p>
          <div className="step-lines">
            {items.map((item) => (
              <label key={keyOf(item)}>
                <span>
                  {t(`money.pick.${item.type}`)} {[item.number, item.name].filter(Boolean).join(' ')}
                  {item.instalment ? ` · ${item.instalment.name ?? t('money.instalment')}` : ''}{' '}
                  <small className="quiet">
                    {item.due ?? t('money.noDay')} · {formatMoney(item.open)}
                  </small>
                </span>
                <Input
                  aria-label={t('money.shareOf', {
                    name: [item.number, item.instalment?.name].filter(Boolean).join(' '),
                  })}
                  inputMode="decimal"
                  value={shares[keyOf(item)] ?? ''}
                  onChange={({ target }) => setShares((old) => ({ ...old, [keyOf(item)]: target.value }))}
                />
              </label>
            ))}
          </div>
          <p role="status" className={left?.startsWith('-') ? 'late' : 'quiet'}>
            {left === null
              ? t('money.noAmount')
              : t('money.leftFree', { amount: formatMoney({ amount: left, currency: free.currency }) })}
          </p>
        </>
      )}
    </FormDialog>
  );
}
