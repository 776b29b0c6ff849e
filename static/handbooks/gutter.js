// Numbers beside the lines of a text; a line with a problem is marked there.
export class Gutter {
  #area;
  #gutter;
  #mirror = document.createElement("div");
  #problems = new Map();

  constructor(area, gutter) {
    this.#area = area;
    this.#gutter = gutter;
    this.#mirror.className = "mirror";
    this.#mirror.ariaHidden = "true";
    gutter.hidden = false;
    gutter.after(this.#mirror);
    area.addEventListener("scroll", () => this.#follow());
    new ResizeObserver(() => this.draw()).observe(area);
  }

  mark(problems) {
    this.#problems = new Map(problems.map(({ line, words }) => [line, words]));
    this.draw();
  }

  // As high as the lines are: a long one takes several rows of the area.
  draw() {
    const lines = this.#area.value.split("\n");
    this.#mirror.style.width = `${this.#area.clientWidth}px`;
    const copies = lines.map((line) => {
      const copy = document.createElement("div");
      copy.textContent = line || " ";
      return copy;
    });
    this.#mirror.replaceChildren(...copies);
    const heights = copies.map((copy) => copy.getBoundingClientRect().height);
    this.#gutter.replaceChildren(...heights.map((high, index) => this.#number(index + 1, high)));
    this.#follow();
  }

  goTo(line) {
    const before = this.#area.value.split("\n").slice(0, line - 1).join("\n");
    const start = before.length + (line > 1 ? 1 : 0);
    const length = this.#area.value.split("\n")[line - 1]?.length ?? 0;
    this.#area.focus();
    this.#area.setSelectionRange(start, start + length);
    const row = this.#gutter.children[line - 1];
    if (row) this.#area.scrollTop = row.offsetTop - this.#area.clientHeight / 3;
  }

  #number(line, high) {
    const row = document.createElement("span");
    row.style.height = `${high}px`;
    row.textContent = line;
    if (this.#problems.has(line)) {
      row.className = "wrong";
      row.title = this.#problems.get(line);
    }
    return row;
  }

  #follow() {
    this.#gutter.scrollTop = this.#area.scrollTop;
  }
}
