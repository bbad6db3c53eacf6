import type { ModuleUi } from './slots.ts';

/** Rooms of the platform with screens of their own; modules are found by themselves. */
export const rooms: ModuleUi[] = [];
