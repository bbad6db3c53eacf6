import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../../web/api/client.ts';
import { useShortList } from '../../../web/api/records.ts';
import type { Link } from '../../../web/api/types.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { refreshMoney } from './Steps.tsx';

interface Taken {
  entered: number;
  known: number;
  out: number;
  unread: { line: number; reason: string }[];
}

/** Takes in a statement of the bank for one of our accounts: what is there already is left out. */
export function StatementDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const accounts = useShortList('bank-accounts', { filter: { field: 'active', op: 'eq', value: true } });
  const [picked, setPicked] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const items = accounts.data?.items ?? [];
  const account = picked ?? (items.length === 1 ? (items[0]?.id ?? null) : null);
  const save = async () => {
    const body = new FormData();
    // Fields before the file: the server reads the form as it comes.
    if (account) body.append('account', account);
    body.append('file', file as File);
    const taken = await request<Taken>('POST', '/bank-entries/statement', { body });
    const counts = { ...taken, unread: taken.unread.length };
    toast(t('money.taken', counts), { kind: taken.unread.length ? 'bad' : 'good' });
    refreshMoney();
    onClose();
  };
  return (
    <FormDialog
      title={t('money.statement')}
      width={460}
      ok={t('money.takeIn')}
      ready={file !== null && (account !== null || items.length === 0)}
      save={save}
      onClose={onClose}
    >
      {items.length > 0 ? (
        <div className="field">
          <label className="field-label" htmlFor="statement-account">
            {t('money.account')}
          </label>
          <Select
            id="statement-account"
            value={account}
            onChange={setPicked}
            options={items.map((item) => ({
              value: item.id,
              label: [item.title, (item.legalEntity as Link | null)?.title, item.accountNumber]
                .filter(Boolean)
                .join(' · '),
            }))}
          />
        </div>
      ) : (
        accounts.data && <p className="quiet">{t('money.noAccount')}</p>
      )}
      <div className="field">
        <label className="field-label" htmlFor="statement-file">
          {t('money.file')}
        </label>
        <input
          id="statement-file"
          type="file"
          accept=".csv,.xlsx"
          onChange={({ target }) => setFile(target.files?.[0] ?? null)}
        />
      </div>
    </FormDialog>
  );
}
