type Attribute = string | boolean | ((event: Event) => void) | undefined;

export type Child = Node | string | undefined;

/** An element with its attributes, listeners (`onclick`) and content; texts are only ever texts. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(attribute.slice(2), value);
    else if (typeof value === "string") node.setAttribute(attribute, value);
    else if (value) node.setAttribute(attribute, "");
  }
  node.append(...children.filter((child): child is Node | string => child !== undefined));
  return node;
}

/** What is folded away until somebody asks. */
export function fold(title: Child, ...children: readonly Child[]): HTMLElement {
  const summary = element("summary", {}, title);
  const body = element("div", { class: "fold-body" }, ...children);
  return element("details", { class: "fold" }, summary, body);
}
