/** Whether who is signed in is not of the house: then only parts that say so stand on pages and in the menu. */
let outside = false;

export const tellOutside = (told: boolean): void => {
  outside = told;
};

/** What whoever is signed in gets of these parts. */
export const forThisSide = <T extends { outside?: boolean | 'only' }>(parts: T[]): T[] =>
  parts.filter((part) => (outside ? part.outside : part.outside !== 'only'));
