import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, remove } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import { EntryField } from '../entry/EntryField.tsx';
import { useEntry } from '../entry/useEntry.ts';
import { FormError } from '../shell/FormError.tsx';
import { toast } from '../shell/toasts.tsx';

interface Started {
  uri: string;
  secret: string;
  recoveryCodes: string[];
}

const KEY = ['two-factor'];

/** The second factor: password, then a picture for the app, then a code that proves it works. */
export function TwoFactorCard() {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: KEY, queryFn: () => get<{ on: boolean }>('/me/two-factor') });
  const [started, setStarted] = useState<Started | null>(null);
  const [password, setPassword] = useState('');
  const on = data?.on ?? false;
  const { busy, message, errors, submit } = useEntry(async () => {
    if (on) {
      await remove('/me/two-factor', undefined, { password });
      toast(t('me.twoFactorOff'));
      await queryClient.invalidateQueries({ queryKey: KEY });
    } else setStarted(await post<Started>('/me/two-factor', { password }));
    setPassword('');
  });
  return (
    <section className="card">
      <header>
        <h2>{t('me.twoFactor')}</h2>
        {data && <span className={`tag ${on ? 'song' : ''}`}>{t(on ? 'me.on' : 'me.off')}</span>}
      </header>
      <div className="card-body">
        <p className="quiet">{t('me.twoFactorText')}</p>
        {started ? (
          <Confirm
            started={started}
            onDone={() => {
              setStarted(null);
              void queryClient.invalidateQueries({ queryKey: KEY });
            }}
          />
        ) : (
          <form onSubmit={submit} className="two-fields">
            <EntryField
              label={t('me.current')}
              type="password"
              value={password}
              onChange={setPassword}
              error={errors.password}
              autoComplete="current-password"
            />
            <FormError message={message} />
            <Button htmlType="submit" loading={busy} disabled={!password} danger={on}>
              {t(on ? 'me.turnOff' : 'me.turnOn')}
            </Button>
          </form>
        )}
      </div>
    </section>
  );
}

function Confirm({ started, onDone }: { started: Started; onDone: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    void import('qrcode').then(async ({ toDataURL }) =>
      setPicture(await toDataURL(started.uri, { margin: 0 })),
    );
  }, [started.uri]);
  const { busy, message, errors, submit } = useEntry(async () => {
    await post('/me/two-factor/confirm', { code: code.trim() });
    toast(t('me.twoFactorOn'), { kind: 'good' });
    onDone();
  });
  return (
    <form onSubmit={submit}>
      <p>{t('me.scan')}</p>
      {picture && <img className="qr" src={picture} alt={t('me.qr')} />}
      <p>
        {t('me.secret')} <code>{started.secret}</code>
      </p>
      <p>{t('me.recovery')}</p>
      <ul className="codes">
        {started.recoveryCodes.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <EntryField
        label={t('twoFactor.code')}
        value={code}
        onChange={setCode}
        error={errors.code}
        autoComplete="one-time-code"
        inputMode="numeric"
      />
      <FormError message={message} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!code.trim()}>
        {t('me.confirm')}
      </Button>
    </form>
  );
}
