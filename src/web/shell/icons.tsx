import {
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  CarOutlined,
  CheckSquareOutlined,
  ContactsOutlined,
  FileOutlined,
  FileTextOutlined,
  FolderOutlined,
  HomeOutlined,
  InboxOutlined,
  PhoneOutlined,
  ProjectOutlined,
  ShopOutlined,
  StarOutlined,
  TagOutlined,
  TeamOutlined,
  ToolOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { MetaEntity } from '../api/types.ts';

/** Icons an administrator may choose for a record type of his own, by name. */
export const ICONS: Record<string, ComponentType> = {
  app: AppstoreOutlined,
  audit: AuditOutlined,
  bank: BankOutlined,
  box: InboxOutlined,
  car: CarOutlined,
  check: CheckSquareOutlined,
  contacts: ContactsOutlined,
  file: FileOutlined,
  folder: FolderOutlined,
  home: HomeOutlined,
  phone: PhoneOutlined,
  project: ProjectOutlined,
  shop: ShopOutlined,
  star: StarOutlined,
  tag: TagOutlined,
  team: TeamOutlined,
  text: FileTextOutlined,
  tool: ToolOutlined,
  user: UserOutlined,
};

/** Names that declarations use. */
const DECLARED: Record<string, string> = {
  customer: 'shop',
  contact: 'contacts',
  activity: 'phone',
  task: 'check',
  product: 'box',
  apartment: 'team',
  safety: 'audit',
  attachment: 'file',
  lead: 'star',
  contract: 'audit',
  order: 'text',
  partner: 'team',
  delivery: 'car',
  company: 'bank',
};

export function EntityIcon({ entity }: { entity: MetaEntity }) {
  const name = entity.icon ?? entity.name;
  const Icon = ICONS[name] ?? ICONS[DECLARED[name] ?? ''] ?? FolderOutlined;
  return <Icon />;
}
