import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { download } from '../../../web/api/download.ts';
import { currentLanguage } from '../../../web/i18n/index.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';

interface Word {
  placeholder: string;
  label: string;
  loop: string | null;
}

/** What a template may ask for: found by name, copied by a click, taken along as a list. */
export function WordsDrawer({ kind, onClose }: { kind: string; onClose(): void }) {
  const { t } = useTranslation();
  const [find, setFind] = useState('');
  const language = currentLanguage();
  const path = `/paper-kinds/${kind}/placeholders`;
  const { data } = useQuery({
    queryKey: ['paper-words', kind, language],
    queryFn: () => get<{ items: Word[] }>(path, { language }),
  });
  const words = data?.items.filter(({ placeholder }) => placeholder.includes(find.trim())) ?? [];
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      toast(t('papers.copied', { text }), { kind: 'good' });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <Drawer open title={t('papers.words')} onClose={onClose} size={420}>
      <div className="paper-form">
        <Input
          autoFocus
          allowClear
          placeholder={t('papers.find')}
          aria-label={t('papers.find')}
          value={find}
          onChange={({ target }) => setFind(target.value)}
        />
        <Button onClick={() => void download(path, { language, format: 'csv' }).catch(toastError)}>
          {t('papers.csv')}
        </Button>
        <ul className="paper-words">
          {words.map(({ placeholder, loop }) => (
            <li key={`${loop}${placeholder}`}>
              <button type="button" className="link" onClick={() => void copy(placeholder)}>
                {placeholder}
              </button>
              {loop && <span className="quiet"> {t('papers.loop', { loop: `{#${loop}}…{/${loop}}` })}</span>}
            </li>
          ))}
        </ul>
      </div>
    </Drawer>
  );
}
