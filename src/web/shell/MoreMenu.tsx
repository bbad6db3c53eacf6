import { MoreOutlined } from '@ant-design/icons';
import { Dropdown, type MenuProps } from 'antd';

/** What else can be done with something: three dots that name it, for keyboard, phone and mouse alike. */
export function MoreMenu({ label, items }: { label: string; items: NonNullable<MenuProps['items']> }) {
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <button type="button" className="icon-button" aria-label={label}>
        <MoreOutlined aria-hidden />
      </button>
    </Dropdown>
  );
}
