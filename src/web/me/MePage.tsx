import { Link } from '@tanstack/react-router';
import { Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timeZones } from '../admin/SettingsPage.tsx';
import { patch } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { queryClient } from '../api/query.ts';
import { LANGUAGES, type Language } from '../i18n/index.ts';
import { useUnread } from '../notifications/api.ts';
import { forThisSide } from '../outside.ts';
import { usePhone } from '../shell/hooks.ts';
import { useLookChoice } from '../shell/look.ts';
import { toast } from '../shell/toasts.tsx';
import { chooseLanguage, signOut } from '../shell/UserMenu.tsx';
import { type MenuItem, menuItems } from '../slots.ts';
import { DENSITIES, THEMES } from '../theme.ts';
import '../styles/form.css';
import '../styles/admin.css';
import { FormError } from '../shell/FormError.tsx';
import { submits, useSaving } from '../shell/useSaving.ts';
import { PasswordCard } from './PasswordCard.tsx';
import { SessionsCard } from './SessionsCard.tsx';
import { TwoFactorCard } from './TwoFactorCard.tsx';

/** One's own account: name, language, look, password, second factor, where one is signed in. */
export function MePage() {
  const { t } = useTranslation();
  const unread = useUnread();
  const phone = usePhone();
  return (
    <div className="page slim">
      <div className="head">
        <h1 tabIndex={-1}>{t('me.title')}</h1>
        <span className="fill" />
        <Link className="button" to={'/notifications' as string}>
          {unread > 0 ? t('notifications.count', { count: unread }) : t('notifications.title')}
        </Link>
        {phone && forThisSide(menuItems).map((item) => <PhoneLink key={item.to} item={item} />)}
        <Link className="button" to={'/me/notifications' as string}>
          {t('notifications.choose')}
        </Link>
        <Button onClick={() => void signOut()}>{t('signOut')}</Button>
      </div>
      <Profile />
      <PasswordCard />
      <TwoFactorCard />
      <SessionsCard />
    </div>
  );
}

const noBadge = () => 0;

/** The phone has no menu: its pages are reached from here. */
function PhoneLink({ item }: { item: MenuItem }) {
  const { t } = useTranslation();
  const badge = (item.useBadge ?? noBadge)();
  return (
    <Link className="button" to={item.to}>
      {t(item.label)}
      {badge > 0 && <b className="tab-mark">{badge}</b>}
    </Link>
  );
}

function Profile() {
  const { t, i18n } = useTranslation();
  const { me } = useMeta();
  const look = useLookChoice();
  const [name, setName] = useState(me.name);
  const [timeZone, setTimeZone] = useState(me.timeZone);
  const { busy, message, run } = useSaving();
  const save = () =>
    run(async () => {
      await patch('/me', { name: name.trim(), timeZone });
      await queryClient.invalidateQueries({ queryKey: ['meta'] });
      toast(t('me.saved'), { kind: 'good' });
    });
  return (
    <section className="card">
      <header>
        <h2>{t('me.profile')}</h2>
      </header>
      <form className="card-body" onSubmit={submits(save)}>
        <div className="field">
          <label className="field-label" htmlFor="me-name">
            {t('setup.name')}
          </label>
          <Input
            id="me-name"
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="field">
          <span className="field-label">{t('setup.email')}</span>
          <span style={{ lineHeight: '32px' }}>{me.email ?? '—'}</span>
        </div>
        <div className="field">
          <label className="field-label" htmlFor="me-zone">
            {t('settings.timeZone')}
          </label>
          <Select
            id="me-zone"
            showSearch
            value={timeZone}
            options={timeZones().map((zone) => ({ value: zone, label: zone }))}
            onChange={setTimeZone}
          />
        </div>
        <div className="field">
          <span className="field-label">{t('me.language')}</span>
          <Radio.Group
            value={i18n.language}
            onChange={(event) => void chooseLanguage(event.target.value as Language)}
            options={LANGUAGES.map((language) => ({ value: language, label: t(`language.${language}`) }))}
          />
        </div>
        <div className="field">
          <span className="field-label">{t('me.theme')}</span>
          <Radio.Group
            value={look.theme}
            onChange={(event) => look.chooseTheme(event.target.value)}
            options={THEMES.map((choice) => ({ value: choice, label: t(`theme.${choice}`) }))}
          />
        </div>
        <div className="field">
          <span className="field-label">{t('me.density')}</span>
          <Radio.Group
            value={look.density}
            onChange={(event) => look.chooseDensity(event.target.value)}
            options={DENSITIES.map((choice) => ({ value: choice, label: t(`density.${choice}`) }))}
          />
        </div>
        <FormError message={message} />
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={!name.trim() || (name === me.name && timeZone === me.timeZone)}
        >
          {t('save')}
        </Button>
      </form>
    </section>
  );
}
