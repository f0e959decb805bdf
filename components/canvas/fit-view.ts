import type { FitViewOptions } from 'reactflow';

/** Everything seen, clear of the tools at the lower edge. */
export const wholeView: FitViewOptions = {
  padding: { x: '24px', top: '20px', bottom: '56px' },
  maxZoom: 1,
};
