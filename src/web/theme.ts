import type { ThemeConfig } from 'antd';

/** The look of the product: every colour, radius and font size stands here and nowhere else. */
const light = {
  paper: '#f6f4ef',
  surface: '#fffefb',
  raised: '#ffffff',
  head: '#faf8f3',
  line: '#e6e1d8',
  'line-soft': '#f0ece4',
  control: '#d3ccbf',
  ink: '#22262b',
  'ink-2': '#5b626b',
  'ink-3': '#646a72',
  dai: '#28566f',
  'dai-hover': '#34708f',
  'dai-soft': '#e4edf2',
  'on-dai': '#ffffff',
  zhu: '#b93c25',
  'zhu-soft': '#fbe9e4',
  teng: '#8a5e06',
  'teng-soft': '#f8eed7',
  song: '#2a6d50',
  'song-soft': '#e3f1ea',
  plain: '#efece5',
  mark: '#fbe7a8',
  nav: '#1f333f',
  'nav-on': '#2f4b5a',
  'nav-ink': '#c9d5db',
  'nav-ink-2': '#93abb7',
  veil: 'rgba(34, 38, 43, 0.32)',
  shade: '0 8px 28px rgba(34, 38, 43, 0.14)',
};

/** Night paper: warm dark grounds, the same blue lifted until it carries text, softs as tinted darks. */
const dark: Record<keyof typeof light, string> = {
  paper: '#17191b',
  surface: '#1e2123',
  raised: '#25292c',
  head: '#222528',
  line: '#34393c',
  'line-soft': '#2a2e31',
  control: '#474d51',
  ink: '#e8e4db',
  'ink-2': '#b4b2ab',
  'ink-3': '#999890',
  dai: '#7fb2cd',
  'dai-hover': '#9cc6db',
  'dai-soft': '#22353f',
  'on-dai': '#10242f',
  zhu: '#ec8a74',
  'zhu-soft': '#41241d',
  teng: '#ddb25c',
  'teng-soft': '#3a2f18',
  song: '#7cc3a0',
  'song-soft': '#1d3529',
  plain: '#2d3134',
  mark: '#6a5518',
  nav: '#121a1f',
  'nav-on': '#243842',
  'nav-ink': '#b9c7ce',
  'nav-ink-2': '#8298a3',
  veil: 'rgba(0, 0, 0, 0.55)',
  shade: '0 8px 28px rgba(0, 0, 0, 0.5)',
};

export const THEMES = ['light', 'dark', 'auto'] as const;
export type ThemeChoice = (typeof THEMES)[number];
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

export interface Look {
  theme: ThemeChoice;
  density: Density;
}

export const USUAL_LOOK: Look = { theme: 'auto', density: 'comfortable' };

export const isOneOf = <T>(offered: readonly T[], value: unknown): value is T => offered.includes(value as T);

/** Heights in pixels: of a table row, of a control. */
export const ROW: Record<Density, number> = { comfortable: 36, compact: 30 };
const CONTROL: Record<Density, number> = { comfortable: 32, compact: 28 };

const STORE = 'guanxi.look';
const night = () => window.matchMedia('(prefers-color-scheme: dark)');

/** The look last shown on this device, so that the first picture already has it; null on a new one. */
export function storedLook(): Look | null {
  const [theme, density] = localStorage.getItem(STORE)?.split(' ') ?? [];
  return isOneOf(THEMES, theme) && isOneOf(DENSITIES, density) ? { theme, density } : null;
}

/** Whoever comes next on this device chooses for himself. */
export const forgetLook = (): void => localStorage.removeItem(STORE);

export function isDark(choice: ThemeChoice): boolean {
  return choice === 'dark' || (choice === 'auto' && night().matches);
}

/** Puts the tokens on the page as CSS variables (`--dai`, `--ink-2`, `--row` …) for our own style sheets. */
export function applyLook({ theme, density }: Look): void {
  const darkMode = isDark(theme);
  const tokens = darkMode ? dark : light;
  const root = document.documentElement;
  root.dataset.theme = darkMode ? 'dark' : 'light';
  root.style.colorScheme = darkMode ? 'dark' : 'light';
  root.style.setProperty('--row', `${ROW[density]}px`);
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(`--${name}`, value);
}

export function keepLook({ theme, density }: Look): void {
  localStorage.setItem(STORE, `${theme} ${density}`);
}

/** Calls back when the machine changes between day and night. */
export function watchNight(changed: () => void): () => void {
  const query = night();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** The same tokens as an Ant Design theme. */
export function antTheme(
  darkMode: boolean,
  density: Density,
  algorithm: ThemeConfig['algorithm'],
): ThemeConfig {
  const t = darkMode ? dark : light;
  return {
    ...(algorithm ? { algorithm } : {}),
    token: {
      colorPrimary: t.dai,
      colorInfo: t.dai,
      colorLink: t.dai,
      colorLinkHover: t['dai-hover'],
      colorError: t.zhu,
      colorWarning: t.teng,
      colorSuccess: t.song,
      colorTextBase: t.ink,
      colorBgBase: t.surface,
      colorText: t.ink,
      colorTextSecondary: t['ink-2'],
      colorTextTertiary: t['ink-3'],
      colorTextDescription: t['ink-3'],
      colorTextPlaceholder: t['ink-3'],
      colorTextLightSolid: t['on-dai'],
      colorBgContainer: t.raised,
      colorBgElevated: t.raised,
      colorBgLayout: t.paper,
      colorBorder: t.control,
      colorBorderSecondary: t.line,
      colorSplit: t.line,
      colorBgMask: t.veil,
      controlItemBgActive: t['dai-soft'],
      controlItemBgActiveHover: t['dai-soft'],
      controlItemBgHover: t.plain,
      boxShadow: t.shade,
      boxShadowSecondary: t.shade,
      fontFamily: 'var(--font)',
      fontSize: 14,
      fontSizeSM: 12,
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      controlHeight: CONTROL[density],
      controlHeightSM: 26,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 400 },
      Modal: { titleFontSize: 16 },
      Tooltip: { colorBgSpotlight: t.nav, colorTextLightSolid: '#f3efe6' },
    },
  };
}
