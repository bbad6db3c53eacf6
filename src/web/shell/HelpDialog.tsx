import { Modal } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { closeHelp, helpStore } from './help.ts';

const KEYS: [string, string][] = [
  ['Ctrl K', 'help.find'],
  ['N', 'help.new'],
  ['E', 'help.edit'],
  ['/', 'help.filter'],
  ['J K', 'help.move'],
  ['Enter', 'help.open'],
  ['F', 'help.follow'],
  ['X', 'help.select'],
  ['F2', 'help.inline'],
  ['Ctrl S', 'help.save'],
  ['Esc', 'help.close'],
  ['?', 'help.help'],
];

export function HelpDialog() {
  const { t } = useTranslation();
  const open = useSyncExternalStore(helpStore.subscribe, helpStore.read);
  return (
    <Modal open={open} title={t('help.title')} footer={null} onCancel={closeHelp} width={420}>
      <dl className="keys">
        {KEYS.map(([key, text]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((part) => (
                <kbd key={part}>{part}</kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
