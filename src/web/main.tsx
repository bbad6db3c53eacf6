import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { startI18n, startLanguage } from './i18n/index.ts';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import { applyTheme, storedTheme } from './theme.ts';

applyTheme(storedTheme());
await startI18n(startLanguage());
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
