'use client';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { useSession, useStores } from '@/components/hooks/stores';
import { Deferred } from '@/components/ui/deferred';
import { IconButton } from '@/components/ui/icon-button';
import { part } from '@/components/ui/part';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { formatCount } from '@/lib/util/format-count';
import { Banner } from './banner';
import styles from './dock.module.css';
import { type DockTab, DockTabs } from './dock-tabs';
import { Estimate } from './estimate';
import { useFailureNotices } from './failures';
import { formatBytes } from './format';
import { LessonPanel } from './lesson-panel';
import { LossesPanel } from './losses-panel';
import { MetricsPanel } from './metrics-panel';
import { ProblemsPanel } from './problems-panel';
import { Resizer, useDockHeight } from './resizer';
import { SamplesPanel } from './samples-panel';
import { Timeline } from './timeline';
import { useTraining, useTrainingStore } from './training-context';
import { Transport } from './transport';
import { useAnnouncements } from './use-announcements';
import { useRunLock } from './use-run-lock';

const nothing = { instead: () => null };
const BackendPill = part(
  'the choice of backend',
  () => import('./backend-pill').then((module) => module.BackendPill),
  nothing,
);
const DataPanel = part('the list of data', () =>
  import('@/components/data/data-panel').then((module) => module.DataPanel),
);
const RunsPanel = part('the list of runs', () =>
  import('@/components/runs/runs-panel').then((module) => module.RunsPanel),
);
const AskDialog = part('questions', () => import('./ask-dialog').then((module) => module.AskDialog), nothing);

const SamplesDialog = part(
  'the export of samples',
  () => import('@/components/latent/samples-dialog').then((module) => module.SamplesDialog),
  nothing,
);

const XrayPanel = part('X-rays', () => import('./xray-panel').then((module) => module.XrayPanel));

const LatentPanel = part('the latent space', () =>
  import('@/components/latent/latent-panel').then((module) => module.LatentPanel),
);

const SlowMotion = part(
  'slow motion',
  () => import('./slow-motion').then((module) => module.SlowMotion),
  nothing,
);

const labels: Record<DockTab, string> = {
  training: 'The run',
  xray: 'What wires and layers hold',
  latent: 'Latent space of the generator',
  runs: 'Runs of this document',
  data: 'Your own data',
  problems: 'Problems of the graph',
  lesson: 'Lesson of the graph',
};

/** Lower than this, what is beside a picture has more room than what is above it. */
const LOW_BODY = 170;
/** Pictures with their figures below them; a grid of samples beside its tools; a list with what it is for. */
const least: Partial<Record<DockTab, number>> = { xray: 240, latent: 290, runs: 220 };

/** Below the canvas: transport, and the run as curves, samples and numbers. */
export function Dock() {
  const { session } = useStores();
  const isOpen = useSession((state) => state.panels.dock);
  const refusals = useTraining((state) => state.refusals);
  const status = useTraining((state) => state.status.type);
  const training = useTrainingStore();
  const dialog = useSession((state) => state.dialog);
  const [tab, setTab] = useState<DockTab>('training');
  const [height, setHeight] = useDockHeight();
  const slowMotion = useSession((state) => state.slowMotion);
  useEffect(() => {
    training.explain(slowMotion);
  }, [slowMotion, training]);
  useRunLock();
  useAnnouncements();
  useFailureNotices(() => choose('problems'));

  // A play that was refused, or a run that failed, shows why.
  useEffect(() => {
    if (refusals === 0 && status !== 'failed') return;
    setTab('problems');
    session.setPanel('dock', true);
  }, [refusals, status, session]);

  const tint = useSession((state) => state.tint);
  useEffect(() => {
    training.tint(tint);
  }, [tint, training]);

  const xrays = useSession((state) => state.xrays);
  useEffect(() => {
    training.xray(xrays);
    if (xrays.length === 0) return;
    setTab('xray');
    session.setPanel('dock', true);
  }, [xrays, session, training]);

  const choose = (next: DockTab) => {
    setTab(next);
    session.setPanel('dock', true);
  };
  return (
    <section className={styles.dock} aria-label="Training">
      {isOpen ? <Resizer height={height} onChange={setHeight} /> : null}
      <div className={styles.bar}>
        <Transport />
        <div className={styles.facts}>
          <Deferred until="mounted">
            <BackendPill />
          </Deferred>
          <Footprint />
        </div>
        <DockTabs tab={isOpen ? tab : undefined} onChange={choose} />
        <IconButton
          icon={isOpen ? ChevronDown : ChevronUp}
          label={isOpen ? 'Collapse the dock' : 'Open the dock'}
          side="top"
          aria-expanded={isOpen}
          onClick={() => session.setPanel('dock', !isOpen)}
        />
      </div>
      <Timeline />
      {slowMotion ? (
        <Suspense>
          <SlowMotion />
        </Suspense>
      ) : null}
      <Banner onShowProblems={() => choose('problems')} />
      {isOpen ? (
        <ScrollRegion
          label={labels[tab]}
          className={styles.body}
          style={{ height: Math.max(height, least[tab] ?? 0) }}
          data-low={height < LOW_BODY ? '' : undefined}
        >
          {tab === 'training' ? <TrainingPanels /> : null}
          {tab === 'xray' ? (
            <Suspense>
              <XrayPanel />
            </Suspense>
          ) : null}
          {tab === 'latent' ? (
            <Suspense>
              <LatentPanel />
            </Suspense>
          ) : null}
          {tab === 'runs' ? (
            <Suspense>
              <RunsPanel />
            </Suspense>
          ) : null}
          {tab === 'data' ? (
            <Suspense>
              <DataPanel />
            </Suspense>
          ) : null}
          {tab === 'problems' ? <ProblemsPanel /> : null}
          {tab === 'lesson' ? <LessonPanel /> : null}
        </ScrollRegion>
      ) : null}
      <Deferred>
        <AskDialog />
        {dialog === 'samples' ? <SamplesDialog /> : null}
      </Deferred>
    </section>
  );
}

function TrainingPanels() {
  const isFresh = useTraining(({ status, kept }) => status.type === 'idle' && kept === 0);
  return (
    <div className={styles.panels}>
      {isFresh ? (
        <div className={styles.before}>
          <Estimate />
        </div>
      ) : (
        <LossesPanel />
      )}
      <SamplesPanel />
      <MetricsPanel />
    </div>
  );
}

/** What the run holds on to. */
function Footprint() {
  const tensors = useTraining((state) => state.tensors);
  const bytes = useTraining((state) => state.bytes);
  if (tensors === 0) return null;
  return (
    <span className={styles.footprint} data-testid="footprint">
      {formatCount(tensors)} tensors · {formatBytes(bytes)}
    </span>
  );
}
