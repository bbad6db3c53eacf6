export interface TreeNode {
  id: string;
  parentId: string | null;
}

/** Each department → itself and all below it, itself first. A node whose parent is missing stands at the top. */
export function departmentsBelow(nodes: readonly TreeNode[]): Map<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { id, parentId } of nodes) {
    if (parentId) children.set(parentId, [...(children.get(parentId) ?? []), id]);
  }
  const below = new Map<string, readonly string[]>();
  const collect = (id: string): readonly string[] => {
    const known = below.get(id);
    if (known) return known;
    // A circle cannot be stored; should one ever be, it must not stop the server: a branch met again is taken as empty.
    below.set(id, [id]);
    const all = [id, ...(children.get(id) ?? []).flatMap(collect)];
    below.set(id, all);
    return all;
  };
  for (const { id } of nodes) collect(id);
  return below;
}
