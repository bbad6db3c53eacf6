import { useQuery } from '@tanstack/react-query';
import { Checkbox, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { patch } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import { FailedPage, PageSkeleton } from '../shell/StatusPage.tsx';
import { toastError } from '../shell/toasts.tsx';
import '../styles/form.css';
import '../styles/notifications.css';
import { type MailMode, PATHS, type Preferences, preferencesOf, type Whose } from './preferences.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: hour,
  label: `${String(hour).padStart(2, '0')}:00`,
}));
const MODES: MailMode[] = ['off', 'now', 'daily', 'weekly'];

export function OwnPreferencesPage() {
  const { t } = useTranslation();
  return (
    <div className="page slim">
      <h1 tabIndex={-1}>{t('notifications.choose')}</h1>
      <p className="quiet">{t('notifications.chooseText')}</p>
      <PreferencesForm whose="own" />
    </div>
  );
}

export function CompanyPreferencesPage() {
  const { t } = useTranslation();
  return (
    <div className="narrow-form">
      <h1 tabIndex={-1}>{t('notifications.defaults')}</h1>
      <p className="quiet">{t('notifications.defaultsText')}</p>
      <PreferencesForm whose="company" />
    </div>
  );
}

/** Each kind by each channel; what is chosen holds at once. */
function PreferencesForm({ whose }: { whose: Whose }) {
  const { t } = useTranslation();
  const query = preferencesOf(whose);
  const { data, error, refetch } = useQuery(query);
  if (error) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const change = async (shown: Preferences, body: object) => {
    queryClient.setQueryData(query.queryKey, shown);
    try {
      queryClient.setQueryData(query.queryKey, await patch<Preferences>(PATHS[whose], body));
    } catch (failure) {
      toastError(failure);
      await refetch();
    }
  };
  const changeKind = (name: string, part: Partial<Preferences['kinds'][number]>) =>
    void change(
      { ...data, kinds: data.kinds.map((kind) => (kind.name === name ? { ...kind, ...part } : kind)) },
      { kinds: { [name]: part } },
    );
  const changeTimes = (part: Partial<Pick<Preferences, 'digest' | 'quiet'>>) =>
    void change({ ...data, ...part }, part);
  return (
    <>
      <section className="card">
        <table className="channels">
          <thead>
            <tr>
              <th scope="col">{t('notifications.kind')}</th>
              <th scope="col">{t('notifications.inApp')}</th>
              <th scope="col">{t('notifications.mail')}</th>
            </tr>
          </thead>
          <tbody>
            {data.kinds.map(({ name, label, inApp, mail, digestable }) => (
              <tr key={name}>
                <th scope="row">{label}</th>
                <td>
                  <Checkbox
                    aria-label={`${label} ${t('notifications.inApp')}`}
                    checked={inApp}
                    onChange={(event) => changeKind(name, { inApp: event.target.checked })}
                  />
                </td>
                <td>
                  <Select
                    aria-label={`${label} ${t('notifications.mail')}`}
                    value={mail}
                    options={MODES.filter((mode) => digestable || mode === 'off' || mode === 'now').map(
                      (mode) => ({ value: mode, label: t(`notifications.mode.${mode}`) }),
                    )}
                    onChange={(mode) => changeKind(name, { mail: mode })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {!data.mail && <p className="quiet note-hint">{t('notifications.noMail')}</p>}
      </section>
      <Times data={data} onChange={changeTimes} />
    </>
  );
}

interface TimesProps {
  data: Preferences;
  onChange: (part: Partial<Pick<Preferences, 'digest' | 'quiet'>>) => void;
}

function Times({ data: { digest, quiet }, onChange }: TimesProps) {
  const { t } = useTranslation();
  return (
    <section className="card pad">
      <div className="field">
        <span className="field-label">{t('notifications.digest')}</span>
        <span className="note-times">
          <Select
            aria-label={t('notifications.digestHour')}
            value={digest.hour}
            options={HOURS}
            onChange={(hour) => onChange({ digest: { ...digest, hour } })}
          />
          <Select
            aria-label={t('notifications.digestDay')}
            value={digest.weekday}
            options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({
              value: day,
              label: t('notifications.weeklyOn', { day: t(`notifications.day.${day}`) }),
            }))}
            onChange={(weekday) => onChange({ digest: { ...digest, weekday } })}
          />
        </span>
      </div>
      <div className="field">
        <span className="field-label">{t('notifications.quiet')}</span>
        <span className="note-times">
          <Switch
            aria-label={t('notifications.quiet')}
            checked={quiet !== null}
            onChange={(on) => onChange({ quiet: on ? { from: 22, to: 7 } : null })}
          />
          {quiet && (
            <>
              <Select
                aria-label={t('notifications.quietFrom')}
                value={quiet.from}
                options={HOURS}
                onChange={(from) => onChange({ quiet: { ...quiet, from } })}
              />
              –
              <Select
                aria-label={t('notifications.quietTo')}
                value={quiet.to}
                options={HOURS}
                onChange={(to) => onChange({ quiet: { ...quiet, to } })}
              />
            </>
          )}
        </span>
        <small className="quiet">{t('notifications.quietText')}</small>
      </div>
    </section>
  );
}
