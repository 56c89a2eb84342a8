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
  /* A leaf that many boxes read has several boxes, which are one node. */
  const nodeOf = id => visible.boxes.get(id)?.copyOf || id;
  for (const box of model.boxes.filter(each => each.copyOf)) {
    [forwardAt, backwardAt].forEach(at => at.has(box.copyOf) && at.set(box.id, at.get(box.copyOf)));
  }
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

  /** What a box reads, or what reads it, each once. */
  const neighbours = (id, own, other) => [...new Set(
      model.arrows.filter(arrow => !arrow.backward && nodeOf(arrow[own]) === nodeOf(id))
          .map(arrow => nodeOf(arrow[other])))];

  function namesOf(ids, most) {
    const names = ids.slice(0, most).map(each => nameOf(visible.boxes.get(each)));
    return names.length === 0 ? "nothing" : names.join(", ") + (ids.length > most ? " and " + (ids.length - most) + " more" : "");
  }

  function links(ids) {
    if (ids.length === 0) {
      return "nothing";
    }
    const all = document.createElement("span");
    ids.slice(0, 12).forEach((id, i) => all.append(i ? ", " : "", button(nameOf(visible.boxes.get(id)), () => show(id))));
    all.append(ids.length > 12 ? " and " + (ids.length - 12) + " more" : "");
    return all;
  }

  /** {@code dZ}, and {@code layer1/dZ} inside a cluster. */
  const gradientOf = box => nameOf(box).replace(/[^/]+$/, name => /\s/.test(name) ? "d(" + name + ")" : "d" + name);

  /* Steps */

  const describe = box => nameOf(box) + (box.formula && box.formula !== box.name ? " = " + box.formula.replaceAll("\n", "; ") : "")
      + (box.value === undefined ? ", " + box.shape : " = " + oneLine(box.value));

  function tell() {
    if (!document.body.dataset.walking) {
      return turn + " nodes; " + turn + " steps forward, " + (lastStep - turn)
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
    if (box.chain.length === 1) {
      return at + "backward: " + box.chain[0];
    }
    return at + "backward: " + (box.chain[0] || gradientOf(box))
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
    const id = step <= turn ? model.forward[step - 1] : model.backward[step - turn - 1];
    if (id) {
      choose(id);
    }
    view.overview.now(now ? [now.id] : []);
    if (now) {
      view.reveal(now);
    }
  }

  function play(wanted) {
    clearInterval(playing);
    playing = null;
    if (wanted) {
      walk(step === lastStep ? 0 : step);
      const pause = 900 / Number(byId("speed").value);
      playing = setInterval(() => step < lastStep ? walk(step + 1) : play(false), pause);
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
    row(list, "Value", box.valueInFull || box.value, "forward");
    row(list, gradientName, box.gradientInFull || box.gradient, "backward");
    row(list, "Chain rule", box.chain.join("\n"), "backward");
    row(list, "Reads", links(neighbours(id, "to", "from")));
    row(list, "Read by", links(neighbours(id, "from", "to")));
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
        ? nameOf(box) + ": reads " + namesOf(neighbours(id, "to", "from"), 6)
            + "; read by " + namesOf(neighbours(id, "from", "to"), 6)
        : visible.frames.get(Number(id.slice(1))).title + ": " + visible.boxesOf(id).length + " nodes";
  }

  /* Search */

  function find(wanted) {
    const lower = wanted.trim().toLowerCase();
    const matches = lower === "" ? []
        : model.boxes.filter(box => !box.copyOf && nameOf(box).toLowerCase().includes(lower));
    byId("found").replaceChildren(...matches.slice(0, 50).map(box => {
      const item = document.createElement("li");
      item.append(button(nameOf(box), () => show(box.id)));
      return item;
    }));
    if (lower !== "" && matches.length === 0) {
      byId("found").append(text("li", "No name contains “" + wanted.trim() + "”."));
    } else if (matches.length > 1) {
      byId("found").prepend(text("li", matches.length + " found" + (matches.length > 50 ? ", the first 50:" : "")));
    }
    const hits = new Set(matches.map(box => "b-" + visible.shownAs(box.id)));
    stage.querySelectorAll("g.node").forEach(group => group.classList.toggle("hit", hits.has(group.id)));
  }

  async function show(id) {
    find("");
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
  byId("speed").addEventListener("change", () => playing && play(true));
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
  let beforePrint;
  window.addEventListener("beforeprint", () => { beforePrint = view.box; view.fit(); });
  window.addEventListener("afterprint", () => view.set(beforePrint));

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
    if (target.matches("input, button, select, summary")) {
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
