import dagre from '@dagrejs/dagre';
import type { Edge, Node } from '@xyflow/react';

export const SIZE = { width: 168, height: 68 };

/** Places people so that whoever reports stands below, and lines cross little. */
export function placed<N extends Node>(nodes: N[], edges: readonly Edge[]): N[] {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 72, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...SIZE });
  for (const { source, target } of edges) graph.setEdge(source, target);
  dagre.layout(graph);
  return nodes.map((node) => {
    const { x, y } = graph.node(node.id);
    return { ...node, position: { x: x - SIZE.width / 2, y: y - SIZE.height / 2 } };
  });
}
