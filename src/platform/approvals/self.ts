import type { Mode } from './flow.shared.ts';
import type { World } from './state.ts';

/** Who is asked at a step where the person who began would have been asked himself. */
export interface Instead {
  people: string[];
  mode: Mode;
  /** Asked in his place; empty where he is merely left out. */
  instead: string[];
}

/**
 * Nobody agrees to what he asks for himself, unless the flow allows it: one above him is asked, else an administrator. Where
 * one of several is enough the others are.
 * @returns null where the step does not ask him
 */
export function withoutSelf(
  people: readonly string[],
  mode: Mode,
  self: string | undefined,
  world: Pick<World, 'administrators' | 'instead'>,
): Instead | null {
  if (!self || !people.includes(self)) return null;
  const others = people.filter((person) => person !== self);
  if (mode === 'any' && others.length) return { people: others, mode, instead: [] };
  const administrators = world.administrators.filter((person) => person !== self);
  const superior = world.instead && world.instead !== self ? [world.instead] : null;
  // Beside others one administrator takes the place; alone any of them may decide.
  const instead = superior ?? (others.length ? administrators.slice(0, 1) : administrators);
  const asked = [...new Set(people.flatMap((person) => (person === self ? instead : [person])))];
  // There is nobody else in the whole company.
  if (asked.length === 0) return { people: [self], mode, instead: [] };
  return {
    people: asked,
    mode: others.length === 0 && instead.length > 1 ? 'any' : mode,
    instead: instead.filter((person) => !others.includes(person)),
  };
}

/** The administrators who are asked where nobody else is: not the person who began, as long as there is another. */
export function administratorsFor(self: string | undefined, administrators: readonly string[]): string[] {
  const others = administrators.filter((person) => person !== self);
  return others.length ? others : [...administrators];
}
