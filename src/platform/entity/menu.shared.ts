/** Parts of the main menu, in their order. */
export const MENU_GROUPS = [
  'main',
  'work',
  'sales',
  'money',
  'results',
  'channel',
  'goods',
  'service',
  'business',
  'basics',
] as const;

export type MenuGroup = (typeof MENU_GROUPS)[number];
