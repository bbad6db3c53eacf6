import i18next from 'i18next';

/** A form section by name: ours are translated, the administrator's own are already in his words. */
export const groupLabel = (name: string): string =>
  i18next.exists(`group.${name}`) ? i18next.t(`group.${name}`) : name;
