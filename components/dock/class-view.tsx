'use client';
import { useMemo } from 'react';
import { Announcer } from '@/components/editor/announcer';
import { useEditor } from '@/components/hooks/stores';
import { usePlain } from '@/components/hooks/use-checked';
import { describeFields } from '@/components/inspector/describe-field';
import { KindRow } from '@/components/inspector/kind-row';
import { ParamRow } from '@/components/inspector/param-row';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { ThemeToggle } from '@/components/ui/theme-toggle';
import { Wordmark } from '@/components/ui/wordmark';
import { readLesson } from '@/lib/check/lesson';
import { nameOf } from '@/lib/check/names';
import { setParams } from '@/lib/edit/set';
import { AskDialog } from './ask-dialog';
import styles from './class-view.module.css';
import { useFailureNotices } from './failures';
import { LessonPanel } from './lesson-panel';
import { MetricsPanel } from './metrics-panel';
import { SamplesPanel } from './samples-panel';
import { Timeline } from './timeline';
import { Transport } from './transport';
import { useAnnouncements } from './use-announcements';
import { useRunLock } from './use-run-lock';

/** For a class: the lesson, play, samples, and the parameters that the teacher marked. Nothing else can be changed. */
export function ClassView() {
  useRunLock();
  useAnnouncements();
  useFailureNotices();
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Wordmark />
        <h1 className="visually-hidden">Lesson</h1>
        <ThemeToggle />
      </header>
      <ScrollRegion label="Lesson" className={styles.lesson}>
        <LessonPanel />
      </ScrollRegion>
      <main className={styles.run}>
        <div className={styles.bar}>
          <Transport />
        </div>
        <Timeline />
        <div className={styles.panels}>
          <SamplesPanel />
          <div className={styles.beside}>
            <Marked />
            <MetricsPanel />
          </div>
        </div>
      </main>
      <AskDialog />
      <Announcer />
    </div>
  );
}

/** Fields for what the lesson marks; names that the graph does not have are left out. */
function Marked() {
  const about = useEditor(({ graph }) => graph.about);
  const checked = usePlain();
  const marked = useMemo(() => readLesson(about).marked, [about]);
  const rows = marked.flatMap((name) => {
    const [id = '', field = ''] = name.split('.');
    const found = checked.nodes.get(id);
    if (found?.definition && field === '')
      return (
        <div key={name}>
          <p className={styles.of}>{nameOf(checked, id)}</p>
          <KindRow node={found.node} definition={found.definition} />
        </div>
      );
    const described = found?.definition && describeFields(found.definition.params);
    const own = described?.find((each) => each.name === field);
    if (!found || !own) return [];
    const { node, params } = found;
    const value = field in node.params ? node.params[field] : params[field];
    const edit = (next: unknown) => (graph: Parameters<typeof setParams>[0]) =>
      setParams(graph, id, { [field]: next });
    return (
      <div key={name}>
        <p className={styles.of}>{nameOf(checked, id)}</p>
        <ParamRow field={own} binding={{ value, params, edit }} />
      </div>
    );
  });
  if (rows.length === 0) return null;
  return (
    <section aria-label="What you can change" className={styles.marked}>
      <h2 className={styles.heading}>What you can change</h2>
      {rows}
    </section>
  );
}
