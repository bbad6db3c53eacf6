import {
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  CalculatorOutlined,
  CarOutlined,
  CheckSquareOutlined,
  ContactsOutlined,
  ExperimentOutlined,
  FileOutlined,
  FileTextOutlined,
  FolderOutlined,
  HomeOutlined,
  InboxOutlined,
  MoneyCollectOutlined,
  PercentageOutlined,
  PhoneOutlined,
  ProfileOutlined,
  ProjectOutlined,
  ReadOutlined,
  RollbackOutlined,
  SafetyOutlined,
  ScheduleOutlined,
  ShopOutlined,
  StarOutlined,
  SwapOutlined,
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

/** Names that declarations use besides. */
const DECLARED: Record<string, ComponentType> = {
  customer: ShopOutlined,
  contact: ContactsOutlined,
  activity: PhoneOutlined,
  task: CheckSquareOutlined,
  apartment: TeamOutlined,
  safety: SafetyOutlined,
  attachment: FileOutlined,
  lead: StarOutlined,
  quote: CalculatorOutlined,
  contract: AuditOutlined,
  order: FileTextOutlined,
  delivery: CarOutlined,
  return: RollbackOutlined,
  invoice: ProfileOutlined,
  receipt: MoneyCollectOutlined,
  idcard: ProfileOutlined,
  partner: TeamOutlined,
  company: BankOutlined,
  product: InboxOutlined,
  book: ReadOutlined,
  trial: ExperimentOutlined,
  plan: ScheduleOutlined,
  percentage: PercentageOutlined,
  transaction: SwapOutlined,
};

export function EntityIcon({ entity }: { entity: MetaEntity }) {
  const name = entity.icon ?? entity.name;
  const Icon = ICONS[name] ?? DECLARED[name] ?? FolderOutlined;
  return <Icon />;
}
