import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { FormError } from '../shell/FormError.tsx';
import { EntryField } from './EntryField.tsx';
import { refreshSession } from './session.ts';
import { useEntry } from './useEntry.ts';

/** The first start: the company and its first administrator. */
export function SetupForm() {
  const { t, i18n } = useTranslation();
  const [values, setValues] = useState({ company: '', name: '', email: '', password: '' });
  const put = (name: keyof typeof values) => (value: string) => setValues({ ...values, [name]: value });
  const { busy, message, errors, submit } = useEntry(async () => {
    await post('/setup', { ...values, language: i18n.language });
    window.history.replaceState(null, '', '/welcome');
    await refreshSession();
  });
  return (
    <form onSubmit={submit}>
      <h1>{t('setup.title')}</h1>
      <p className="quiet">{t('setup.text')}</p>
      <EntryField
        label={t('setup.company')}
        value={values.company}
        onChange={put('company')}
        error={errors.company}
        autoComplete="organization"
        autoFocus
      />
      <EntryField
        label={t('setup.name')}
        value={values.name}
        onChange={put('name')}
        error={errors.name}
        autoComplete="name"
      />
      <EntryField
        label={t('setup.email')}
        type="email"
        value={values.email}
        onChange={put('email')}
        error={errors.email}
        autoComplete="username"
      />
      <EntryField
        label={t('setup.password')}
        type="password"
        value={values.password}
        onChange={put('password')}
        error={errors.password}
        hint={t('setup.passwordHint')}
        autoComplete="new-password"
      />
      <FormError message={message} />
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={busy}
        disabled={!values.company || !values.name || !values.email || !values.password}
      >
        {t('setup.create')}
      </Button>
    </form>
  );
}
