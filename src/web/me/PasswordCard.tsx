import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import { EntryField } from '../entry/EntryField.tsx';
import { useEntry } from '../entry/useEntry.ts';
import { FormError } from '../shell/FormError.tsx';
import { toast } from '../shell/toasts.tsx';
import { SESSIONS } from './SessionsCard.tsx';

export function PasswordCard() {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { busy, message, errors, submit } = useEntry(async () => {
    await post('/me/password', { current, next });
    setCurrent('');
    setNext('');
    await queryClient.invalidateQueries({ queryKey: SESSIONS });
    toast(t('me.passwordChanged'), { kind: 'good' });
  });
  return (
    <section className="card">
      <header>
        <h2>{t('me.password')}</h2>
      </header>
      <form className="card-body two-fields" onSubmit={submit}>
        <EntryField
          label={t('me.current')}
          type="password"
          value={current}
          onChange={setCurrent}
          error={errors.current}
          autoComplete="current-password"
        />
        <EntryField
          label={t('signIn.newPassword')}
          type="password"
          value={next}
          onChange={setNext}
          error={errors.next}
          hint={t('me.passwordHint')}
          autoComplete="new-password"
        />
        <FormError message={message} />
        <Button htmlType="submit" loading={busy} disabled={!current || !next}>
          {t('me.changePassword')}
        </Button>
      </form>
    </section>
  );
}
