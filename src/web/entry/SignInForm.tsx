import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { FormError } from '../shell/FormError.tsx';
import { EntryField } from './EntryField.tsx';
import { ForgotForm } from './ForgotForm.tsx';
import { refreshSession } from './session.ts';
import { useEntry } from './useEntry.ts';

interface Props {
  company: string | undefined;
  /** Whether a link for a new password can be mailed. */
  resetByMail: boolean;
  twoFactor: () => void;
}

export function SignInForm({ company, resetByMail, twoFactor }: Props) {
  const { t } = useTranslation();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [next, setNext] = useState('');
  const { busy, message, code, errors, submit } = useEntry(async () => {
    const body = expired ? { login, password, newPassword: next } : { login, password };
    const answer = await post<{ state: string }>('/session', body);
    if (answer.state === 'twoFactor') twoFactor();
    else await refreshSession();
  });
  const [wasExpired, setWasExpired] = useState(false);
  if (code === 'password_expired' && !wasExpired) setWasExpired(true);
  const expired = wasExpired;
  const [forgot, setForgot] = useState(false);
  if (forgot) return <ForgotForm login={login} back={() => setForgot(false)} />;
  return (
    <form onSubmit={submit}>
      <h1>{t('signIn.title')}</h1>
      {company && <p className="quiet">{company}</p>}
      <EntryField
        label={t('signIn.login')}
        value={login}
        onChange={setLogin}
        autoComplete="username"
        error={errors.login}
        autoFocus
      />
      <EntryField
        label={t('signIn.password')}
        type="password"
        value={password}
        onChange={setPassword}
        error={errors.password}
        autoComplete="current-password"
      />
      {expired && (
        <EntryField
          label={t('signIn.newPassword')}
          type="password"
          value={next}
          onChange={setNext}
          error={errors.newPassword ?? errors.next}
          hint={t('signIn.expired')}
          autoComplete="new-password"
        />
      )}
      <FormError message={expired && code === 'password_expired' ? null : message} />
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={busy}
        disabled={!login || !password || (expired && !next)}
      >
        {t(expired ? 'signIn.change' : 'signIn.go')}
      </Button>
      {resetByMail ? (
        <p className="entry-note">
          <button type="button" className="link" onClick={() => setForgot(true)}>
            {t('signIn.forgotten')}
          </button>
        </p>
      ) : (
        <p className="quiet entry-note">{t('signIn.forgot')}</p>
      )}
    </form>
  );
}
