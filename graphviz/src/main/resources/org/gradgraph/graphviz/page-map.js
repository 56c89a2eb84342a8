/** A small picture of the whole graph, with a frame around what can be seen; shown while that is a part only. */
class Overview {
  constructor(element, moveTo) {
    this.element = element;
    this.moveTo = moveTo;
    element.addEventListener("pointerdown", event => {
      event.stopPropagation();
      element.setPointerCapture(event.pointerId);
      this.drag(event);
    });
    element.addEventListener("pointermove", event => event.buttons && this.drag(event));
  }

  /** Boxes alone: text and arrows would be dust. */
  draw(svg, whole) {
    this.whole = whole;
    const [x, y, width, height] = whole;
    const room = this.element.parentElement;
    const size = Math.min(260, room.clientWidth / 3);
    this.element.setAttribute("viewBox", whole.join(" "));
    this.element.style.width = size + "px";
    this.element.style.height = Math.max(28, Math.min(150, room.clientHeight / 5, size * height / width)) + "px";
    const toPicture = svg.getScreenCTM().inverse();
    const rectangle = (left, top, w, h, className) => {
      const shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      Object.entries({ x: left, y: top, width: w, height: h }).forEach(([name, value]) => shape.setAttribute(name, value));
      shape.setAttribute("class", className);
      return shape;
    };
    this.frame = rectangle(x, y, width, height, "seen");
    this.element.replaceChildren(...[...svg.querySelectorAll("g.node")].map(group => {
      const box = group.getBBox();
      const matrix = toPicture.multiply(group.getScreenCTM());
      const corner = new DOMPoint(box.x, box.y).matrixTransform(matrix);
      const shape = rectangle(corner.x, corner.y, box.width, box.height, group.getAttribute("class"));
      shape.dataset.of = group.id;
      return shape;
    }), this.frame);
  }

  seen([x, y, width, height]) {
    if (!this.frame) {
      return;
    }
    const [left, top, all, high] = this.whole;
    const isPart = x > left || y > top || x + width < left + all || y + height < top + high;
    this.element.toggleAttribute("hidden", !isPart);
    Object.entries({ x, y, width, height }).forEach(([name, value]) => this.frame.setAttribute(name, value));
  }

  /** Where the boxes left of a place are, on average from top to bottom. */
  heightOfFirst(right) {
    const middles = [...this.element.querySelectorAll("rect:not(.seen)")]
        .filter(box => Number(box.getAttribute("x")) < right)
        .map(box => Number(box.getAttribute("y")) + Number(box.getAttribute("height")) / 2);
    return middles.reduce((sum, y) => sum + y, 0) / Math.max(1, middles.length);
  }

  now(ids) {
    this.element.querySelectorAll(".now").forEach(shape => shape.classList.remove("now"));
    ids.forEach(id => this.element.querySelector("[data-of='" + CSS.escape(id) + "']")?.classList.add("now"));
  }

  drag(event) {
    const room = this.element.getBoundingClientRect();
    const [x, y, width, height] = this.whole;
    this.moveTo(x + (event.clientX - room.left) / room.width * width, y + (event.clientY - room.top) / room.height * height);
  }
}
