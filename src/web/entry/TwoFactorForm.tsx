import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { FormError } from '../shell/FormError.tsx';
import { EntryField } from './EntryField.tsx';
import { refreshSession } from './session.ts';
import { useEntry } from './useEntry.ts';

/** The second step of signing in: a code from the phone, or one of the recovery codes. */
export function TwoFactorForm({ back }: { back: () => void }) {
  const { t } = useTranslation();
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [trust, setTrust] = useState(false);
  const { busy, message, errors, submit } = useEntry(async () => {
    const typed = code.trim();
    await post(
      '/session/two-factor',
      recovery ? { recoveryCode: typed } : { code: typed, trustDevice: trust },
    );
    await refreshSession();
  });
  return (
    <form onSubmit={submit}>
      <h1>{t('twoFactor.title')}</h1>
      <p className="quiet">{t(recovery ? 'twoFactor.recoveryText' : 'twoFactor.text')}</p>
      <EntryField
        key={recovery ? 'recovery' : 'code'}
        label={t(recovery ? 'twoFactor.recovery' : 'twoFactor.code')}
        value={code}
        onChange={setCode}
        error={errors.code ?? errors.recoveryCode}
        autoComplete="one-time-code"
        inputMode={recovery ? 'text' : 'numeric'}
        autoFocus
      />
      {!recovery && (
        <p>
          <Checkbox checked={trust} onChange={(event) => setTrust(event.target.checked)}>
            {t('twoFactor.trust')}
          </Checkbox>
        </p>
      )}
      <FormError message={message} />
      <Button type="primary" size="large" block htmlType="submit" loading={busy} disabled={!code.trim()}>
        {t('signIn.go')}
      </Button>
      <p className="entry-note">
        <button
          type="button"
          className="link"
          onClick={() => {
            setRecovery(!recovery);
            setCode('');
          }}
        >
          {t(recovery ? 'twoFactor.useCode' : 'twoFactor.useRecovery')}
        </button>
        <button type="button" className="link" onClick={back}>
          {t('twoFactor.back')}
        </button>
      </p>
    </form>
  );
}
