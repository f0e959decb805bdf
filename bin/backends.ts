import { type BackendName, backendNames, backends } from '@/lib/engine/backend-name';
import { UsageError } from './usage';

/** The backends that Node can start: it has no graphics device. */
export const nodeBackends = backendNames.filter((name) => !backends[name].usesGraphics);

/** The backend of --backend. */
export function backendOf(name: string): BackendName {
  const found = nodeBackends.find((one) => one === name);
  if (found) return found;
  throw new UsageError(`--backend is ${nodeBackends.join(' or ')}, not "${name}".`);
}
