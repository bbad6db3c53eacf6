import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { openPalette } from '../find/open.ts';
import { topBarParts } from '../slots.ts';
import { QuickCreate } from './QuickCreate.tsx';
import { UserMenu } from './UserMenu.tsx';

export function TopBar() {
  const { t } = useTranslation();
  const mac = navigator.platform.startsWith('Mac');
  return (
    <header className="top">
      <button type="button" className="find-box" onClick={openPalette}>
        <SearchOutlined />
        <span>{t('find.hint')}</span>
        <kbd>{mac ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <span className="fill" />
      <QuickCreate
        button={(props) => (
          <button type="button" className="button primary" {...props}>
            <PlusOutlined /> {t('new')}
          </button>
        )}
      />
      {topBarParts.map((Part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts never change while the page stands
        <Part key={index} />
      ))}
      <UserMenu />
    </header>
  );
}
