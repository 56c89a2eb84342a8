"use strict";

/** Which boxes can be seen while some clusters are closed, as a graph for Viz.js. */
class VisibleGraph {
  constructor(model) {
    this.model = model;
    this.boxes = new Map(model.boxes.map(box => [box.id, box]));
    this.frames = new Map(model.frames.map(frame => [frame.id, frame]));
    this.folded = new Set(model.folded);
    this.members = new Map(model.frames.map(frame => [frame.id, []]));
    for (const box of model.boxes) {
      this.around(box.frame).forEach(frame => this.members.get(frame.id).push(box.id));
    }
    this.readers = new Map(model.boxes.map(box => [box.id, 0]));
    this.operands = new Map(model.boxes.map(box => [box.id, 0]));
    for (const arrow of model.arrows.filter(arrow => !arrow.backward)) {
      this.readers.set(arrow.from, this.readers.get(arrow.from) + 1);
      this.operands.set(arrow.to, this.operands.get(arrow.to) + 1);
    }
    this.edges = [];
  }

  /** The frames around a place, the innermost first. */
  around(frameId) {
    const frames = [];
    for (let frame = this.frames.get(frameId); frame; frame = this.frames.get(frame.parent)) {
      frames.push(frame);
    }
    return frames;
  }

  /** The id of what is drawn for a box: itself, or the outermost closed cluster around it. */
  shownAs(boxId) {
    const closed = this.around(this.boxes.get(boxId).frame).filter(frame => this.folded.has(frame.id));
    return closed.length ? "f" + closed[closed.length - 1].id : boxId;
  }

  reveal(boxId) {
    this.around(this.boxes.get(boxId).frame).forEach(frame => this.folded.delete(frame.id));
  }

  foldAll() {
    this.frames.forEach(frame => this.folded.add(frame.id));
  }

  unfoldAll() {
    this.folded.clear();
  }

  /** The boxes behind a drawn id. */
  boxesOf(shownId) {
    return this.boxes.has(shownId) ? [shownId] : this.members.get(Number(shownId.slice(1)));
  }

  graph() {
    const shown = new Map(this.model.boxes.map(box => [box.id, this.shownAs(box.id)]));
    const subgraphs = new Map();
    const top = { nodes: [], subgraphs: [] };
    const inside = frameId => {
      const frame = this.frames.get(frameId);
      if (!frame) {
        return top;
      }
      if (!subgraphs.has(frameId)) {
        const attributes = { ...frame.attributes, id: "f-" + frameId };
        const subgraph = { name: "cluster_" + frameId, graphAttributes: attributes, nodes: [], subgraphs: [] };
        subgraphs.set(frameId, subgraph);
        inside(frame.parent).subgraphs.push(subgraph);
      }
      return subgraphs.get(frameId);
    };
    const drawn = new Set();
    for (const box of this.model.boxes) {
      const id = shown.get(box.id);
      if (!drawn.has(id)) {
        drawn.add(id);
        const frame = id === box.id ? null : this.frames.get(Number(id.slice(1)));
        inside(frame ? frame.parent : box.frame).nodes.push({ name: id, attributes: this.look(id, box, frame) });
      }
    }
    return {
      name: "gradgraph",
      directed: true,
      graphAttributes: { ...this.model.graph, bgcolor: "transparent" },
      nodeAttributes: this.model.node,
      edgeAttributes: this.model.edge,
      nodes: top.nodes,
      subgraphs: top.subgraphs,
      edges: this.visibleEdges(shown),
    };
  }

  look(id, box, frame) {
    if (!frame) {
      return { ...box.attributes, id: "b-" + id };
    }
    const count = this.members.get(frame.id).length;
    const label = frame.attributes.label + "\\n" + count + (count === 1 ? " node" : " nodes");
    return { ...frame.folded, label, tooltip: frame.attributes.tooltip, id: "b-" + id };
  }

  /** What goes into or out of a closed cluster side by side is one arrow. */
  visibleEdges(shown) {
    const merged = new Map();
    this.edges = [];
    for (const arrow of this.model.arrows) {
      const from = shown.get(arrow.from);
      const to = shown.get(arrow.to);
      if (from === to) {
        continue;
      }
      const key = from + " " + to + " " + arrow.backward;
      const single = from === arrow.from && to === arrow.to;
      const known = single ? undefined : merged.get(key);
      if (known) {
        known.arrows.push(arrow);
      } else {
        const edge = { from, to, arrows: [arrow] };
        this.edges.push(edge);
        merged.set(key, edge);
      }
    }
    return this.edges.map((edge, i) => ({
      tail: edge.from,
      head: edge.to,
      attributes: { ...edge.arrows[0].attributes, ...VisibleGraph.count(edge.arrows), id: "e-" + i },
    }));
  }

  static count(arrows) {
    const operands = new Set(arrows.map(arrow => arrow.operand));
    if (operands.size === 1) {
      return {};
    }
    return { label: operands.size + (arrows[0].backward ? " gradients" : " values"), tooltip: "" };
  }
}
