import dagre from '@dagrejs/dagre';
import type { PersonNode, RelationEdge } from './elements.ts';

const SIZE = { width: 168, height: 68 };

/** Places people so that whoever reports stands below. Ties between people who have their place already move nobody. */
export function placed(nodes: PersonNode[], edges: readonly RelationEdge[]): PersonNode[] {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 72, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...SIZE });
  const reports = edges.filter(({ data }) => data?.kind === 'reports');
  const standing = new Set(reports.flatMap(({ source, target }) => [source, target]));
  for (const { source, target, data } of edges)
    if (data?.kind !== 'tie' || !standing.has(source) || !standing.has(target)) graph.setEdge(source, target);
  dagre.layout(graph);
  return nodes.map((node) => {
    const { x, y } = graph.node(node.id);
    return { ...node, position: { x: x - SIZE.width / 2, y: y - SIZE.height / 2 } };
  });
}
