import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { startI18n, startLanguage } from './i18n/index.ts';
import { reloadWhenReplaced } from './replaced.ts';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import { applyLook, storedLook, USUAL_LOOK } from './theme.ts';

applyLook(storedLook() ?? USUAL_LOOK);
reloadWhenReplaced();
await startI18n(startLanguage());
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
