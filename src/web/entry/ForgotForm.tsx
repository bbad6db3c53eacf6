import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { FormError } from '../shell/FormError.tsx';
import { EntryField } from './EntryField.tsx';
import { useEntry } from './useEntry.ts';

/** Who forgot his password has a link mailed. Whether there is such an account is not told. */
export function ForgotForm({ login: typed, back }: { login: string; back: () => void }) {
  const { t } = useTranslation();
  const [login, setLogin] = useState(typed);
  const [sent, setSent] = useState(false);
  const { busy, message, errors, submit } = useEntry(async () => {
    await post('/session/forgotten', { login });
    setSent(true);
  });
  return (
    <form onSubmit={submit}>
      <h1>{t(sent ? 'forgot.sentTitle' : 'forgot.title')}</h1>
      <p className="quiet" role="status">
        {t(sent ? 'forgot.sent' : 'forgot.hint')}
      </p>
      {!sent && (
        <EntryField
          label={t('signIn.login')}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          error={errors.login}
          autoFocus
        />
      )}
      <FormError message={message} />
      {!sent && (
        <Button type="primary" size="large" block htmlType="submit" loading={busy} disabled={!login.trim()}>
          {t('forgot.go')}
        </Button>
      )}
      <p className="entry-note">
        <button type="button" className="link" onClick={back}>
          {t('forgot.back')}
        </button>
      </p>
    </form>
  );
}
