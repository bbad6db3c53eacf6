import { expect, test } from 'vitest';
import type { PersonNode, RelationEdge } from './elements.ts';
import { placed } from './layout.ts';

const node = (id: string): PersonNode => ({
  id,
  type: 'person',
  position: { x: 0, y: 0 },
  data: { record: null, title: id, side: 'there' },
});
const edge = (source: string, target: string, kind: 'reports' | 'tie' | 'known'): RelationEdge => ({
  id: `${source}${target}${kind}`,
  source,
  target,
  data: { record: null, kind },
});
const heights = (edges: RelationEdge[]) => {
  const at = new Map(
    placed(['a', 'b', 'c', 'd'].map(node), edges).map(({ id, position }) => [id, position.y]),
  );
  return (id: string) => at.get(id) as number;
};

test('whoever reports stands below, equals side by side, whatever binds them', () => {
  const y = heights([
    edge('a', 'b', 'reports'),
    edge('a', 'c', 'reports'),
    edge('b', 'c', 'tie'),
    edge('c', 'd', 'known'),
  ]);
  expect(y('a')).toBeLessThan(y('b'));
  expect(y('b')).toBe(y('c'));
  expect(y('c')).toBeLessThan(y('d'));
});

test('nobody covers another', () => {
  const all = placed(['a', 'b', 'c', 'd'].map(node), [edge('a', 'b', 'tie')]);
  expect(new Set(all.map(({ position: { x, y } }) => `${x},${y}`)).size).toBe(4);
});
