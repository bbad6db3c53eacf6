import type { Field, Part } from '../types.ts';

/** What people write of a part's rows; the rest follows from the head. */
export function partFields({ entity, head }: Part): Field[] {
  const followed = [head.name, 'owner', 'department', entity.scope.kind === 'child' ? entity.scope.of : ''];
  return entity.fieldList.filter((field) => !field.readOnly && !followed.includes(field.name));
}
