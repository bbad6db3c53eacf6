import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf, put } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import './network.css';

interface Settings {
  silentDays: number;
  keyAccountsOnly: boolean;
}
const KEY = ['settings', 'coverage'];

/** When the company is warned of weak relations. */
export function CoveragePage() {
  const { data } = useQuery({ queryKey: KEY, queryFn: () => get<Settings>('/settings/coverage') });
  return data ? <CoverageForm start={data} /> : <PageSkeleton />;
}

function CoverageForm({ start }: { start: Settings }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(start);
  const [message, setMessage] = useState<string | null>(null);
  const save = async () => {
    try {
      queryClient.setQueryData(KEY, await put<Settings>('/settings/coverage', now));
      setMessage(null);
      toast(t('warnings.saved'), { kind: 'good' });
    } catch (error) {
      setMessage(messageOf(error));
    }
  };
  return (
    <section className="card pad network-settings">
      <h1>{t('warnings.title')}</h1>
      <p className="quiet">{t('warnings.text')}</p>
      <label>
        {t('warnings.silentDays')}{' '}
        <InputNumber
          min={7}
          max={730}
          value={now.silentDays}
          onChange={(silentDays) => setNow({ ...now, silentDays: silentDays ?? start.silentDays })}
        />
      </label>
      <Checkbox
        checked={now.keyAccountsOnly}
        onChange={(event) => setNow({ ...now, keyAccountsOnly: event.target.checked })}
      >
        {t('warnings.keyAccountsOnly')}
      </Checkbox>
      {message && <p className="form-error">{message}</p>}
      <Button type="primary" onClick={() => void save()}>
        {t('save')}
      </Button>
    </section>
  );
}
