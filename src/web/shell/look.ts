import { createContext, useContext } from 'react';
import { usePreference } from '../api/preferences.ts';
import {
  DENSITIES,
  type Density,
  isOneOf,
  type Look,
  THEMES,
  type ThemeChoice,
  USUAL_LOOK,
} from '../theme.ts';

export const LookContext = createContext<{ look: Look; apply: (next: Look) => void }>({
  look: USUAL_LOOK,
  apply: () => {},
});

export const useLook = (): Look => useContext(LookContext).look;

/** How the person likes the pages: shown at once here, kept on the server for his other devices. */
export function useLookChoice() {
  const { look, apply } = useContext(LookContext);
  const [, keepTheme] = usePreference<ThemeChoice>('theme', USUAL_LOOK.theme);
  const [, keepDensity] = usePreference<Density>('density', USUAL_LOOK.density);
  return {
    ...look,
    chooseTheme(theme: ThemeChoice) {
      apply({ ...look, theme });
      keepTheme(theme);
    },
    chooseDensity(density: Density) {
      apply({ ...look, density });
      keepDensity(density);
    },
  };
}

/** The look among the preferences; what was never chosen, or is no look, is the usual one. */
export const lookOf = ({ theme, density }: Record<string, unknown>): Look => ({
  theme: isOneOf(THEMES, theme) ? theme : USUAL_LOOK.theme,
  density: isOneOf(DENSITIES, density) ? density : USUAL_LOOK.density,
});
