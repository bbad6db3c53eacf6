import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { openPalette } from '../find/open.ts';
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
      <UserMenu />
    </header>
  );
}
