(async () => {
  const byId = id => document.getElementById(id);
  const model = JSON.parse(byId("data").textContent);
  const visible = new VisibleGraph(model);
  const stage = byId("stage");
  const status = byId("status");
  const panel = byId("panel");
  const view = new View(stage);
  const forwardAt = new Map(model.forward.map((id, i) => [id, i + 1]));
  const turn = model.forward.length;
  const backwardAt = new Map(model.backward.map((id, i) => [id, turn + i + 1]));
  const lastStep = turn + model.backward.length;
  let step = lastStep;
  let chosen = null;
  let playing = null;
  let viz;

  const text = (tag, content, className) => {
    const element = document.createElement(tag);
    element.textContent = content;
    if (className) {
      element.className = className;
    }
    return element;
  };
  const button = (content, action) => {
    const element = text("button", content);
    element.addEventListener("click", action);
    return element;
  };
  const nameOf = box => box.name || box.id;
  const oneLine = value => /\s/.test(value) ? "[" + value.replaceAll("\n", "; ").replaceAll("  ", " ") + "]" : value;

  /* Drawing */

  async function draw() {
    document.body.dataset.state = "drawing";
    status.textContent = "Drawing …";
    await new Promise(painted => requestAnimationFrame(() => setTimeout(painted)));
    try {
      viz = viz || await Viz.instance();
      view.show(viz.renderSVGElement(visible.graph()));
      dress();
      go(step);
      document.body.dataset.state = "ready";
    } catch (error) {
      status.textContent = "The picture could not be drawn: " + error.message;
      document.body.dataset.state = "failed";
    }
  }

  /** Makes the drawn groups know what they stand for, and reachable by keyboard. */
  function dress() {
    for (const group of stage.querySelectorAll("g.node")) {
      const id = group.id.slice(2);
      const box = visible.boxes.get(id);
      group.classList.toggle("own", Boolean(box && box.own));
      group.setAttribute("tabindex", "0");
      group.setAttribute("role", "button");
      group.setAttribute("aria-label", box ? describe(box) : visible.frames.get(Number(id.slice(1))).title);
      const texts = [...group.querySelectorAll("text")];
      texts.slice(1).forEach(line => line.classList.add("number"));
      texts.filter(line => line.getAttribute("fill") === model.gradientColor)
          .forEach(line => line.classList.replace("number", "gradient"));
      group.addEventListener("click", () => view.dragged || choose(id));
      group.addEventListener("dblclick", () => box || open(id));
      group.addEventListener("pointerenter", () => hover(id));
      group.addEventListener("pointerleave", () => hover(null));
      group.addEventListener("focus", () => hover(id));
      group.addEventListener("blur", () => hover(null));
    }
    for (const group of stage.querySelectorAll("g.cluster")) {
      const frame = visible.frames.get(Number(group.id.slice(2)));
      group.addEventListener("click", () => view.dragged || chooseFrame(frame));
      group.addEventListener("dblclick", () => close(frame.id));
    }
    stage.querySelectorAll("a").forEach(link => link.removeAttribute("href"));
    mark();
  }

  function open(shownId) {
    visible.folded.delete(Number(shownId.slice(1)));
    return draw();
  }

  function close(frameId) {
    visible.folded.add(frameId);
    return draw();
  }

  /** Names of what a box reads, or of what reads it, each once. */
  function neighbours(id, own, other) {
    const ids = new Set(model.arrows.filter(arrow => !arrow.backward && arrow[own] === id).map(arrow => arrow[other]));
    const names = [...ids].slice(0, 12).map(each => nameOf(visible.boxes.get(each)));
    return names.length === 0 ? "nothing" : names.join(", ") + (ids.size > 12 ? " and " + (ids.size - 12) + " more" : "");
  }

  /** {@code dZ}, and {@code layer1/dZ} inside a cluster. */
  const gradientOf = box => nameOf(box).replace(/[^/]+$/, "d$&");

  /* Steps */

  const describe = box => nameOf(box) + (box.formula ? " = " + box.formula : "")
      + (box.value === undefined ? ", " + box.shape : " = " + oneLine(box.value));

  function tell() {
    if (!document.body.dataset.walking) {
      return model.boxes.length + " nodes; " + turn + " steps forward, " + (lastStep - turn)
          + " backward. Play, or Home and →, walks through them.";
    }
    if (step === 0) {
      return "Before the first step: " + turn + " forward, " + (lastStep - turn) + " backward";
    }
    const at = "Step " + step + " of " + lastStep + ", ";
    if (step <= turn) {
      return at + "forward: " + describe(visible.boxes.get(model.forward[step - 1]));
    }
    const box = visible.boxes.get(model.backward[step - turn - 1]);
    return at + "backward: " + gradientOf(box)
        + (box.gradient === undefined ? ", " + box.shape : " = " + oneLine(box.gradient));
  }

  const earliest = (times, ids) => Math.min(...ids.map(id => times.get(id) || Infinity));

  function go(to) {
    step = Math.max(0, Math.min(lastStep, to));
    byId("slider").value = String(step);
    byId("slider").setAttribute("aria-valuetext", tell());
    status.textContent = tell();
    for (const group of stage.querySelectorAll("g.node")) {
      const ids = visible.boxesOf(group.id.slice(2));
      const isNow = ids.some(id => forwardAt.get(id) === step || backwardAt.get(id) === step);
      group.classList.toggle("future", step < earliest(forwardAt, ids));
      group.classList.toggle("now", isNow && document.body.dataset.walking === "yes");
      for (const line of group.querySelectorAll("text.gradient")) {
        line.classList.toggle("future", step < earliest(backwardAt, ids));
      }
    }
    for (const group of stage.querySelectorAll("g.edge")) {
      const { arrows } = visible.edges[Number(group.id.slice(2))];
      const ids = arrows.map(arrow => arrow.operand);
      const times = arrows[0].backward ? backwardAt : forwardAt;
      group.classList.toggle("future", step < earliest(times, ids));
      group.classList.toggle("now", document.body.dataset.walking === "yes" && ids.some(id => times.get(id) === step));
    }
  }

  function walk(to) {
    document.body.dataset.walking = "yes";
    go(to);
    const now = stage.querySelector("g.node.now");
    if (now) {
      view.reveal(now);
    }
  }

  function play(wanted) {
    clearInterval(playing);
    playing = null;
    if (wanted) {
      walk(step === lastStep ? 0 : step);
      playing = setInterval(() => step < lastStep ? walk(step + 1) : play(false), 900);
    }
    byId("play").textContent = playing ? "Pause" : "Play";
    byId("play").setAttribute("aria-pressed", String(Boolean(playing)));
  }

  /* Details */

  function row(list, term, content, className) {
    if (content !== undefined && content !== "") {
      list.append(text("dt", term));
      const definition = document.createElement("dd");
      definition.append(typeof content === "string" ? text("pre", content, className) : content);
      list.append(definition);
    }
  }

  function choose(id) {
    chosen = id;
    mark();
    const box = visible.boxes.get(id);
    if (!box) {
      chooseFrame(visible.frames.get(Number(id.slice(1))));
      return;
    }
    const list = document.createElement("dl");
    const gradientName = "Gradient " + gradientOf(box);
    row(list, "Kind", box.kind);
    row(list, "Formula", box.formula);
    row(list, "Shape", box.shape);
    row(list, "Value", box.value, "forward");
    row(list, gradientName, box.gradient, "backward");
    row(list, "Reads", neighbours(id, "to", "from"));
    row(list, "Read by", neighbours(id, "from", "to"));
    row(list, "Java line", box.line);
    row(list, panel.dataset.note, box.note.join("\n"));
    visible.around(box.frame).forEach(frame => row(list, "In", button("Close " + frame.title, () => close(frame.id))));
    panel.replaceChildren(text("h2", nameOf(box)), list);
  }

  function chooseFrame(frame) {
    const isClosed = visible.folded.has(frame.id);
    const action = isClosed
        ? button("Open", () => open("f" + frame.id))
        : button("Close", () => close(frame.id));
    panel.replaceChildren(
        text("h2", frame.title), text("p", visible.members.get(frame.id).length + " nodes"), action);
  }

  function mark() {
    stage.querySelectorAll("g.chosen").forEach(group => group.classList.remove("chosen"));
    const group = chosen && byId("b-" + chosen);
    if (group) {
      group.classList.add("chosen");
    }
  }

  /** Shows where a value comes from and where it goes. */
  function hover(id) {
    stage.classList.toggle("hovering", Boolean(id));
    stage.querySelectorAll("g.near").forEach(group => group.classList.remove("near"));
    if (!id) {
      status.textContent = tell();
      return;
    }
    const near = new Set([id]);
    visible.edges.forEach((edge, i) => {
      if (edge.from === id || edge.to === id) {
        near.add(edge.from).add(edge.to);
        byId("e-" + i)?.classList.add("near");
      }
    });
    near.forEach(each => byId("b-" + each)?.classList.add("near"));
    const box = visible.boxes.get(id);
    status.textContent = box
        ? nameOf(box) + ": reads " + visible.operands.get(id) + ", read by " + visible.readers.get(id)
        : visible.frames.get(Number(id.slice(1))).title + ": " + visible.boxesOf(id).length + " nodes";
  }

  /* Search */

  function find(wanted) {
    const lower = wanted.trim().toLowerCase();
    const matches = lower === "" ? []
        : model.boxes.filter(box => nameOf(box).toLowerCase().includes(lower)).slice(0, 50);
    byId("found").replaceChildren(...matches.map(box => {
      const item = document.createElement("li");
      item.append(button(nameOf(box), () => show(box.id)));
      return item;
    }));
    if (lower !== "" && matches.length === 0) {
      byId("found").append(text("li", "No name contains “" + wanted.trim() + "”."));
    }
  }

  async function show(id) {
    byId("found").replaceChildren();
    if (visible.shownAs(id) !== id) {
      visible.reveal(id);
      await draw();
    }
    choose(id);
    const group = byId("b-" + id);
    if (group) {
      view.center(group);
      group.focus({ preventScroll: true });
    }
  }

  /* Controls */

  const controls = {
    first: () => walk(0),
    back: () => walk(step - 1),
    forth: () => walk(step + 1),
    last: () => walk(lastStep),
    play: () => play(!playing),
    in: () => view.zoom(0.8),
    out: () => view.zoom(1.25),
    fit: () => view.fit(),
    fold: () => { visible.foldAll(); draw(); },
    unfold: () => { visible.unfoldAll(); draw(); },
  };
  Object.entries(controls).forEach(([id, action]) => byId(id).addEventListener("click", action));
  byId("slider").max = String(lastStep);
  byId("slider").addEventListener("input", event => walk(Number(event.target.value)));
  byId("fold").hidden = visible.frames.size === 0;
  byId("unfold").hidden = visible.frames.size === 0 || model.boxes.length > 800;
  byId("search").addEventListener("input", event => find(event.target.value));
  byId("search").addEventListener("keydown", event => {
    if (event.key === "Enter") {
      byId("found").querySelector("button")?.click();
    }
  });
  window.addEventListener("beforeprint", () => view.fit());

  const keys = {
    ArrowLeft: controls.back, ArrowRight: controls.forth, Home: controls.first, End: controls.last,
    "+": controls.in, "-": controls.out, "0": controls.fit, " ": controls.play, "/": () => byId("search").focus(),
  };
  const moves = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
  document.addEventListener("keydown", event => {
    const target = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === "Escape") {
      chosen = null;
      mark();
      panel.replaceChildren();
      byId("found").replaceChildren();
      stage.focus();
      return;
    }
    if (target.matches("input, button, summary")) {
      return;
    }
    const group = target.closest("g.node");
    let action = keys[event.key];
    if (group && event.key === "Enter") {
      const id = group.id.slice(2);
      action = () => visible.boxes.has(id) ? choose(id) : open(id);
    } else if (event.shiftKey && moves[event.key]) {
      action = () => view.shift(...moves[event.key]);
    }
    if (action) {
      event.preventDefault();
      action();
    }
  });

  await draw();
})();
