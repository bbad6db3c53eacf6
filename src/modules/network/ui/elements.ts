import { type Edge, MarkerType, type Node } from '@xyflow/react';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import type { RelationGraph } from '../graph/graph.shared.ts';

export type PersonData = {
  record: WireRecord | null;
  title: string;
  /** One of theirs, of another customer's, or of us. */
  side: 'there' | 'away' | 'ours';
};
export type PersonNode = Node<PersonData, 'person'>;
export type RelationEdge = Edge<{ record: WireRecord | null; kind: 'reports' | 'tie' | 'known' }>;

/** Said at each line, not by a style sheet: a picture saved of it takes no style sheet along. */
const LINE = { fill: 'none' };
const ARROW = { type: MarkerType.ArrowClosed, width: 14, height: 14, markerUnits: 'userSpaceOnUse' };
const widthOf = ({ strength }: WireRecord) => Number(strength ?? 1) * 0.7 + 0.5;

/** What is drawn: who reports to whom, and unless it is the chart alone, what binds people and who of us knows them. */
export function elementsOf(
  graph: RelationGraph,
  chart: boolean,
  words: { outOfSight: string; label(tie: WireRecord): string },
): { nodes: PersonNode[]; edges: RelationEdge[] } {
  const nodes = new Map<string, PersonNode>();
  const add = (
    id: string,
    title: string | null,
    side: PersonData['side'],
    record: WireRecord | null = null,
  ) => {
    if (!nodes.has(id))
      nodes.set(id, {
        id,
        type: 'person',
        position: { x: 0, y: 0 },
        data: { record, title: title ?? words.outOfSight, side },
      });
  };
  for (const person of graph.people) add(person.id, person.title, 'there', person);
  const edges: RelationEdge[] = graph.people.flatMap((person) => {
    const boss = person.reportsTo as Reference | null | undefined;
    if (!boss || !nodes.has(boss.id)) return [];
    return [
      {
        id: `reports-${person.id}`,
        source: boss.id,
        target: person.id,
        type: 'smoothstep',
        data: { record: person, kind: 'reports' as const },
        style: { ...LINE, stroke: 'var(--ink-3)' },
        markerEnd: ARROW,
      },
    ];
  });
  if (chart) return { nodes: [...nodes.values()], edges };
  for (const person of graph.others) add(person.id, person.title, 'away', person);
  for (const tie of graph.ties) {
    const [from, to] = [tie.from as Reference, tie.to as Reference];
    for (const end of [from, to]) add(end.id, end.title, 'away');
    edges.push({
      id: tie.id,
      source: from.id,
      target: to.id,
      label: words.label(tie),
      data: { record: tie, kind: 'tie' },
      labelStyle: { fill: 'var(--ink)', fontSize: 11 },
      labelBgStyle: { fill: 'var(--surface)' },
      style: { ...LINE, strokeWidth: widthOf(tie), stroke: 'var(--teng)' },
      ...(tie.direction === 'forward' ? { markerEnd: ARROW } : {}),
    });
  }
  for (const item of graph.acquaintances) {
    const [user, contact] = [item.user as Reference, item.contact as Reference];
    add(user.id, user.title, 'ours');
    edges.push({
      id: item.id,
      source: contact.id,
      target: user.id,
      data: { record: item, kind: 'known' },
      style: { ...LINE, strokeWidth: widthOf(item), stroke: 'var(--dai)', strokeDasharray: '5 4' },
    });
  }
  return { nodes: [...nodes.values()], edges };
}
