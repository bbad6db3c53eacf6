import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf, post, put } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { queryClient } from '../api/query.ts';
import { shortInstant } from '../fields/format.ts';
import { FormError } from '../shell/FormError.tsx';
import { FailedPage, PageSkeleton } from '../shell/StatusPage.tsx';
import { toast } from '../shell/toasts.tsx';
import { submits, useSaving } from '../shell/useSaving.ts';
import '../styles/notifications.css';

interface Settings {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  acceptSelfSigned: boolean;
  user: string;
  from: string;
  fromName: string;
}
type Shown = Settings & { hasPassword: boolean };

interface Message {
  id: string;
  createdAt: string;
  recipient: string;
  state: 'queued' | 'handed' | 'sent' | 'uncertain' | 'failed';
  answer: string | null;
}

const KEY = ['mail settings'];
const PORTS = { tls: 465, starttls: 587, none: 25 } as const;

/** The server mail goes through. */
export function MailPage() {
  const { company } = useMeta();
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: () => get<{ settings: Shown | null }>('/mail/settings'),
  });
  if (error) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const start = data.settings ?? {
    host: '',
    port: PORTS.tls,
    security: 'tls' as const,
    acceptSelfSigned: false,
    user: '',
    from: '',
    fromName: company.name,
    hasPassword: false,
  };
  return <MailForm key={data.settings ? 'set' : 'new'} start={start} isSet={data.settings !== null} />;
}

function MailForm({ start, isSet }: { start: Shown; isSet: boolean }) {
  const { t } = useTranslation();
  const [{ hasPassword, ...values }, setValues] = useState(start);
  const [password, setPassword] = useState('');
  const [changed, setChanged] = useState(false);
  const { busy, message, run } = useSaving();
  const change = (part: Partial<Settings>) => {
    setValues({ ...values, hasPassword, ...part });
    setChanged(true);
  };
  const save = () =>
    run(async () => {
      const body = { ...values, ...(password || !values.user ? { password } : {}) };
      const answer = await put<{ settings: Shown }>('/mail/settings', body);
      queryClient.setQueryData(KEY, answer);
      setValues(answer.settings);
      setPassword('');
      setChanged(false);
      toast(t('mail.saved'), { kind: 'good' });
    });
  const text = (name: 'host' | 'user' | 'from' | 'fromName') => (
    <div className="field">
      <label className="field-label" htmlFor={`mail-${name}`}>
        {t(`mail.${name}`)}
      </label>
      <Input
        id={`mail-${name}`}
        value={values[name]}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => change({ [name]: event.target.value.trim() })}
      />
    </div>
  );
  return (
    <form className="narrow-form" onSubmit={submits(save)}>
      <h1 tabIndex={-1}>{t('mail.title')}</h1>
      <p className="quiet">{t('mail.hint')}</p>
      <section className="card pad">
        {text('host')}
        <div className="field">
          <span className="field-label">{t('mail.security')}</span>
          <Radio.Group
            value={values.security}
            options={(['tls', 'starttls', 'none'] as const).map((mode) => ({
              value: mode,
              label: t(`mail.security.${mode}`),
            }))}
            onChange={({ target }) =>
              change({ security: target.value, port: PORTS[target.value as keyof typeof PORTS] })
            }
          />
        </div>
        <div className="field">
          <label className="field-label" htmlFor="mail-port">
            {t('mail.port')}
          </label>
          <InputNumber
            id="mail-port"
            value={values.port}
            min={1}
            max={65_535}
            onChange={(port) => change({ port: port ?? PORTS[values.security] })}
          />
        </div>
        {values.security !== 'none' && (
          <div className="field">
            <Checkbox
              checked={values.acceptSelfSigned}
              onChange={(event) => change({ acceptSelfSigned: event.target.checked })}
            >
              {t('mail.selfSigned')}
            </Checkbox>
          </div>
        )}
        {text('user')}
        <div className="field">
          <label className="field-label" htmlFor="mail-password">
            {t('mail.password')}
          </label>
          <Input.Password
            id="mail-password"
            value={password}
            autoComplete="new-password"
            placeholder={hasPassword ? t('mail.kept') : ''}
            onChange={(event) => {
              setPassword(event.target.value);
              setChanged(true);
            }}
          />
        </div>
        {text('from')}
        {text('fromName')}
        <FormError message={message} />
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={!changed || !values.host || !values.from}
        >
          {t('save')}
        </Button>
      </section>
      {isSet && <TestMail ready={!changed} />}
      {isSet && <LastMails />}
    </form>
  );
}

/** Sends one mail at once and shows what the server said. */
function TestMail({ ready }: { ready: boolean }) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const [to, setTo] = useState(me.email ?? '');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<{ sent: boolean; answer: string } | null>(null);
  const send = async () => {
    setBusy(true);
    setAnswer(null);
    try {
      setAnswer(await post<{ sent: boolean; answer: string }>('/mail/test', { to }));
    } catch (error) {
      setAnswer({ sent: false, answer: messageOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card pad">
      <div className="field">
        <label className="field-label" htmlFor="mail-to">
          {t('mail.testTo')}
        </label>
        <Input
          id="mail-to"
          value={to}
          maxLength={200}
          onChange={(event) => setTo(event.target.value.trim())}
        />
      </div>
      <Button loading={busy} disabled={!to || !ready} onClick={() => void send()}>
        {t('mail.test')}
      </Button>
      {answer && (
        <Alert
          className="mail-answer"
          type={answer.sent ? 'success' : 'error'}
          title={t(answer.sent ? 'mail.testSent' : 'mail.testFailed')}
          description={t('mail.answer', { answer: answer.answer })}
        />
      )}
    </section>
  );
}

function LastMails() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['mail messages'],
    queryFn: () => get<{ items: Message[] }>('/mail/messages', { limit: 20 }),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('mail.last')}</h2>
      </header>
      <ul className="notes">
        {data.items.map(({ id, recipient, state, answer, createdAt }) => (
          <li className="note pad-text" key={id}>
            {recipient} · {t(`mail.state.${state}`)}{' '}
            <time dateTime={createdAt}>{shortInstant(createdAt)}</time>
            {state !== 'sent' && answer && <small className="quiet mail-answer"> {answer}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
