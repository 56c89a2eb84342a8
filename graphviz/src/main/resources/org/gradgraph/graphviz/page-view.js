/** Pixels for one unit of the picture, below which its text of 11 to 13 units is too small. */
const READABLE = 0.85;

/** Moves and zooms a picture by its view box. */
class View {
  constructor(stage) {
    this.stage = stage;
    this.box = [0, 0, 1, 1];
    this.whole = this.box;
    this.overview = new Overview(stage.querySelector("#map"), (x, y) => {
      const [, , width, height] = this.box;
      this.set([x - width / 2, y - height / 2, width, height]);
    });
    stage.addEventListener("wheel", event => this.wheel(event), { passive: false });
    stage.addEventListener("pointerdown", event => this.press(event));
    stage.addEventListener("pointermove", event => this.move(event));
    ["pointerup", "pointercancel"].forEach(type => stage.addEventListener(type, () => this.release()));
  }

  show(svg) {
    const { x, y, width, height } = svg.viewBox.baseVal;
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    this.whole = [x - 8, y - 8, width + 16, height + 16];
    this.svg = svg;
    this.stage.replaceChildren(svg, this.overview.element);
    this.set(this.whole);
    this.overview.draw(svg, this.whole);
    this.start();
  }

  /** The whole picture, small ones not blown up. */
  fit() {
    const [x, y, width, height] = this.whole;
    const room = this.stage.getBoundingClientRect();
    const grown = Math.max(1, Math.min(room.width / width, room.height / height) / 2);
    this.set([x - width * (grown - 1) / 2, y - height * (grown - 1) / 2, width * grown, height * grown]);
  }

  /** The whole picture if its text can be read then, else its beginning in a size that can be read. */
  start() {
    this.fit();
    const [x, y, width, height] = this.whole;
    const room = this.stage.getBoundingClientRect();
    const widest = room.width / READABLE;
    const highest = room.height / READABLE;
    if (room.width > 0 && (width > widest || height > highest)) {
      this.set([x, this.overview.heightOfFirst(x + widest) - highest / 2, widest, highest]);
    }
  }

  /** Moves as little as needed to bring an element into sight. */
  reveal(element) {
    const shown = element.getBoundingClientRect();
    const room = this.stage.getBoundingClientRect();
    const isSeen = shown.left >= room.left && shown.right <= room.right
        && shown.top >= room.top && shown.bottom <= room.bottom;
    if (!isSeen) {
      this.center(element);
    }
  }

  set(box) {
    this.box = box;
    if (this.svg) {
      this.svg.setAttribute("viewBox", box.join(" "));
      this.overview.seen(this.visible());
    }
  }

  /** What the stage shows, which has other proportions than the view box. */
  visible() {
    const [x, y, width, height] = this.box;
    const room = this.stage.getBoundingClientRect();
    const scale = Math.min(room.width / width, room.height / height) || 1;
    const size = [room.width / scale, room.height / scale];
    return [x - (size[0] - width) / 2, y - (size[1] - height) / 2, ...size];
  }

  zoom(factor, atX = this.box[0] + this.box[2] / 2, atY = this.box[1] + this.box[3] / 2) {
    const [x, y, width, height] = this.box;
    const least = Math.max(this.whole[2], this.whole[3]) / 1000;
    if (factor < 1 && Math.min(width, height) * factor < least) {
      return;
    }
    this.set([atX - (atX - x) * factor, atY - (atY - y) * factor, width * factor, height * factor]);
  }

  shift(partX, partY) {
    const [x, y, width, height] = this.box;
    this.set([x + partX * width, y + partY * height, width, height]);
  }

  /** A point of the screen in the picture's own measure. */
  point(event) {
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
  }

  wheel(event) {
    event.preventDefault();
    if (this.svg) {
      const at = this.point(event);
      this.zoom(Math.exp(Math.sign(event.deltaY) * 0.15), at.x, at.y);
    }
  }

  press(event) {
    if (this.svg && event.button === 0) {
      this.from = { x: event.clientX, y: event.clientY, box: this.box };
      this.dragged = false;
    }
  }

  move(event) {
    if (!this.from) {
      return;
    }
    const dx = event.clientX - this.from.x;
    const dy = event.clientY - this.from.y;
    if (this.dragged || Math.hypot(dx, dy) > 4) {
      this.dragged = true;
      this.stage.classList.add("moving");
      const scale = this.svg.getScreenCTM().a;
      const [x, y, width, height] = this.from.box;
      this.set([x - dx / scale, y - dy / scale, width, height]);
    }
  }

  release() {
    this.from = null;
    this.stage.classList.remove("moving");
  }

  /** Brings an element to the middle, at a size that can be read. */
  center(element) {
    const shape = element.getBBox();
    const toPicture = this.svg.getScreenCTM().inverse().multiply(element.getScreenCTM());
    const middle = new DOMPoint(shape.x + shape.width / 2, shape.y + shape.height / 2).matrixTransform(toPicture);
    const [, , width, height] = this.box;
    const room = this.stage.getBoundingClientRect();
    const factor = Math.min(1, room.width / width, 600 / width);
    const size = [width * factor, height * factor];
    this.set([middle.x - size[0] / 2, middle.y - size[1] / 2, ...size]);
  }
}
