import {
  applyNodeChanges,
  Background,
  type Connection,
  Controls,
  type EdgeChange,
  getNodesBounds,
  getViewportForBounds,
  type NodeChange,
  Panel,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { toPng } from 'html-to-image';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import { saveEdit } from '../../../web/api/save.ts';
import { valueText } from '../../../web/fields/format.ts';
import { toastError } from '../../../web/shell/toasts.tsx';
import type { RelationGraph } from '../graph/graph.shared.ts';
import { refreshRelations } from './api.ts';
import { elementsOf, type PersonNode, type RelationEdge } from './elements.ts';
import { placed } from './layout.ts';
import { PersonBox } from './PersonBox.tsx';
import { Selected } from './Selected.tsx';

const nodeTypes = { person: PersonBox };

interface Props {
  graph: RelationGraph;
  /** Only who reports to whom; a drawn line sets the superior. */
  chart: boolean;
  title: string;
  create(name: string, values: Record<string, unknown>): Promise<void>;
}

/** The relations as a drawing: laid out by itself, drawn on by hand. */
export function Drawing({ graph, chart, title, create }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const frame = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<PersonNode | RelationEdge | null>(null);
  const drawn = useMemo(() => {
    const tie = meta.entity('tie');
    const kind = tie && fieldOf(tie, 'kind');
    const { nodes, edges } = elementsOf(graph, chart, {
      outOfSight: t('record.outOfSight'),
      label: (record) => (kind ? valueText(kind, record.kind) : ''),
    });
    return { nodes: placed(nodes, edges), edges };
  }, [graph, chart, meta, t]);
  const [nodes, setNodes] = useState(drawn.nodes);
  // What was moved by hand stays where it is put while the rest is drawn anew.
  useEffect(() => {
    setNodes((old) => {
      const places = new Map(old.map((node) => [node.id, node.position]));
      return drawn.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position }));
    });
  }, [drawn]);
  const connect = async ({ source, target }: Connection) => {
    const [from, to] = [source, target].map((id) => nodes.find((node) => node.id === id));
    if (!from || !to || from === to) return;
    const link = ({ id, data }: PersonNode) => ({ id, title: data.title });
    const [ours, theirs] = from.data.side === 'ours' ? [from, to] : [to, from];
    if (ours.data.side === 'ours') {
      if (theirs.data.side !== 'ours')
        await create('acquaintance', { user: link(ours), contact: link(theirs) });
    } else if (chart) {
      const contact = meta.entity('contact');
      if (contact && to.data.record && (await saveEdit(contact, to.data.record, { reportsTo: link(from) })))
        refreshRelations();
    } else await create('tie', { from: link(from), to: link(to) });
  };
  // The keyboard selects what it stands on by Enter, without a click.
  const chooseByKey = (
    changes: readonly (NodeChange | EdgeChange)[],
    among: readonly (PersonNode | RelationEdge)[],
  ) => {
    const selected = changes.find((change) => change.type === 'select' && change.selected);
    const one = selected && 'id' in selected && among.find(({ id }) => id === selected.id);
    if (one) setChosen(one);
  };
  const picture = async () => {
    const view = frame.current?.querySelector<HTMLElement>('.react-flow__viewport');
    if (!view) return;
    const bounds = getNodesBounds(nodes);
    const [width, height] = [Math.max(800, bounds.width + 120), Math.max(480, bounds.height + 120)];
    const { x, y, zoom } = getViewportForBounds(bounds, width, height, 0.2, 2, 0.08);
    try {
      const url = await toPng(view, {
        backgroundColor: getComputedStyle(document.body).backgroundColor,
        width,
        height,
        pixelRatio: 2,
        style: {
          width: `${width}px`,
          height: `${height}px`,
          transform: `translate(${x}px, ${y}px) scale(${zoom})`,
        },
      });
      const anchor = document.createElement('a');
      anchor.href = url;
      anchor.download = `${title}-${t('network.title')}.png`;
      anchor.click();
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <>
      <div className="network-canvas" ref={frame}>
        <ReactFlow
          nodes={nodes}
          edges={drawn.edges}
          nodeTypes={nodeTypes}
          onNodesChange={(changes) => {
            setNodes((now) => applyNodeChanges(changes, now));
            chooseByKey(changes, nodes);
          }}
          onEdgesChange={(changes) => chooseByKey(changes, drawn.edges)}
          onConnect={(connection) => void connect(connection)}
          onNodeClick={(_event, node) => setChosen(node)}
          onEdgeClick={(_event, edge) => setChosen(edge)}
          onPaneClick={() => setChosen(null)}
          deleteKeyCode={null}
          minZoom={0.15}
          fitView
          fitViewOptions={{ maxZoom: 1, padding: 0.12 }}
          aria-label={t('network.title')}
          proOptions={{ hideAttribution: true }}
        >
          <Background gap={24} />
          <Controls showInteractive={false} aria-label={t('network.zoom')} />
          <Panel position="top-right" className="network-tools">
            <button type="button" className="link" onClick={() => setNodes(drawn.nodes)}>
              {t('network.tidy')}
            </button>
            <button type="button" className="link" onClick={() => void picture()}>
              {t('network.picture')}
            </button>
          </Panel>
        </ReactFlow>
        <p className="field-hint">{t(chart ? 'network.chartHint' : 'network.graphHint')}</p>
      </div>
      {chosen && <Selected key={chosen.id} chosen={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
