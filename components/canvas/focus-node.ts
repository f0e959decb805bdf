/** The keyboard is on a node of the canvas, wherever it stands. */
export function focusNode(id: string | undefined): void {
  const nodes = document.querySelectorAll<HTMLElement>('.react-flow__node');
  [...nodes].find((node) => node.dataset.id === id)?.focus({ preventScroll: true });
}
