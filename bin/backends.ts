import { backendNames, backends } from '@/lib/engine/backend-name';

/** The backends that Node can start: it has no graphics device. */
export const nodeBackends = backendNames.filter((name) => !backends[name].usesGraphics);
