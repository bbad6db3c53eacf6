import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf, post } from '../api/client.ts';
import { FormError } from '../shell/FormError.tsx';
import { EntryField } from './EntryField.tsx';
import { refreshSession } from './session.ts';
import { useEntry } from './useEntry.ts';

/** An invited person chooses a password and is in. */
export function InvitationForm({ token }: { token: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => get<{ name: string; email: string | null }>(`/invitations/${token}`),
  });
  const [name, setName] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const shown = name ?? data?.name ?? '';
  const { busy, message, errors, submit } = useEntry(async () => {
    await post(`/invitations/${token}`, { password, name: shown });
    window.history.replaceState(null, '', '/');
    await refreshSession();
  });
  if (error)
    return (
      <>
        <h1>{t('invitation.gone')}</h1>
        <p>{messageOf(error)}</p>
        <a className="link" href="/">
          {t('invitation.signIn')}
        </a>
      </>
    );
  return (
    <form onSubmit={submit}>
      <h1>{t('invitation.title')}</h1>
      <p className="quiet">{data?.email ?? ''}</p>
      <EntryField
        label={t('setup.name')}
        value={shown}
        onChange={setName}
        error={errors.name}
        autoComplete="name"
      />
      <EntryField
        label={t('setup.password')}
        type="password"
        value={password}
        onChange={setPassword}
        error={errors.password}
        hint={t('setup.passwordHint')}
        autoComplete="new-password"
        autoFocus
      />
      <FormError message={message} />
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={busy}
        disabled={!password || !shown}
      >
        {t('invitation.go')}
      </Button>
    </form>
  );
}
