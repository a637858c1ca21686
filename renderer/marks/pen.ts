const svg = 'http://www.w3.org/2000/svg';

export type Attributes = Readonly<Record<string, string | number>>;

/** Draws by key: what was there before is kept and only attributes that changed are written; what is not drawn again goes. */
export interface Pen {
  /** Everything drawn until `end` belongs to one draw. */
  begin(): void;
  element(key: string, tag: string, parent: SVGElement, attributes: Attributes, text?: string): SVGElement;
  end(): void;
}

interface Node {
  readonly element: SVGElement;
  readonly written: Map<string, string>;
  text: string | undefined;
  drawn: number;
}

export function createPen(): Pen {
  const nodes = new Map<string, Node>();
  let draw = 0;
  return {
    begin() {
      draw += 1;
    },
    element(key, tag, parent, attributes, text) {
      let node = nodes.get(key);
      if (!node) {
        const element = document.createElementNS(svg, tag);
        parent.append(element);
        node = { element, written: new Map(), text: undefined, drawn: draw };
        nodes.set(key, node);
      }
      node.drawn = draw;
      for (const [name, value] of Object.entries(attributes)) {
        const written = String(value);
        if (node.written.get(name) === written) continue;
        node.written.set(name, written);
        node.element.setAttribute(name, written);
      }
      if (text !== undefined && node.text !== text) {
        node.text = text;
        node.element.textContent = text;
      }
      return node.element;
    },
    end() {
      for (const [key, node] of nodes) {
        if (node.drawn === draw) continue;
        node.element.remove();
        nodes.delete(key);
      }
    },
  };
}
