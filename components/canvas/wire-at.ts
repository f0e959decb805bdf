/** The key of the wire under a pointer, whatever lies over it. */
export function wireAt(
  event: MouseEvent | TouchEvent | React.MouseEvent | React.DragEvent,
): string | undefined {
  const touch = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (!touch) return undefined;
  for (const element of document.elementsFromPoint(touch.clientX, touch.clientY)) {
    const id = element.closest('.react-flow__edge')?.getAttribute('data-id');
    if (id) return id;
  }
  return undefined;
}
