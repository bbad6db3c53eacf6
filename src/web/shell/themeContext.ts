import { createContext, useContext } from 'react';
import type { ThemeChoice } from '../theme.ts';

export const ThemeContext = createContext<{ choice: ThemeChoice; choose: (next: ThemeChoice) => void }>({
  choice: 'auto',
  choose: () => {},
});
export const useTheme = () => useContext(ThemeContext);
